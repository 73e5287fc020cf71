import { catalogOf, JUDGED_WHEN_CONCURRENT } from '../behaviors/catalog';
import { EDITION, EDITIONS, type Edition } from '../behaviors/edition';
import { isE164 } from '../behaviors/facts/phones';
import { parseJson } from '../history/body';
import type { InvitationPlan, SeenInvitation } from '../history/import/plan';
import { arrayMember, isObject, stringMember, type JsonObject } from '../history/values';
import {
  FIRST_ONLY_MOVE_BEHAVIORS,
  HIDDEN_BEHAVIORS,
  MOVE_BEHAVIORS,
  REFUSAL_BEHAVIORS,
  REFUSAL_OR_FAILURE_BEHAVIORS,
  without,
} from './behavior-lists';
import { anybodyIn, recordedInvitationPlan } from './recorded-invitation-plan';

/** Plans recorded invitations that only the page of 2025-07-23 describes. */

type Planned = ReturnType<typeof recordedInvitationPlan>;

function isMoved(participant: JsonObject): boolean {
  return stringMember(participant, 'participantId') !== undefined;
}

function isHidden(participant: JsonObject): boolean {
  return participant['hidden'] === true;
}

/** The participants of an invitation, if its body can be read. */
function participantsIn({ body, headers }: SeenInvitation['request']): JsonObject[] {
  const json = body.truncated ? undefined : parseJson(body, headers);
  return (json?.ok === true ? (arrayMember(json.value, 'participants') ?? []) : []).filter(isObject);
}

/** The invitation without the members that only the later edition describes. */
function withoutLaterMembers(seen: SeenInvitation): SeenInvitation {
  const json = parseJson(seen.request.body, seen.request.headers);
  if (!json.ok || !isObject(json.value)) return seen;
  const participants = participantsIn(seen.request).map((one) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'participantId' && name !== 'hidden')),
  );
  const content = JSON.stringify({ ...json.value, participants });
  const body = { ...seen.request.body, content, bytes: Buffer.byteLength(content) };
  return { ...seen, request: { ...seen.request, body } };
}

/** Replaces the behaviours of an invitation that the first edition would accept and that did not fail. */
function triedInstead(plan: InvitationPlan, tries: readonly string[], { overlap }: SeenInvitation): InvitationPlan {
  if (plan.expect !== 'accepted') return plan;
  const own = overlap === 'no' ? tries : without(tries, JUDGED_WHEN_CONCURRENT);
  return { ...plan, tries: [...own, ...REFUSAL_BEHAVIORS] };
}

function planOfMove(seen: SeenInvitation, participants: readonly JsonObject[]): Planned {
  const [first, ...others] = participants;
  const participantId = stringMember(first, 'participantId');
  if (participantId === undefined || stringMember(first, 'replacesCallId') === undefined) return 'otherForm';
  const plan = recordedInvitationPlan(withoutLaterMembers(seen));
  if (typeof plan === 'string') return plan;
  if (plan.expect === 'either') return 'otherForm';
  const says = others.length === 0 ? 'a participant to be moved' : 'several participants, of whom the first is moved';
  return {
    ...triedInstead(plan, others.length === 0 ? MOVE_BEHAVIORS : FIRST_ONLY_MOVE_BEHAVIORS, seen),
    name: 'moving',
    says,
    participantId,
  };
}

function planOfHidden(seen: SeenInvitation, participants: readonly JsonObject[]): Planned {
  // The page does not describe a mixture of hidden and visible participants.
  if (!participants.every(isHidden) || participants.length > 1) return 'otherForm';
  const plan = recordedInvitationPlan(withoutLaterMembers(seen));
  if (typeof plan === 'string' || plan.replaces !== undefined) return typeof plan === 'string' ? plan : 'otherForm';
  return {
    ...triedInstead(plan, HIDDEN_BEHAVIORS, seen),
    name: 'hidden',
    says: 'a participant who is hidden',
    hidden: true,
  };
}

function planOf2025(seen: SeenInvitation): Planned {
  const participants = participantsIn(seen.request);
  if (participants.some(isMoved)) return planOfMove(seen, participants);
  if (participants.some(isHidden)) return planOfHidden(seen, participants);
  const plan = recordedInvitationPlan(seen);
  if (typeof plan === 'string' || !plan.tries.some((id) => id.startsWith('response.'))) return plan;
  const phones = plan.invitees.filter(({ kind }) => kind === 'phone');
  if (phones.length === 0) return plan;
  if (phones.every(({ id }) => isE164(id))) {
    return plan.expect === 'accepted' ? { ...plan, tries: [...plan.tries, 'pstn.e164'] } : plan;
  }
  return {
    ...plan,
    name: 'no-e164',
    says: 'a phone whose id is not a number in E.164',
    tries: ['pstn.e164', ...REFUSAL_OR_FAILURE_BEHAVIORS],
    control: 'pstn.accepted',
    expect: 'refusedOrFails',
  };
}

/**
 * The plan of an invitation that the edition does not describe, or whose body is unknown: whatever it sent, a refusal
 * must be one. A refusal without effect can be told only if the invitees are known.
 */
function planOfRefusal({ request }: SeenInvitation, leftOut: Extract<Planned, string>): InvitationPlan {
  const invitees = anybodyIn(participantsIn(request));
  return {
    name: leftOut === 'noBody' ? 'unknown' : 'other-form',
    says: leftOut === 'noBody' ? 'a body that was not recorded' : 'a body in a form that the page does not describe',
    tries: invitees.length > 0 ? [...REFUSAL_BEHAVIORS] : without(REFUSAL_BEHAVIORS, ['refusal.no-effect']),
    expect: 'either',
    control: 'request.route',
    invitees,
    ignored: [],
    leftOut,
  };
}

/** Returns the function that plans recorded invitations by an edition. */
export function recordedPlanFor(edition: Edition): (seen: SeenInvitation) => InvitationPlan {
  const known = new Set<string>(catalogOf(edition).behaviors.map(({ id }) => id));
  const planOf = edition === EDITION ? recordedInvitationPlan : planOf2025;
  return (seen) => {
    const planned = planOf(seen);
    const plan = typeof planned === 'string' ? planOfRefusal(seen, planned) : planned;
    return { ...plan, tries: plan.tries.filter((id) => known.has(id)) };
  };
}

/** The edition of a recording: the later one if an invitation has members that only that one describes. */
export function editionShown(invitations: readonly { ofLaterEdition: boolean }[]): Edition {
  const [first, later] = EDITIONS;
  return invitations.some(({ ofLaterEdition }) => ofLaterEdition) ? later : first;
}
