import type { ContractMismatch } from '../../verdicts/contract-result';
import type { Kind } from './pact-file';

/** A rule: the part that differs, and the behaviour that this breaks. */
type Rule = [part: ContractMismatch['part'], path: RegExp, behavior: string];

const ANSWER: Rule[] = [
  ['header', /^content-type$/i, 'response.json'],
  ['bodyType', /^/, 'response.json'],
  ['body', /^\$\['@odata\.type'\]/, 'response.odata-type'],
  ['body', /^\$\.id$/, 'response.operation-id'],
  ['body', /^\$\.status$/, 'response.status-running'],
  ['body', /^\$\.clientContext$/, 'response.client-context'],
  ['body', /^\$\.resultInfo\b/, 'response.result-info'],
  ['body', /^\$\.participants.*\.replacesCallId$/, 'response.replaces-call-id'],
  ['body', /^\$\.participants.*\.participantId$/, 'move.response-participant-id'],
  ['body', /^\$\.participants\b.*\.phone\b/, 'pstn.phone-response'],
  ['body', /^\$\.participants\b/, 'response.participants'],
  ['body', /^/, 'response.operation'],
];

const ENVELOPE: Rule[] = [
  ['metadata', /^method$/i, 'notification.post'],
  ['metadata', /^content-?type$/i, 'notification.json'],
  ['bodyType', /^/, 'notification.json'],
  ['body', /^(\/|\$|\$\['@odata\.type'\]|\$\.value|\$\.value\[0\]\['@odata\.type'\])$/, 'notification.envelope'],
];

const COMPLETION: Rule[] = [
  ['body', /\.changeType$/, 'completion.change-type'],
  ['body', /\.resourceUrl$/, 'completion.resource-url'],
  ['body', /\.resourceData\.id$/, 'completion.operation-id'],
  ['body', /\.resourceData\.status$/, 'completion.status'],
  ['body', /\.resourceData\.clientContext$/, 'completion.client-context'],
  ['body', /\.resourceData\.participants\b.*\.phone\b/, 'pstn.phone-completion'],
  ['body', /\.resourceData\.participants\b/, 'completion.participants'],
  ['body', /^/, 'completion.operation'],
];

const ROSTER: Rule[] = [
  ['body', /\.changeType$/, 'roster.change-type'],
  ['body', /\.resourceUrl$/, 'roster.resource-url'],
  ['body', /\.resourceData$/, 'roster.collection'],
  ['body', /\.mediaStreams\b/, 'roster.media-streams'],
  ['body', /\.info\.identity\.phone\b/, 'pstn.phone-roster'],
  ['body', /\.info\.identity\b/, 'roster.invitees'],
  ['body', /^/, 'roster.participant'],
];

const OF_A_CALL: Rule[] = [
  ['body', /\.changeType$/, 'notification.change-type'],
  ['body', /\.resourceUrl$/, 'notification.resource-url'],
];

const RULES: Record<Exclude<Kind, 'refused'>, Rule[]> = {
  accepted: ANSWER,
  completion: [...ENVELOPE, ...COMPLETION],
  roster: [...ENVELOPE, ...ROSTER],
  callTerminated: [...ENVELOPE, ...OF_A_CALL, ['body', /^/, 'replace.peer-call-terminated']],
  callDeleted: [...ENVELOPE, ...OF_A_CALL, ['body', /^/, 'replace.peer-call-deleted']],
  failure: [...ENVELOPE, ['body', /\.resourceUrl$/, 'notification.resource-url'], ['body', /^/, 'failure.announced']],
};

const isGeneral = (id: string): boolean => id.startsWith('refusal.');
/** Whether a behaviour of a refusal requires a certain 4xx. */
const isStatus = (id: string): boolean => /\.status-4\d\d$/.test(id) || id === 'request.unknown-call';

/**
 * An acceptance breaks the behaviour that requires the refusal, a 3xx or 5xx also the refusal itself, and another 4xx
 * only the status.
 */
function brokenByStatus(status: number, covers: readonly string[]): string[] {
  const special = covers.filter((id) => !isGeneral(id));
  if (status >= 400 && status < 500) return special.filter(isStatus);
  return status >= 300 ? [...special, 'refusal.client-error'] : special;
}

/** The observed status; 0 for none. */
function statusIn({ observed }: ContractMismatch): number {
  return observed?.is === 'answer' ? observed.status : 0;
}

/** The behaviours that a mismatch of a refusal breaks. */
function ofRefusal(mismatch: ContractMismatch, covers: readonly string[]): string[] {
  const found = mismatch.part === 'status' ? brokenByStatus(statusIn(mismatch), covers) : ['refusal.error-body'];
  return found.length > 0 ? found : ['refusal.client-error'];
}

/** Another success breaks only the status; without one, the behaviour that the invitation tries is broken. */
function ofAnotherStatus(mismatch: ContractMismatch, covers: readonly string[]): string[] {
  const status = statusIn(mismatch);
  if (status >= 200 && status < 300) return ['response.status-200'];
  const tried = covers.filter((id) => id.endsWith('.accepted'));
  if (tried.length > 0) return tried;
  return covers.includes('request.route') ? ['request.route'] : ['response.status-200'];
}

/**
 * The behaviours that a mismatch breaks, by the part and path that differ.
 * @param covers the behaviours that the contract lists for the interaction
 * @returns ids; none if no behaviour covers the difference
 */
export function behaviorsOf(kind: Kind, mismatch: ContractMismatch, covers: readonly string[]): string[] {
  if (kind === 'refused') return ofRefusal(mismatch, covers);
  const { part, path = '', observed } = mismatch;
  if (kind === 'accepted' && part === 'header' && /^location$/i.test(path)) {
    return [observed?.is === 'absent' ? 'response.location' : 'response.location-operation'];
  }
  if (kind === 'accepted' && part === 'status') return ofAnotherStatus(mismatch, covers);
  const found = RULES[kind].find(([of, pattern]) => of === part && pattern.test(path))?.[2];
  return found === undefined ? [] : [found];
}
