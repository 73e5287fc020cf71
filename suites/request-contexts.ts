import { randomUUID } from 'node:crypto';
import type { Attempt } from './scenario';

/** What a clientContext may look like; whatever it is, it is text and comes back as such. */

const BACK = ['response.client-context', 'completion.client-context'];

/** Invitations under way together, to one call, each with a context that looks like something else. */
function contexts(name: string, what: string, made: () => readonly string[]): Attempt {
  return {
    name,
    tries: ['request.route', ...BACK],
    act: async (stage) => {
      const all = made();
      const [call, users] = await Promise.all([stage.groupCall(), stage.users(all.length)]);
      await Promise.all(
        all.map((clientContext, i) =>
          stage.see(call, {
            name: String(i + 1),
            says: `a clientContext that is text like ${what}: ${JSON.stringify(clientContext)}`,
            invitees: users.slice(i, i + 1),
            clientContext,
          }),
        ),
      );
    },
  };
}

/** In another form each time it is written, as careless services do. */
export const CONTEXTS: readonly Attempt[] = [
  contexts('contexts-like-numbers', 'a number', () => ['1e5', '-0', '12345678901234567890', '1.0', '0x1F']),
  contexts('contexts-like-literals', 'a literal', () => ['null', 'true', 'False', 'undefined', 'None']),
  contexts('contexts-like-ids', 'an id or a date', () => [
    randomUUID().toUpperCase(),
    `{${randomUUID().toUpperCase()}}`,
    randomUUID().replaceAll('-', ''),
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
    '&amp;&#65;%41%2F+%u0041\\u0041\\n',
    '__proto__',
  ]),
  {
    // A service may refuse an empty one; where it takes it, it comes back empty or null.
    name: 'context-empty',
    tries: [...BACK, 'refusal.client-error'],
    act: async (stage) => {
      const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
      await stage.see(call, { says: 'an empty clientContext', invitees, clientContext: '' });
    },
  },
  {
    // One may be refused (linked: the metadata, Unicode="false"); one that is taken is not written anew.
    name: 'contexts-composed',
    tries: [...BACK, 'refusal.client-error'],
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), stage.users(2)]);
      // The same letters to the eye: one character each, and with marks of their own.
      const forms = ['\u00e9 \u212b \ufb01', 'e\u0301 A\u030a'];
      await Promise.all(
        forms.map((form, i) =>
          stage.see(call, {
            name: String(i + 1),
            says: 'a clientContext with composed characters and such as can be',
            invitees: users.slice(i, i + 1),
            clientContext: `${form} ${randomUUID()}`,
          }),
        ),
      );
    },
  },
];
