import { callNotified, notification, operationAnswer, operationNotified, rosterEntry } from './message-bodies';
import { errorBody, type Refusal } from './errors';
import type { Attempt, Call, Invitation, Member, Planned, ResultInfo } from './model';
import type { Answer, Occasion, RuleName } from './hooks';
import { RULES } from './rules';
import type { World } from './world';

type CheckedInvitation =
  { refused: { rule: RuleName; refusal: Refusal } } | { accepted: { call: Call; failure: ResultInfo | undefined } };

function checkInvitation(world: World, attempt: Attempt): CheckedInvitation {
  let failure: ResultInfo | undefined;
  for (const [name, rule] of RULES) {
    const finding = world.hooks.check(name, rule(attempt, world), attempt);
    if (finding && 'refusal' in finding) return { refused: { rule: name, refusal: finding.refusal } };
    failure ??= finding?.failure;
  }
  if (!attempt.call) throw new Error('An invitation without a call was accepted.');
  return { accepted: { call: attempt.call, failure } };
}

/**
 * The notifications of an invitation, in order: the end of its operation, the roster, and the end of a replaced call.
 */
function announcements(invitation: Invitation, newcomers: readonly Member[]): Planned[] {
  const { call, replaced, failure } = invitation;
  const end = notification('operation', call, 'deleted', `/operations/${invitation.id}`, operationNotified(invitation));
  if (failure) return [end];
  const shown = newcomers.filter(({ hidden }) => hidden !== true);
  const roster = notification('roster', call, 'updated', '/participants', shown.map(rosterEntry));
  // No roster is sent if all invitees are hidden.
  return [end, ...(shown.length > 0 ? [roster] : []), ...(replaced ? endOfCall(replaced) : [])];
}

/** The notifications of the end of a call: terminating, then deleted. */
export function endOfCall(call: Call): Planned[] {
  const result = { code: 200, subcode: 0, message: 'The call has been ended by the application.' };
  return [
    notification('call', call, 'updated', '', callNotified(call, 'terminating')),
    notification('call', call, 'deleted', '', callNotified(call, 'terminated', result)),
  ];
}

function refuse(refusal: Refusal, clientRequestId: string | undefined): Answer {
  return {
    status: refusal.status,
    headers: { 'Content-Type': 'application/json', ...refusal.headers },
    body: errorBody(refusal.code, refusal.message, clientRequestId),
    delayMs: 0,
  };
}

/**
 * Handles an invitation: checks it, answers it, and announces its outcome, in the order of the page's examples.
 * @param write writes the response; resolves when it has been sent, or the client has disconnected
 */
export async function invite(world: World, attempt: Attempt, write: (answer: Answer) => Promise<void>): Promise<void> {
  const judged = checkInvitation(world, attempt);
  if ('refused' in judged) {
    const { rule, refusal } = judged.refused;
    const would = (): Planned[] => {
      if (!attempt.call) return [];
      const invitation = world.begin(attempt.call, attempt, undefined);
      world.forget(invitation);
      return announcements(invitation, world.newcomers(invitation));
    };
    const occasion: Occasion = { kind: 'refused', attempt, rule, refusal, would };
    const planned = world.hooks.plan([], occasion);
    await answerAndNotify(planned, () => write(world.hooks.answer(refuse(refusal, attempt.clientRequestId), occasion)));
    return;
  }
  const { call, failure } = judged.accepted;
  const invitation = world.begin(call, attempt, failure);
  const newcomers = world.newcomers(invitation);
  const occasion: Occasion = { kind: 'accepted', attempt, invitation, calls: () => world.calls() };
  const answer: Answer = {
    status: 200,
    headers: {
      'Content-Type': 'application/json',
      Location: `${attempt.base}/communications/calls/${call.id}/operations/${invitation.id}`,
    },
    body: operationAnswer(invitation),
    delayMs: 0,
  };
  const planned = world.hooks.plan(announcements(invitation, newcomers), occasion);
  const changed = world.hooks.answer(answer, occasion);
  const finish = (): void => world.finish(invitation, newcomers);
  await answerAndNotify(planned, () => write(changed), call, finish);
}

/**
 * Answers and notifies, each notification in its phase.
 * @param call the call whose queue is used; default: the first notification's call
 * @param before called when the first notification's turn comes
 */
export async function answerAndNotify(
  planned: readonly Planned[],
  answer: () => Promise<void>,
  call: Call | undefined = planned[0]?.call,
  before?: () => void,
): Promise<void> {
  let first = before;
  const add = async (phase: Planned['phase'], always: boolean): Promise<void> => {
    const batch = planned.filter((one) => one.phase === phase);
    if (batch.length === 0 && !(always && first)) return;
    const step = first;
    first = undefined;
    await call?.queue.add(batch, step);
  };
  await add('before-answer', false);
  const racing = add('with-answer', false);
  await answer();
  await Promise.all([racing, add('after-answer', true)]);
}
