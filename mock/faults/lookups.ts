import type { HookMaker } from '../hooks';
import { keyOf } from '../identity';
import type { Attempt, Call, Participant } from '../model';
import { fault, type Fault } from '../fault-records';
import { lifts, objectsIn } from '../hook-builders';

/** Faults in finding calls by id, and in detecting duplicate invitees. */

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

const bareOf = (id: string): string => id.replaceAll(/[{}-]/g, '');

const lookups: readonly (readonly [what: string, says: string, matches: (id: string, asked: string) => boolean])[] = [
  [
    'by-prefix',
    'finds a call by the first 8 or more characters of its id',
    (id, asked) => asked.length >= 8 && id.startsWith(asked),
  ],
  ['any-case', 'finds a call by its id in another case', (id, asked) => id.toLowerCase() === asked.toLowerCase()],
  ['trimmed', 'finds a call by its id with spaces around it', (id, asked) => id === asked.trim()],
  ['by-pattern', 'finds any call by a percent sign, like a pattern of SQL', (_id, asked) => asked === '%'],
  [
    'in-another-form',
    'finds a call by its id in braces or without hyphens',
    (id, asked) => bareOf(id) === bareOf(asked),
  ],
  ['by-what-begins-so', 'finds a call by any text that begins with its id', (id, asked) => asked.startsWith(id)],
];

/** Limits duplicate detection to some keys. @param who returns the identity keys that count as present */
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

/** Whether a participant is in the call already, or about to join. */
export const isKnown = (call: Call | undefined, { identities }: Participant): boolean =>
  identities.some((one) => call?.expected.has(keyOf(one)) === true || call?.present.has(keyOf(one)) === true);

export const lookupFaults: readonly Fault[] = [
  fault(
    `${DUPLICATE}/last-alone-looked-up`,
    'checks only the last invitee for duplicates',
    lifts(['duplicate'], ({ call, participants }) => !participants.slice(-1).some((one) => isKnown(call, one))),
  ),
  ...lookups.map(([what, says, matches]) => fault(`request.unknown-call/${what}`, says, foundBy(matches))),
  fault(
    `${DUPLICATE}/last-operation-alone`,
    "checks for duplicates only among the invitees of the call's latest operation",
    counts((_call, order) => keysOf(order.at(-1) ?? [])),
  ),
  fault(
    `${DUPLICATE}/first-of-several-alone`,
    'checks for duplicates only among the first invitee of each operation',
    counts((_call, order) => keysOf(order.flatMap((participants) => participants.slice(0, 1)))),
  ),
  fault(
    `${DUPLICATE}/replacing-forgotten`,
    'invites a user again who joined by replacing a call',
    counts((_call, order) => keysOf(order.flat().filter(({ replacesCallId }) => replacesCallId === null))),
  ),
  fault(
    `${DUPLICATE}/replacing-exempt`,
    'invites a user who is in the call already, if the invitation replaces a call',
    lifts(['duplicate'], ({ participants: [first] }) => (first?.replacesCallId ?? null) !== null),
  ),
  fault(
    `${DUPLICATE}/another-name`,
    'invites a user who is in the call already, if the invitation uses another displayName',
    lifts(['duplicate'], renamed),
  ),
  fault(
    `${DUPLICATE}/last-two-alone`,
    'checks for duplicates only among the last two invitees of the call',
    counts((_call, order) => keysOf(order.flat().slice(-2))),
  ),
];
