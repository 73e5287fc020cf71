import type { AnyFactId, Finding } from '../behaviors/behavior';
import type { Place } from '../behaviors/finding';

/** Keys of failures: failures with a common key have the same cause. */

/** Facts whose place does not identify a defect: the request differs from behaviour to behaviour. */
const OF_THE_REQUEST = new Set<AnyFactId>(['invitation.accepted', 'invitation.refused', 'invitation.carried-out']);

/** Whether a finding says that a delivery could not be read: that explains why something seems to be missing. */
export function isUnreadable({ fact, at: [first] }: Finding): boolean {
  return fact === 'notification.json' || (fact === 'notification.envelope' && /^\$(\.value)?$/.test(first?.path ?? ''));
}

/** Whether a refusal has the status of a success: then all refusals of the service have one cause. */
export function isErrorWithSuccess({ fact, observed }: Finding): boolean {
  return (
    fact === 'invitation.refused' && observed.is === 'answer' && observed.status < 300 && observed.code !== undefined
  );
}

/** So many absent properties of one object have one cause: the object is something else. */
const ABSENT_TOGETHER = 3;

/** Facts that compare a value with that of another fact: if both deviate in one invitation, they have one cause. */
const FOLLOWING_FACTS: Partial<Record<AnyFactId, AnyFactId>> = {
  'response.location-operation': 'response.operation-id',
  'completion.operation-id': 'response.operation-id',
  'completion.resource-url': 'response.operation-id',
  'completion.names-operation': 'response.operation-id',
};

/** Facts about a value that a service reads once: if it is wrong in the same way in both places, it was misread. */
const OF_THE_CONTEXT = new Set<AnyFactId>(['response.client-context', 'completion.client-context']);

/** Facts about two notifications that a service sends together. */
const ANNOUNCED_TOGETHER: Partial<Record<AnyFactId, string>> = {
  'replace.peer-call-terminated': 'the end of the replaced call',
  'replace.peer-call-deleted': 'the end of the replaced call',
};

interface FailedBehavior {
  id: string;
  findings: readonly Finding[];
}

function placeKey({ event, part, path = '' }: Place): string {
  return `at ${event} ${part} ${path}`;
}

/** A path without array indexes, which differ from attempt to attempt. */
function pattern({ part, path = '' }: Place): string {
  return `${part} ${path.replaceAll(/\[\d+\]/g, '[]')}`;
}

/** The parents of a place's path. */
function parentPlaces({ event, part, path = '' }: Place): Place[] {
  const steps = path.match(/\.[^.[]+|\[[^\]]*\]/g) ?? [];
  return steps.map((_, i) => ({ event, part, path: `$${steps.slice(0, i).join('')}` }));
}

/** The places that a finding rejects as a whole: other deviations inside them have the same cause. */
function wholePlaces({ observed, at }: Finding): string[] {
  const bodies = at.filter(({ part }) => part === 'body');
  if (observed.is === 'arrivals') return bodies.map(placeKey);
  return observed.is === 'json' || observed.is === 'cut' ? bodies.slice(0, 1).map(placeKey) : [];
}

/** Keys for missing notifications, if a delivery was unreadable or the run received none at all. */
function lossKey(finding: Finding): string[] {
  const { observed } = finding;
  if (isUnreadable(finding)) return ['unread'];
  if (observed.is !== 'arrivals' || observed.arrivals.length > 0) return [];
  if (observed.inRun === 0) return ['silence'];
  return observed.unread > 0 ? ['unread'] : [];
}

/** The object that lacks a property, if a finding is about an absent one. */
function lackingObject({ observed, at: [first] }: Finding): string[] {
  const parent = first?.part === 'body' && observed.is === 'absent' ? parentPlaces(first).at(-1) : undefined;
  return parent ? [`lacking ${placeKey(parent)}`] : [];
}

/** The objects that lack several of the properties that findings are about. */
function lackingObjects(findings: readonly Finding[]): Set<string> {
  const absent = new Map<string, Set<string>>();
  for (const finding of findings) {
    for (const key of lackingObject(finding)) {
      absent.set(key, (absent.get(key) ?? new Set()).add(finding.at[0]?.path ?? ''));
    }
  }
  return new Set([...absent].flatMap(([key, paths]) => (paths.size < ABSENT_TOGETHER ? [] : [key])));
}

/** Keys by who is wrongly listed or missing: the lists of one invitation show the same people. */
function peopleKeys({ expected, observed, attempt: { invitation = '' } }: Finding): string[] {
  if (expected.is !== 'identities' || observed.is !== 'identities') return [];
  const names = (all: typeof expected.identities): string[] => all.map(({ kind, id }) => `${kind} ${id}`);
  const found = new Set(names(observed.identities));
  const missing = names(expected.identities).filter((one) => !found.has(one));
  return [
    ...(observed.identities.some(({ role }) => role.of === 'ignored') ? [`ignored ${invitation}`] : []),
    ...(missing.length > 0 ? [`without ${missing.join(', ')} ${invitation}`] : []),
  ];
}

/** Keys by the subject of a finding: no response, a late event, what belongs to another invitation, related facts. */
function subjectKey(finding: Finding): string[] {
  const { fact, expected, observed, attempt, belongsTo, decidedBy, at } = finding;
  const [first] = at;
  const { invitation = '' } = attempt;
  if (isErrorWithSuccess(finding)) return ['an error with the status of a success'];
  if (decidedBy !== undefined) return [`decided by the ${decidedBy}`];
  if (belongsTo !== undefined && first?.part === 'body') return [`of ${belongsTo} in ${first.event}`];
  if (observed.is === 'identities') return peopleKeys(finding);
  if (OF_THE_CONTEXT.has(fact)) return [`context ${JSON.stringify(observed)} ${invitation}`];
  if (observed.is === 'noAnswer') return [`no answer ${observed.reason}`];
  if (observed.is === 'order') return [`late ${observed.then.event} ${observed.then.what}`];
  const together = ANNOUNCED_TOGETHER[fact];
  if (together !== undefined && (observed.is === 'arrivals' || expected.is === 'resource')) {
    return [`${together} ${invitation}`];
  }
  if (FOLLOWING_FACTS[fact] !== undefined) return [`follows ${FOLLOWING_FACTS[fact]} ${invitation}`];
  return Object.values(FOLLOWING_FACTS).includes(fact) ? [`follows ${fact} ${invitation}`] : [];
}

/**
 * The keys of each failed behaviour: the exact place, the fact with the pattern of its place, and further signs of a
 * common cause.
 */
export function causeKeys(failed: readonly FailedBehavior[]): Map<string, Set<string>> {
  const all = failed.flatMap(({ findings }) => findings);
  const wholes = new Set(all.flatMap(wholePlaces));
  const lacking = lackingObjects(all);
  // A mismatch with an id has the id as its cause only if the id itself deviates.
  const ids = new Set(all.flatMap(({ fact, attempt }) => `follows ${fact} ${attempt.invitation ?? ''}`));
  const keysOf = (id: string, finding: Finding): string[] => {
    const [first] = finding.at;
    if (!first) return [id];
    const { fact } = finding;
    return [
      ...lossKey(finding),
      ...subjectKey(finding).filter((key) => !key.startsWith('follows ') || ids.has(key)),
      ...(first.part === 'time' ? [] : [placeKey(first)]),
      ...(first.part === 'body' ? parentPlaces(first).map(placeKey) : []).filter((key) => wholes.has(key)),
      ...lackingObject(finding).filter((key) => lacking.has(key)),
      ...(finding.observed.is === 'arrivals' ? wholePlaces(finding) : []),
      OF_THE_REQUEST.has(fact) ? `fact ${fact} ${id}` : `fact ${fact} ${pattern(first)}`,
    ];
  };
  return new Map(failed.map(({ id, findings }) => [id, new Set(findings.flatMap((one) => keysOf(id, one)))]));
}
