import { JUDGED_WHEN_CONCURRENT } from '../behaviors/catalog';
import { headerValue, isJsonType, lacksContentType, parseJson } from '../history/body';
import type { InvitedIdentity } from '../history/events';
import { identitiesOf } from '../history/identities';
import type { InvitationPlan, SeenInvitation } from '../history/import/plan';
import { isObject, type JsonObject } from '../history/values';
import { check } from '../schemas';
import {
  without,
  PARTICIPANT_BEHAVIORS,
  ACCEPTED_BEHAVIORS,
  REFUSAL_BEHAVIORS,
  REFUSAL_OR_FAILURE_BEHAVIORS,
  REPLACED_CALL_BEHAVIORS,
  RESPONSE_BEHAVIORS,
  CONCURRENT_BEHAVIORS,
} from './behavior-lists';

/**
 * Determines what a recorded invitation tries, from the request alone and whether its operation was reported as failed.
 */

type LeftOut = 'noBody' | 'otherForm';
type PlanOfKind = Omit<InvitationPlan, 'clientContext' | 'invitees' | 'ignored' | 'replaces'>;

const MAX_INVITEES = 5;
const MAX_CONTEXT_LENGTH = 256;
const CONTEXTS = ['response.client-context', 'completion.client-context'];

/** A defect of a request for which it must be refused, regardless of sender and call. */
interface RequestFault {
  name: string;
  tries: string[];
  says: string;
  mayFailLater?: true;
}

/** The members of an invitation's body; parameter names are compared without regard to case (linked: call-api). */
interface Members {
  participants: unknown;
  clientContext: unknown;
  /** Whether they have exactly the page's names. */
  asNamed: boolean;
  /** Whether the body has no other members. */
  alone: boolean;
}

function membersOf(body: JsonObject): Members {
  const named = (name: string): unknown =>
    Object.entries(body).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? undefined;
  const others = Object.keys(body).filter((key) => !/^(participants|clientContext|@odata\.type|\$id)$/i.test(key));
  const asNamed = Object.keys(body).every((key) => !/^(participants|clientContext)$/i.test(key) || key in NAMED);
  return {
    participants: named('participants'),
    clientContext: named('clientContext'),
    asNamed,
    alone: others.length === 0,
  };
}

const NAMED = { participants: true, clientContext: true };

/** Defects of the Authorization header. A token proves nothing, because recordings do not keep it. */
function wrongAuthorization({ request, keepsAuthorization }: SeenInvitation, alone: boolean): RequestFault[] {
  const sent = headerValue(request.headers, 'authorization');
  // With a token in another place, a service may refuse the request for another reason, with another 4xx.
  const odd = request.url.includes('?') || headerValue(request.headers, 'proxy-authorization') !== undefined || !alone;
  const status = odd ? [] : ['authorization.status-401'];
  if (sent === undefined) {
    const tries = ['authorization.required', ...status];
    // Of an invitation that was recorded without its headers, the others say nothing.
    const isKnown = keepsAuthorization && !lacksContentType(request.headers);
    return isKnown ? [{ name: 'without-token', tries, says: 'without an Authorization header' }] : [];
  }
  if (!/^Basic\s/i.test(sent)) return [];
  return [{ name: 'basic', tries: ['authorization.bearer', ...status], says: 'an Authorization of scheme Basic' }];
}

function wrongType({ request: { headers } }: SeenInvitation): RequestFault[] {
  if (lacksContentType(headers) || isJsonType(headerValue(headers, 'content-type'))) return [];
  const says = 'sent as anything but application/json';
  return [{ name: 'content-type', tries: ['request.content-type'], says }];
}

function wrongParticipants(participants: unknown): RequestFault[] {
  const required = { name: 'no-participants', tries: ['request.participants-required'] };
  if (participants === undefined) return [{ ...required, says: 'no participants' }];
  if (!Array.isArray(participants)) return [{ ...required, says: 'participants that are not an array' }];
  if (participants.some((one) => !isObject(one)))
    return [{ ...required, says: 'elements of participants that are not participants' }];
  const unidentified = participants.some((one) => isObject(one) && (one['identity'] ?? undefined) === undefined);
  if (!unidentified) return [];
  return [{ name: 'no-identity', tries: ['request.participant-identity'], says: 'a participant without identity' }];
}

/** The identities of the participants. @returns undefined unless each has exactly one documented identity */
function namedIn(participants: readonly unknown[]): InvitedIdentity[] | undefined {
  const all = participants.map((one) => (isObject(one) ? identitiesOf(one['identity']) : []));
  const named = all.flatMap((found) => (found.length === 1 ? found : []));
  return named.length === all.length && named.every(({ id }) => id !== '') ? named : undefined;
}

/** All identities in a request, in any form. */
export function anybodyIn(participants: readonly unknown[]): InvitedIdentity[] {
  const all = participants.flatMap((one) => (isObject(one) ? identitiesOf(one['identity']) : []));
  return all.filter(({ id }) => id !== '');
}

/** Whether a participant has a member that this edition does not describe: it is moved, or hidden. */
function isOfLaterEdition(one: unknown): boolean {
  return isObject(one) && (typeof one['participantId'] === 'string' || one['hidden'] === true);
}

/** The plan of a request that must be refused. */
function refused([wrong, ...others]: readonly [RequestFault, ...RequestFault[]]): PlanOfKind {
  const tries = others.length > 0 ? [] : wrong.tries;
  const { name, says, mayFailLater } = wrong;
  return {
    name,
    says: [wrong, ...others].map((one) => one.says).join(', and ') || says,
    tries: [...tries, ...(mayFailLater ? REFUSAL_OR_FAILURE_BEHAVIORS : REFUSAL_BEHAVIORS)],
    expect: mayFailLater && others.length === 0 ? 'refusedOrFails' : 'refused',
    control: 'request.route',
  };
}

/** The plan of a correct invitation that replaces no call. */
function acceptedKind(
  invitees: readonly InvitedIdentity[],
  { clientContext, asNamed }: Members,
  type: string,
): PlanOfKind {
  const of = (name: string, says: string, tries: readonly string[], control = 'request.route'): PlanOfKind => {
    return { name, says, tries: [...tries], control, expect: 'accepted' };
  };
  if (invitees.some(({ kind }) => kind === 'phone')) {
    const tries = ['pstn.accepted', 'pstn.phone-response', 'pstn.phone-completion', 'pstn.phone-roster'];
    return of('phone', 'a phone', [...tries, ...without(ACCEPTED_BEHAVIORS, PARTICIPANT_BEHAVIORS)], 'pstn.accepted');
  }
  if (invitees.length === MAX_INVITEES) {
    const tries = ['multiple.five-accepted', ...without(ACCEPTED_BEHAVIORS, PARTICIPANT_BEHAVIORS)];
    return of('five', 'five participants', tries, 'multiple.accepted');
  }
  if (invitees.length > 1)
    return of('several', `${invitees.length} participants`, ['multiple.accepted', ...ACCEPTED_BEHAVIORS]);
  if (!asNamed) {
    const tries = [
      'request.parameter-names-any-case',
      ...without(ACCEPTED_BEHAVIORS, [...PARTICIPANT_BEHAVIORS, ...CONTEXTS]),
    ];
    return of('names-in-another-case', 'parameters named in another case', tries);
  }
  if (clientContext === undefined) {
    return of('without-context', 'without clientContext', ['request.client-context-optional', ...ACCEPTED_BEHAVIORS]);
  }
  if (typeof clientContext === 'string' && clientContext.length === MAX_CONTEXT_LENGTH && isAscii(clientContext)) {
    const tries = ['request.client-context-at-limit', ...without(ACCEPTED_BEHAVIORS, CONTEXTS)];
    return of('context-of-256', 'a clientContext of 256 characters', tries);
  }
  const charset = type.includes(';') ? ['request.content-type'] : [];
  return of('one', `one ${invitees[0]?.kind ?? 'participant'}`, ['request.route', ...charset, ...ACCEPTED_BEHAVIORS]);
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** Either behaviour may be the one that the missing end of an `unended` invitation speaks against. */
const TOGETHER: Record<Exclude<SeenInvitation['overlap'], 'no'>, readonly string[]> = {
  yes: ['ordering.concurrent-invitations', ...CONCURRENT_BEHAVIORS],
  unknown: [],
  unended: ['completion.announced', 'ordering.concurrent-invitations'],
};

/**
 * Adjusts the plan of an invitation that is concurrent with others to the same call: the concurrency behaviour covers
 * what they may confuse.
 */
function amongConcurrent(kind: PlanOfKind, overlap: SeenInvitation['overlap']): PlanOfKind {
  if (overlap === 'no') return kind;
  const own = kind.tries.filter((id) => !JUDGED_WHEN_CONCURRENT.includes(id));
  const together = TOGETHER[overlap];
  const says = overlap === 'yes' ? `${kind.says}, while others to the same call were under way` : kind.says;
  return { ...kind, says, tries: [...new Set([...own, ...together])] };
}

/**
 * Whether an invitation can be carried out also depends on the invitee, so a failed operation is judged as a failure.
 */
function asFailed(kind: PlanOfKind): PlanOfKind {
  const response = RESPONSE_BEHAVIORS.filter((id) => kind !== ODDLY_WRITTEN || kind.tries.includes(id));
  const tries = ['failure.announced', 'failure.no-roster', 'ordering.response-first', ...response];
  return { ...kind, tries, expect: 'fails' };
}

/**
 * Determines what a recorded invitation tries, and what the documentation requires.
 * @returns why it is left out if the documentation says nothing about it, or the recording lacks it
 */
export function recordedInvitationPlan(seen: SeenInvitation): InvitationPlan | LeftOut {
  const { headers, body } = seen.request;
  if (body.truncated) return 'noBody';
  const nobody = { invitees: [], ignored: [] };
  const json = parseJson(body, headers);
  const type = wrongType(seen);
  if (!json.ok) {
    const malformed = { name: 'malformed', tries: ['request.malformed-json'], says: 'a body that is not JSON' };
    return { ...refused([malformed, ...type, ...wrongAuthorization(seen, true)]), ...nobody };
  }
  const members = membersOf(isObject(json.value) ? json.value : {});
  const { participants, clientContext } = members;
  if (clientContext !== undefined && typeof clientContext !== 'string') return 'otherForm';
  const context = clientContext === undefined ? {} : { clientContext };
  const all: unknown[] = Array.isArray(participants) ? participants : [];
  const [first] = all;
  const replaces = isObject(first) && typeof first['replacesCallId'] === 'string' ? first['replacesCallId'] : undefined;
  const read = replaces === undefined ? all : all.slice(0, 1);
  const wrong = [
    ...wrongAuthorization(seen, members.alone),
    ...type,
    ...wrongParticipants(replaces === undefined ? participants : read),
  ];
  if (read.some(isOfLaterEdition)) return 'otherForm';
  const others = all.slice(1).some((one) => isObject(one) && typeof one['replacesCallId'] === 'string');
  if (replaces === undefined && others) return 'otherForm';
  const invitees = namedIn(read);
  if (clientContext !== undefined && clientContext.length > MAX_CONTEXT_LENGTH) {
    if (!isAscii(clientContext)) return 'otherForm';
    const says = 'a clientContext of more than 256 characters';
    wrong.push({ name: 'long-context', tries: ['request.client-context-over-limit'], says });
  }
  if (all.length > MAX_INVITEES && replaces === undefined) {
    const says = 'more than five participants';
    wrong.push({ name: 'more-than-five', tries: ['multiple.six-refused'], says, mayFailLater: true });
  }
  const [one, ...more] = wrong;
  if (one) return { ...refused([one, ...more]), ...context, ...nobody, invitees: anybodyIn(read) };
  if (!invitees || invitees.length === 0) return 'otherForm';
  const ignored = replaces === undefined ? [] : (namedIn(all.slice(1).filter(isObject)) ?? []);
  // The response to an unusual request may be unusual in the same way, so only its participants are judged.
  const odd = members.asNamed && check('invitation-request', json.value).length > 0;
  if (odd && replaces !== undefined) return 'otherForm';
  const plain = odd
    ? ODDLY_WRITTEN
    : replaces === undefined
      ? acceptedKind(invitees, members, typeOf(seen))
      : replacing(all.length);
  const open = plain.expect === 'either';
  const kind = open ? plain : seen.failed ? asFailed(plain) : amongConcurrent(plain, seen.overlap);
  const tries = seen.failed && !open ? kind.tries : [...kind.tries, ...REFUSAL_BEHAVIORS];
  return { ...kind, tries, ...context, invitees, ignored, ...(replaces === undefined ? {} : { replaces }) };
}

function typeOf({ request: { headers } }: SeenInvitation): string {
  return headerValue(headers, 'content-type') ?? '';
}

/** The plan of a request in an unusual form of some library. */
const ODDLY_WRITTEN: PlanOfKind = {
  name: 'written-otherwise',
  says: 'written in another way than the page shows',
  tries: ['request.route', ...PARTICIPANT_BEHAVIORS, ...CONTEXTS],
  control: 'request.route',
  expect: 'accepted',
};

/** The plan of an invitation whose first participant has a replacesCallId. */
function replacing(count: number): PlanOfKind {
  const of = { control: 'request.route', expect: 'accepted' } as const;
  if (count === 1) {
    const tries = ['replace.accepted', ...ACCEPTED_BEHAVIORS, ...REPLACED_CALL_BEHAVIORS];
    return { ...of, name: 'replacing', says: 'a participant with a replacesCallId', tries };
  }
  const listed = ['response', 'completion', 'roster'].map((part) => `replace.first-only-${part}`);
  const says = `${count} participants, of whom the first has a replacesCallId`;
  if (count > MAX_INVITEES) {
    // All except the first are ignored, so the service may refuse or accept so many.
    return {
      ...of,
      expect: 'either',
      name: 'six-of-whom-the-first-replaces',
      says,
      tries: [...listed, 'failure.announced'],
    };
  }
  const own = ['replace.first-only-accepted', ...listed];
  const rest = without(ACCEPTED_BEHAVIORS, ['response.participants', 'completion.participants']);
  return { ...of, name: 'replacing-first', says, tries: [...own, ...rest, ...REPLACED_CALL_BEHAVIORS] };
}
