import { rosterEntry } from '../message-bodies';
import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import { fault, type Fault } from '../fault-records';
import { later, objectsIn, onAnswer, onRoster, replan, together } from '../hook-builders';

const CONCURRENT = ['ordering.concurrent-invitations'];
const ENDS = 'ordering.replaced-call-ends-after-completion';

const kinds = (planned: readonly Planned[], ...of: Planned['kind'][]): Planned[] =>
  planned.filter(({ kind }) => of.includes(kind));

const announcesFirst = (of: readonly Planned['kind'][], answerAfterMs: number): HookMaker =>
  together(
    replan((planned) => {
      for (const one of planned) if (of.includes(one.kind)) one.phase = 'before-answer';
      return planned;
    }),
    onAnswer((answer) => {
      answer.delayMs += answerAfterMs;
    }),
  );

/** Moves the notifications of a replaced call into the queue of the call that was invited to. */
function inOneOrder(planned: readonly Planned[], order: readonly Planned[]): Planned[] {
  const [first] = planned;
  return order.map((one) => (first ? { ...one, call: first.call } : one));
}

export const orderingFaults: readonly Fault[] = [
  fault(
    'ordering.response-first/waits-for-the-acknowledgement',
    'sends the completion, waits for its acknowledgement, and answers 25 ms later',
    announcesFirst(['operation'], 25),
    CONCURRENT,
  ),
  fault(
    'ordering.response-first/answers-after-150-ms',
    'sends the completion, and answers 150 ms after its acknowledgement',
    announcesFirst(['operation'], 150),
    CONCURRENT,
  ),
  fault(
    'ordering.response-first/answers-last',
    'sends all notifications, and answers 50 ms later',
    announcesFirst(['operation', 'roster', 'call'], 50),
    CONCURRENT,
  ),

  fault(
    'ordering.completion-before-roster/roster-first',
    'sends the roster, then the completion',
    replan((planned) => [...kinds(planned, 'roster'), ...kinds(planned, 'operation'), ...kinds(planned, 'call')]),
    CONCURRENT,
  ),
  fault(
    'ordering.completion-before-roster/second-roster-first',
    'sends a roster of everybody in the call before the completion of a second invitation',
    together(
      onRoster((change, { invitation: { call } }) => {
        change['resourceData'] = [...call.members.map(rosterEntry), ...objectsIn(change['resourceData'])];
      }),
      replan((planned, { invitation: { call, id } }) => {
        const invitedBefore = call.members.length > 1 || [...call.operations.keys()].some((other) => other !== id);
        if (!invitedBefore) return planned;
        return [...kinds(planned, 'roster'), ...kinds(planned, 'operation'), ...kinds(planned, 'call')];
      }),
    ),
    CONCURRENT,
  ),
  fault(
    'ordering.completion-before-roster/completion-late',
    'sends the completion 200 ms after all other notifications',
    replan((planned, { invitation }) => [
      ...kinds(planned, 'roster', 'call'),
      ...kinds(planned, 'operation').map((one) => (invitation.failure ? one : later(one, 200))),
    ]),
    [...CONCURRENT, ENDS],
  ),
  fault(
    'ordering.completion-before-roster/roster-before-answer',
    'sends the roster before the response',
    replan((planned) => {
      for (const one of kinds(planned, 'roster')) one.phase = 'before-answer';
      return planned;
    }),
    CONCURRENT,
  ),

  fault(
    'ordering.replaced-call-ends-after-completion/ends-first',
    'notifies that the replaced call is terminating, then deleted, before the completion',
    replan((planned) => inOneOrder(planned, [...kinds(planned, 'call'), ...kinds(planned, 'operation', 'roster')])),
  ),
  fault(
    'ordering.replaced-call-ends-after-completion/terminating-first',
    'notifies that the replaced call is terminating before the completion',
    replan((planned) => {
      const [terminating, ...rest] = kinds(planned, 'call');
      if (!terminating) return planned;
      return inOneOrder(planned, [terminating, ...kinds(planned, 'operation', 'roster'), ...rest]);
    }),
  ),

  fault(
    'ordering.terminated-before-deleted/deleted-first',
    'notifies that the replaced call is deleted, then that it is terminating',
    replan((planned) => [...kinds(planned, 'operation', 'roster'), ...kinds(planned, 'call').toReversed()]),
  ),
  fault(
    'ordering.terminated-before-deleted/terminating-late',
    'notifies that the replaced call is terminating 200 ms after deleted',
    replan((planned) => {
      const [terminating, ...rest] = kinds(planned, 'call');
      const others = [...kinds(planned, 'operation', 'roster'), ...rest];
      return terminating ? [...others, later(terminating, 200)] : others;
    }),
  ),
];
