import { wrong } from './one-invitation';
import type { Attempt } from './scenario';
import { REFUSAL } from './tries';

/** Ids that no call has. */

/** An id in which the case of its letters is another; undefined where it has none. */
function otherCase(id: string): string | undefined {
  const changed = id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase();
  return changed === id ? undefined : changed;
}

/** Made of the id of a call that exists: each is the id of none, since ids are compared to the letter (linked: call-api). */
const NEARLY: readonly (readonly [name: string, says: string, of: (id: string) => string | undefined])[] = [
  ['id-prefix', 'the id of a call without its last character', (id) => id.slice(0, -1)],
  ['id-short', 'the first eight characters of the id of a call', (id) => id.slice(0, 8)],
  ['id-other-case', 'the id of a call in the other case', otherCase],
  ['id-and-space', 'the id of a call and a space', (id) => `${id} `],
  ['space-and-id', 'a space and the id of a call', (id) => ` ${id}`],
  ['id-and-more', 'the id of a call and one more character', (id) => `${id}0`],
];

function nearly([name, says, of]: (typeof NEARLY)[number]): Attempt {
  return {
    name,
    tries: ['request.unknown-call', ...REFUSAL],
    act: async (stage) => {
      const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
      const id = of(call.callId);
      // An id of eight characters or without letters has no such likeness.
      if (id === undefined || id === call.callId) return;
      await stage.see(stage.unknownCall(id), { says: `to ${says}`, expect: 'refused', invitees });
    },
  };
}

/** What is no id at all: whatever 4xx it gets, the service lives on. */
const STRANGE: readonly (readonly [name: string, says: string, id: string])[] = [
  ['id-word', 'a word as the id', 'conformance'],
  ['id-long', 'an id of 1500 characters', 'c'.repeat(1500)],
  ['id-up', 'an id with two dots and a slash, escaped', '../calls'],
  ['id-zero-byte', 'an id with a zero byte, escaped', 'conformance\0'],
  ['id-percent', 'an id with a percent sign, escaped', '%2e%2e%00'],
  ['id-quotes', 'an id with a quotation mark and brackets', `('"<{[`],
  ['id-beyond-ascii', 'an id beyond ASCII', 'größe-漢字'],
  ['id-prototype', 'the id __proto__', '__proto__'],
  ['id-negative', 'the id -1', '-1'],
];

function strange([name, says, id]: (typeof STRANGE)[number]): Attempt {
  return {
    ...wrong(name, 'request.unknown-call', says, {}),
    act: async (stage) => {
      const invitees = await stage.users(1);
      await stage.see(stage.unknownCall(id), { says: `to ${says}`, expect: 'refused', invitees });
    },
  };
}

export const CALLS: readonly Attempt[] = [...NEARLY.map(nearly), ...STRANGE.map(strange)];
