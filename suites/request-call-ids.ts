import { behaviorsTriedBy, refusedInvitation } from './invitation-attempts';
import type { Attempt } from './scenario';
import { usersToRefuse } from './users';

/** Call ids that do not exist. */

/** The id with the case of its letters changed; the same if it has no letters. */
function otherCase(id: string): string {
  return id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase();
}

type Id = readonly [name: string, says: string, of: (id: string) => string];

/** Ids derived from an existing call; none of them exists, because ids are compared exactly (linked: call-api). */
const NEARLY: readonly Id[] = [
  ['id-prefix', 'the id of a call without its last character', (id) => id.slice(0, -1)],
  ['id-short', 'the first eight characters of the id of a call', (id) => id.slice(0, 8)],
  ['id-other-case', 'the id of a call in the other case', otherCase],
  ['id-and-space', 'the id of a call and a space', (id) => `${id} `],
  ['space-and-id', 'a space and the id of a call', (id) => ` ${id}`],
  ['id-in-braces', 'the id of a call in braces', (id) => `{${id}}`],
  ['id-without-hyphens', 'the id of a call without its hyphens', (id) => id.replaceAll('-', '')],
  ['id-and-more', 'the id of a call and one more character', (id) => `${id}0`],
];

/** Values that are not ids: the service may answer with any 4xx, and must keep running. */
const STRANGE: readonly Id[] = [
  ['id-word', 'a word as the id', () => 'conformance'],
  ['id-long', 'an id of 1500 characters', () => 'c'.repeat(1500)],
  ['id-up', 'an id with two dots and a slash, escaped', () => '../calls'],
  ['id-zero-byte', 'an id with a zero byte, escaped', () => 'conformance\0'],
  ['id-percent', 'an id with a percent sign, escaped', () => '%2e%2e%00'],
  ['id-wildcard', 'a percent sign as the id', () => '%'],
  ['id-quotes', 'an id with a quotation mark and brackets', () => `('"<{[`],
  ['id-beyond-ascii', 'an id beyond ASCII', () => 'größe-漢字'],
  ['id-prototype', 'the id __proto__', () => '__proto__'],
  ['id-negative', 'the id -1', () => '-1'],
];

const IDS = [...NEARLY, ...STRANGE].map(([name, says, of]) => ({
  ...refusedInvitation(name, 'request.unknown-call', `to ${says}`, {}),
  of,
}));
const TRIES = behaviorsTriedBy(IDS);

export const CALL_IDS: readonly Attempt[] = [
  {
    name: 'odd-ids',
    tries: TRIES,
    act: async (context) => {
      const [{ callId }, users] = await Promise.all([context.groupCall(), usersToRefuse(context, IDS.length)]);
      await Promise.all(
        IDS.map(async ({ name, says, of }, i) => {
          const id = of(callId);
          // For an id of eight characters, or one without letters, some variations are equal to it.
          if (id === callId || id === '') return;
          await context.inviteAndWait(context.unknownCall(id), {
            name,
            says,
            expect: 'refused',
            invitees: users.at(i),
          });
        }),
      );
    },
  },
];
