import { randomUUID } from 'node:crypto';
import type { Attempt } from './scenario';
import { callsWithUsers } from './users';

/** Values of clientContext, which is plain text and must be returned unchanged. */

const BACK = ['response.client-context', 'completion.client-context'];

/**
 * Creates an attempt of concurrent invitations, each to its own call, with contexts that look like other data types.
 */
function contexts(name: string, what: string, made: () => readonly string[]): Attempt {
  return {
    name,
    variation: true,
    tries: ['request.route', ...BACK],
    act: async (context) => {
      const all = made();
      const seats = await callsWithUsers(context, all.length);
      await Promise.all(
        seats.map(({ call, invitees }, i) => {
          const clientContext = all[i] ?? '';
          const says = `a clientContext that is text like ${what}: ${JSON.stringify(clientContext)}`;
          return context.inviteAndWait(call, { name: String(i + 1), says, invitees, clientContext });
        }),
      );
    },
  };
}

/** Values that careless services rewrite in another form. */
export const CONTEXTS: readonly Attempt[] = [
  contexts('contexts-like-numbers', 'a number', () => [
    '1e5',
    '-0',
    '12345678901234567890',
    '1.0',
    '0x1F',
    `00${randomUUID().replaceAll(/\D/g, '')}`,
  ]),
  contexts('contexts-like-literals', 'a literal', () => ['null', 'true', 'False', 'undefined', 'None']),
  contexts('contexts-like-ids', 'an id or a date', () => [
    randomUUID().toUpperCase(),
    `{${randomUUID().toUpperCase()}}`,
    randomUUID().replaceAll('-', ''),
    '2030-01-02',
    '2030-01-02T03:04:05Z',
    '2030-01-02T03:04:05.1230000+02:00',
  ]),
  contexts('contexts-of-spaces', 'white space', () => [
    ` \tcontext\n of\r\n lines\t ${randomUUID()}\n`,
    '   ',
    '\t',
    `a  b ${randomUUID()}`,
  ]),
  contexts('contexts-like-markup', 'another language', () => [
    '{"a": 1, "a":2}',
    '"quoted"',
    '[ ]',
    '&amp;&#65;%41%2F+%u0041\\u0041\\n %s %d {0}',
    '__proto__',
  ]),
  {
    // Some may be refused: an empty one, one with control characters, and one beyond ASCII (linked: the metadata, Unicode="false"). An accepted one
    // must be returned unchanged, an empty one unchanged or as null.
    name: 'contexts-beyond-ascii',
    variation: true,
    tries: [...BACK, 'completion.announced', 'roster.announced', 'roster.invitees', 'refusal.client-error'],
    act: async (context) => {
      const all = [
        ['an empty clientContext', ''],
        ['a clientContext with control characters', `\u0001\b\u001B[0m\u007F ${randomUUID()}`],
        ['a clientContext with letters beyond ASCII', `Größe 漢字 🙂 ${randomUUID()}`],
        // The same visible letters: as single characters, and with combining marks.
        ['a clientContext with composed characters', `\u00e9 \u212b \ufb01 ${randomUUID()}`],
        ['a clientContext with characters that can be composed', `e\u0301 A\u030a ${randomUUID()}`],
      ] as const;
      const seats = await callsWithUsers(context, all.length);
      await Promise.all(
        seats.map(({ call, invitees }, i) => {
          const [says, clientContext] = all[i] ?? all[0];
          return context.inviteAndWait(call, { name: String(i + 1), says, invitees, clientContext });
        }),
      );
    },
  },
];
