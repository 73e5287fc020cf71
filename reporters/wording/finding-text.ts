import type { AnyFactId, Finding } from '../../behaviors/behavior';
import { isBehaviorId } from '../../behaviors/catalog';
import type { AttemptRef, Place, Value, Who } from '../../behaviors/finding';
import { isErrorWithSuccess } from '../../verdicts/cause-keys';
import { differenceShown, textDifference, urlDifference, urlDifferenceText } from './differences';
import { FACT_WORDS } from './fact-words';
import { REQUESTS } from './request-words';
import { responseText, jsonText, momentText, valueText, whoText } from './value-text';

/** The text of a finding, for every report. */
export interface FindingText {
  /** The difference, in one sentence. */
  title: string;
  expected: string;
  got: string;
  /** How the values differ, if that is not obvious. */
  note?: string;
  /** The place, such as `event 344, $.value[0].resourceUrl`. */
  at: string;
  fix: string;
}

/** Facts about the invitation itself, for which behaviours have their own words. */
const ABOUT_ANSWER: ReadonlySet<AnyFactId> = new Set<AnyFactId>([
  'invitation.accepted',
  'invitation.carried-out',
  'invitation.refused',
  'refusal.status-401',
  'refusal.status-403',
  'refusal.status-404',
]);

/** Facts about an object as a whole: a finding names the property of the object that differs. */
const ABOUT_OBJECT: ReadonlySet<AnyFactId> = new Set<AnyFactId>([
  'refusal.error-body',
  'response.operation',
  'completion.operation',
  'failure.result-info',
  'roster.collection',
  'roster.participant',
  'roster.media-streams',
  'roster.joined',
  'notification.envelope',
]);

const startsSmall = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** The behaviour's own words for a finding, if any. */
function ownWords(fact: AnyFactId, behavior: string): { subject?: string; fix?: string } {
  const words = isBehaviorId(behavior) ? REQUESTS[behavior] : undefined;
  if (!words) return {};
  const subject = `The roster after ${startsSmall(words.subject)}`;
  // The response was right, so the fix of the invitation would mislead.
  if (fact === 'invitation.nobody-joins') return { subject };
  if (fact === 'invitation.ignored-stay-out') return { subject, fix: words.fix };
  return ABOUT_ANSWER.has(fact) ? words : { fix: words.fix };
}

/** The last property of a path, with the indexes after it, such as `mediaStreams[0]`. */
const LAST_PROPERTY = /(?:\.([^.[\]]+)|\['([^']+)'\])((?:\[\d+\])*)$/;

/** The subject of a finding: what differs, if it is a part of what the fact is about. */
function subjectOf(subject: string, { fact, at: [place] }: Finding): string {
  if (place?.part === 'header' && place.path === 'content-type') return `The Content-Type of ${startsSmall(subject)}`;
  if (!ABOUT_OBJECT.has(fact)) return subject;
  const [, plain, quoted, index = ''] = LAST_PROPERTY.exec(place?.path ?? '') ?? [];
  const property = plain ?? quoted;
  const whole = property === undefined || property === 'resourceData' || subject.split(' ').includes(property);
  return whole ? subject : `${property}${index} in ${startsSmall(subject)}`;
}

/** How to fix a deviation from a fact of a behaviour. */
export function fixOf(fact: AnyFactId, behavior: string): string {
  return ownWords(fact, behavior).fix ?? FACT_WORDS[fact].fix;
}

/** The number of named copies of a repeated message. */
const MAX_COPIES = 3;

/** How to fix a late message: in the service, or with a longer timeout. */
function sooner(limitMs: number): string {
  return `Send it sooner or, if it may take this long, raise --timeout-ms (timeoutMs in the config) above ${limitMs}.`;
}

/** What is said of a request that is treated like an earlier one with other credentials. */
const REMEMBERED: Readonly<Record<NonNullable<Finding['decidedBy']>, { after: string; fix: string }>> = {
  connection: {
    after: ' after other credentials on the same connection',
    fix: 'Check the credentials of each request, not only those of an earlier one on the same connection.',
  },
  call: {
    after: ' after other credentials for the same call',
    fix: 'Check the credentials of each request, not only those of an earlier one to the same call.',
  },
};

const ERROR_STATUS = 'Answer a refusal with a 4xx status, not with a success that has an error in its body.';

/** Formats a finding of a behaviour. */
export function findingText(finding: Finding, behavior: string): FindingText {
  const { expected, observed, at, decidedBy } = finding;
  const remembered = decidedBy && REMEMBERED[decidedBy];
  const fix = remembered?.fix ?? (isErrorWithSuccess(finding) ? ERROR_STATUS : undefined);
  const words = { ...FACT_WORDS[finding.fact], ...ownWords(finding.fact, behavior) };
  const note = noteOf(finding);
  return {
    title: `${subjectOf(words.subject, finding)} ${predicate(finding)}${remembered?.after ?? ''}.`,
    ...valueTexts(expected, observed),
    ...(note === undefined ? {} : { note }),
    at: at
      .slice(0, observed.is === 'count' ? MAX_COPIES : 1)
      .map(placeText)
      .join('; '),
    fix: observed.is === 'delay' ? sooner(observed.limitMs) : (fix ?? words.fix),
  };
}

/** Formats two values on a line each; long texts are shortened to the part around their first difference. */
function valueTexts(expected: Value, observed: Value): { expected: string; got: string } {
  if (expected.is === 'json' && observed.is === 'json') {
    const [want, got] = [expected.value, observed.value];
    if (typeof want === 'string' && typeof got === 'string') {
      const shown = differenceShown(want, got);
      return { expected: jsonText(shown.expected), got: jsonText(shown.observed) };
    }
  }
  // The number of ends is right: what follows the end is not.
  if (expected.is === 'count' && observed.is === 'order')
    return { expected: 'nothing about the operation after its end', got: valueText(observed) };
  return { expected: valueText(expected), got: valueText(observed) };
}

/** `event 344, $.value[0].resourceUrl`; only the event if the finding is about time. */
function placeText({ event, part, path }: Place): string {
  if (part === 'status') return `event ${event}, status`;
  if (part === 'header') return `event ${event}, header ${path ?? ''}`;
  if (part === 'method') return `event ${event}, method`;
  return part === 'body' && path !== undefined ? `event ${event}, ${path}` : `event ${event}`;
}

/** What a finding says about its subject: the difference first. */
function predicate({ expected, observed, belongsTo, fact, attempt }: Finding): string {
  if (belongsTo !== undefined) {
    return expected.is === 'absent'
      ? `is that of ${belongsTo}; none was sent`
      : `is that of ${belongsTo} instead of this one's`;
  }
  switch (observed.is) {
    case 'absent':
      return 'is missing';
    case 'answer':
      return answerPredicate(expected, observed);
    case 'noAnswer':
      return `got no response: ${observed.reason}`;
    case 'identities':
      return identitiesPredicate(expected, observed.identities, fact);
    case 'order':
      return fact === 'completion.once'
        ? `is followed by ${momentText(observed.then)}`
        : `comes before ${momentText(observed.then)}`;
    case 'count':
      return `is announced ${observed.count} times`;
    case 'arrivals':
      return expected.is === 'absent'
        ? 'is followed by notifications about an operation'
        : arrivalsPredicate(observed, fact, attempt);
    case 'delay':
      return `arrives after ${observed.ms} ms; the limit is ${observed.limitMs} ms`;
    case 'outcome':
      return `is ${valueText(observed)}`;
    case 'unreadable':
      return `is not JSON (${observed.reason})`;
    default:
      return valuePredicate(expected, observed);
  }
}

/** Says that something does not arrive, or arrives at the callback of another call. */
function arrivalsPredicate(
  { arrivals }: Extract<Value, { is: 'arrivals' }>,
  fact: Finding['fact'],
  { call }: AttemptRef,
): string {
  if (fact !== 'completion.arrives' && fact !== 'roster.announced') return 'does not arrive';
  const elsewhere = arrivals.find((one) => one.about !== 'call' && one.call !== call);
  if (!elsewhere || call === undefined || arrivals.some((one) => one.call === call)) return 'does not arrive';
  return elsewhere.call === undefined
    ? 'arrives at a path that belongs to no call'
    : `arrives at the callback of ${elsewhere.call}, another call`;
}

function answerPredicate(expected: Value, observed: Extract<Value, { is: 'answer' }>): string {
  const said = responseText(observed);
  if (expected.is === 'status' && expected.status === '2xx') return `is refused: ${said}`;
  if (expected.is === 'outcome' && observed.status < 300 && observed.code === undefined) {
    return `is accepted (${observed.status})`;
  }
  if (expected.is === 'status' && expected.status === 200) return `is ${said}`;
  return `is answered ${said}`;
}

/** `names another call`, `is cut off after 64 of 84 characters`, `is "x", not "y"` */
function valuePredicate(expected: Value, observed: Value): string {
  if (expected.is === 'resource' && observed.is === 'json' && typeof observed.value === 'string') {
    return resourcePredicate(expected.path, observed.value);
  }
  if (expected.is === 'json' && typeof expected.value === 'string' && observed.is === 'json') {
    if (typeof observed.value !== 'string') return `is ${valueText(observed)}, not ${valueText(expected)}`;
    const difference = textDifference(expected.value, observed.value);
    return difference === undefined ? `is ${valueText(observed)}` : `is ${difference}`;
  }
  return `is ${valueText(observed)}${expected.is === 'allowed' ? `, not ${expected.allowed}` : ''}`;
}

function resourcePredicate(expected: string, observed: string): string {
  const { call, operation } = urlDifference(expected, observed);
  if (call === 'absent') return 'contains no call id';
  if (call === 'differs') return 'names another call';
  if (operation === 'differs') return 'names another operation';
  if (call === 'spelling' || operation === 'spelling') return 'contains an id that is written differently';
  return 'names another resource';
}

function identitiesPredicate(expected: Value, observed: readonly Who[], fact: Finding['fact']): string {
  const wanted = expected.is === 'identities' ? expected.identities : [];
  const { missing, unexpected } = differenceThatCounts(wanted, observed, fact);
  if (wanted.length === 0 || fact === 'invitation.ignored-stay-out')
    return `shows ${unexpected.map(whoText).join(', ')}`;
  const lacks = missing.length > 0 ? `lacks ${missing.map(whoText).join(', ')}` : '';
  const repeated = unexpected.filter((one) => wanted.some(isSameAs(one)));
  const others = unexpected.filter((one) => !repeated.includes(one));
  const names = others.length > 0 ? `also names ${others.map(whoText).join(', ')}` : '';
  const repeats = repeated.length > 0 ? `repeats ${repeated.map(whoText).join(', ')}` : '';
  return [lacks, names, repeats].filter((one) => one !== '').join(', and ');
}

/** The part of a difference that a fact is about: a roster may list everybody else in the call. */
export function differenceThatCounts(
  wanted: readonly Who[],
  found: readonly Who[],
  fact: AnyFactId | undefined,
): { missing: Who[]; unexpected: Who[] } {
  const { missing, unexpected } = setDifference(wanted, found);
  if (fact === 'roster.invitees') return { missing, unexpected: [] };
  if (fact !== 'invitation.ignored-stay-out') return { missing, unexpected };
  return { missing: [], unexpected: unexpected.filter(({ role }) => role.of === 'ignored') };
}

const isSameAs =
  (one: Who) =>
  ({ kind, id }: Who): boolean =>
    kind === one.kind && id === one.id;

/** The missing and the unexpected identities. */
export function setDifference(wanted: readonly Who[], found: readonly Who[]): { missing: Who[]; unexpected: Who[] } {
  const unexpected = [...found];
  const missing = wanted.filter((one) => {
    const at = unexpected.findIndex(isSameAs(one));
    if (at !== -1) unexpected.splice(at, 1);
    return at === -1;
  });
  return { missing, unexpected };
}

function noteOf({ expected, observed, fact }: Finding): string | undefined {
  if (expected.is === 'resource' && observed.is === 'json' && typeof observed.value === 'string') {
    return urlDifferenceText(urlDifference(expected.path, observed.value));
  }
  if (expected.is === 'identities' && observed.is === 'identities' && expected.identities.length > 0) {
    const { missing, unexpected } = differenceThatCounts(expected.identities, observed.identities, fact);
    const named = (what: string, all: readonly Who[]): string[] =>
      all.length > 0 ? [`${what}: ${all.map(whoText).join(', ')}`] : [];
    return [...named('missing', missing), ...named('unexpected', unexpected)].join('; ') || undefined;
  }
  if (expected.is === 'allowed' && expected.present) return `present: ${expected.present.join(', ') || 'no property'}`;
  return undefined;
}
