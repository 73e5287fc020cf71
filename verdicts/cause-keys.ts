import type { AnyFactId, Finding } from '../behaviors/behavior';
import type { Place } from '../behaviors/finding';

/** Keys of failures: failures with a common key have the same cause. */

/** Facts whose place does not identify a defect: the request differs from behaviour to behaviour. */
const OF_THE_REQUEST = new Set<AnyFactId>(['invitation.accepted', 'invitation.refused', 'invitation.carried-out']);

/** An unreadable notification explains why something seems to be missing, so it is reported first. */
export const UNREADABLE: AnyFactId = 'notification.json';

/** Facts that compare a value with that of another fact: if both deviate in one invitation, they have one cause. */
const FOLLOWING_FACTS: Partial<Record<AnyFactId, AnyFactId>> = {
  'response.location-operation': 'response.operation-id',
  'completion.operation-id': 'response.operation-id',
  'completion.resource-url': 'response.operation-id',
  'completion.names-operation': 'response.operation-id',
};

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
  return observed.is === 'json' ? bodies.slice(0, 1).map(placeKey) : [];
}

/** Keys for missing notifications, if a delivery was unreadable or the run received none at all. */
function lossKey({ fact, observed }: Finding): string[] {
  if (fact === UNREADABLE) return ['unread'];
  if (observed.is !== 'arrivals' || observed.arrivals.length > 0) return [];
  if (observed.inRun === 0) return ['silence'];
  return observed.unread > 0 ? ['unread'] : [];
}

/** Keys by the subject of a finding: no response, a late event, related facts. */
function subjectKey({ fact, observed, attempt }: Finding): string[] {
  const { invitation = '' } = attempt;
  if (observed.is === 'noAnswer') return [`no answer ${observed.reason}`];
  if (observed.is === 'order') return [`late ${observed.then.event} ${observed.then.what}`];
  const together = ANNOUNCED_TOGETHER[fact];
  if (together !== undefined && observed.is === 'arrivals') return [`${together} ${invitation}`];
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
      ...(finding.observed.is === 'arrivals' ? wholePlaces(finding) : []),
      OF_THE_REQUEST.has(fact) ? `fact ${fact} ${id}` : `fact ${fact} ${pattern(first)}`,
    ];
  };
  return new Map(failed.map(({ id, findings }) => [id, new Set(findings.flatMap((one) => keysOf(id, one)))]));
}
