import type { AnyFactId, Finding } from '../behaviors/behavior';
import type { Place } from '../behaviors/finding';

/** What tells that failures have one cause: they share a key. */

/** Facts whose place says nothing of what is particular: which request it was is the behaviour's own. */
const OF_THE_REQUEST = new Set<AnyFactId>(['invitation.accepted', 'invitation.refused', 'invitation.carried-out']);

/** An unreadable notification explains why something seems to be missing, so it is reported first. */
export const UNREADABLE: AnyFactId = 'notification.json';

/** Facts that hold something against what another one is about: in one invitation, both deviate by the same cause. */
const FOLLOWING_FACTS: Partial<Record<AnyFactId, AnyFactId>> = {
  'response.location-operation': 'response.operation-id',
  'completion.operation-id': 'response.operation-id',
  'completion.resource-url': 'response.operation-id',
  'completion.names-operation': 'response.operation-id',
};

/** Facts of two announcements that a service makes together. */
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

/** A path without what differs from attempt to attempt. */
function pattern({ part, path = '' }: Place): string {
  return `${part} ${path.replaceAll(/\[\d+\]/g, '[]')}`;
}

/** The places that hold a place: each parent of its path. */
function parentPlaces({ event, part, path = '' }: Place): Place[] {
  const steps = path.match(/\.[^.[]+|\[[^\]]*\]/g) ?? [];
  return steps.map((_, i) => ({ event, part, path: `$${steps.slice(0, i).join('')}` }));
}

/**
 * The places of which a finding says that all of what is there is wrong, or is not what was waited for: what deviates
 * within them is the same.
 */
function wholePlaces({ observed, at }: Finding): string[] {
  const bodies = at.filter(({ part }) => part === 'body');
  if (observed.is === 'arrivals') return bodies.map(placeKey);
  return observed.is === 'json' ? bodies.slice(0, 1).map(placeKey) : [];
}

/** What is missing where something that arrived could not be read, or where nothing at all arrived in the run. */
function lossKey({ fact, observed }: Finding): string[] {
  if (fact === UNREADABLE) return ['unread'];
  if (observed.is !== 'arrivals' || observed.arrivals.length > 0) return [];
  if (observed.inRun === 0) return ['silence'];
  return observed.unread > 0 ? ['unread'] : [];
}

/** What a finding shares with others by what it is about: no answer, one event that came too late, what one waits for. */
function subjectKey({ fact, observed, attempt }: Finding): string[] {
  const { invitation = '' } = attempt;
  if (observed.is === 'noAnswer') return [`no answer ${observed.reason}`];
  if (observed.is === 'order') return [`late ${observed.then.event} ${observed.then.what}`];
  const together = ANNOUNCED_TOGETHER[fact];
  if (together !== undefined && observed.is === 'arrivals') return [`${together} ${invitation}`];
  if (FOLLOWING_FACTS[fact] !== undefined) return [`follows ${FOLLOWING_FACTS[fact]} ${invitation}`];
  return Object.values(FOLLOWING_FACTS).includes(fact) ? [`follows ${fact} ${invitation}`] : [];
}

/** The keys of each behaviour that failed: the very place, or the fact and the kind of place; what else tells one cause. */
export function causeKeys(failed: readonly FailedBehavior[]): Map<string, Set<string>> {
  const all = failed.flatMap(({ findings }) => findings);
  const wholes = new Set(all.flatMap(wholePlaces));
  // That something does not agree with an id says something of the id alone where the id itself deviates.
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
