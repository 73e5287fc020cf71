import type { HookMaker } from '../hooks';
import { keyOf } from '../identity';
import type { Attempt, Call, Participant } from '../model';
import { fault, type Fault } from '../fault-records';
import { lifts, objectsIn } from '../hook-builders';

/** How calls are looked up by their ids, and who counts as being in one. */

const foundBy =
  (matches: (id: string, asked: string) => boolean): HookMaker =>
  () => ({
    check(rule, finding, attempt) {
      if (rule !== 'call' || !finding) return finding;
      const found = attempt.calls().find(({ id }) => matches(id, attempt.callId));
      if (!found) return finding;
      attempt.call = found;
      return undefined;
    },
  });

const lookups: readonly (readonly [what: string, says: string, matches: (id: string, asked: string) => boolean])[] = [
  ['by-prefix', 'finds a call by the beginning of its id', (id, asked) => asked.length >= 8 && id.startsWith(asked)],
  ['any-case', 'finds a call by its id in another case', (id, asked) => id.toLowerCase() === asked.toLowerCase()],
  ['trimmed', 'finds a call by its id with spaces around it', (id, asked) => id === asked.trim()],
  ['by-what-begins-so', 'finds a call by what begins with its id', (id, asked) => asked.startsWith(id)],
];

/** Who of the invited is in the call, by the keys that count. */
function counts(
  who: (call: Call, order: readonly (readonly Participant[])[]) => ReadonlySet<string> | undefined,
): HookMaker {
  return () => {
    const invited = new WeakMap<Call, (readonly Participant[])[]>();
    return {
      check(rule, finding, attempt) {
        const { call } = attempt;
        if (!call || rule !== 'duplicate' || !finding) return finding;
        const keys = who(call, invited.get(call) ?? []);
        const known = attempt.participants.some(({ identities }) =>
          identities.some((one) => keys?.has(keyOf(one)) === true),
        );
        return known ? finding : undefined;
      },
      plan(planned, occasion) {
        if (occasion.kind === 'accepted') {
          const { call, participants } = occasion.invitation;
          invited.set(call, [...(invited.get(call) ?? []), participants]);
        }
        return planned;
      },
    };
  };
}

const keysOf = (participants: readonly Participant[]): Set<string> =>
  new Set(participants.flatMap(({ identities }) => identities.map(keyOf)));

const DUPLICATE = 'request.duplicate-invitee';

const renamed = (attempt: Attempt): boolean =>
  objectsIn(attempt.given).some((entry) => !JSON.stringify(entry).includes('"Conformance invitee"'));

export const lookupFaults: readonly Fault[] = [
  ...lookups.map(([what, says, matches]) => fault(`request.unknown-call/${what}`, says, foundBy(matches))),
  fault(
    `${DUPLICATE}/last-operation-alone`,
    'remembers only the invitees of the last operation',
    counts((_call, order) => keysOf(order.at(-1) ?? [])),
  ),
  fault(
    `${DUPLICATE}/first-of-several-alone`,
    'remembers only the first of several invitees',
    counts((_call, order) => keysOf(order.flatMap((participants) => participants.slice(0, 1)))),
  ),
  fault(
    `${DUPLICATE}/another-name`,
    'treats a user under another name as somebody else',
    lifts(['duplicate'], renamed),
  ),
  fault(
    `${DUPLICATE}/last-two-alone`,
    'remembers only the last two who were invited',
    counts((_call, order) => keysOf(order.flat().slice(-2))),
  ),
];
