import type { JsonObject } from '../../mock/json';
import { phone, user } from './bot';
import type { Act } from './transcript';

/** Attempts of a bot that sends unusual requests, each to a call of its own. */

const each =
  (bodies: () => readonly unknown[]): Act =>
  async ({ setup, invite }) => {
    for (const body of bodies()) await invite((await setup('a group call'))['callId'], body);
  };

const plain = (): JsonObject => ({ participants: [user()], clientContext: 'C' });
const text = (): string => JSON.stringify(plain());
const contexts = [
  '1e5',
  '1.0',
  'null',
  'true',
  'None',
  '{0F0F0F0F-0F0F-0F0F-0F0F-0F0F0F0F0F0F}',
  '0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F',
  '2030-01-02T03:04:05Z',
  'a\tb\r\nc',
  ' ',
  '%41&amp;',
  '"quoted"',
  '__proto__',
  '\u00e9 e\u0301 \ufb01',
];

export const ODD: Readonly<Record<string, Act>> = {
  'odd-contexts': each(() => contexts.map((clientContext) => ({ ...plain(), clientContext }))),
  'odd-json': each(() => [
    text().replace(/\}$/, ',}'),
    text().replace('"C"', "'C'"),
    text().replace('{', '{/* x */'),
    text().replace('"C"', 'NaN'),
    `${text()}\n${text()}`,
    text().replace('"participants"', 'participants'),
    text().replace('"C"', '07'),
    text().replace('"C"', '"\ninvitee"'),
    `${text().replace('"C"', '{}')}}`,
    '',
    'null',
    '[]',
    { ...plain(), participants: [null] },
    { ...plain(), participants: [{ identity: 'x' }] },
    { ...plain(), clientContext: 5 },
  ]),
  generated: each(() => {
    const { identity } = user() as { identity: JsonObject };
    const one = (set: JsonObject, more: JsonObject = {}): JsonObject => ({
      participants: [{ ...more, identity: set }],
      clientContext: 'C',
    });
    const typed = { ...identity, '@odata.type': '#microsoft.graph.identitySet' };
    return [
      one({ application: null, ...identity }),
      one(identity, { replacesCallId: null }),
      one(identity, { $id: '1' }),
      one(identity),
      one(typed),
      { ...plain(), participants: [user(), user()].map((entry) => ({ ...entry, replacesCallId: null })) },
    ];
  }),
  'odd-calls': async ({ setup, invite }) => {
    const { callId } = (await setup('a group call')) as { callId: string };
    const ids = [
      callId.slice(0, 10),
      callId.toUpperCase(),
      `${callId}%20`,
      `${callId}0`,
      'word',
      'c'.repeat(300),
      '%00',
    ];
    for (const id of ids) await invite(id, plain());
  },
};

/** Attempts that must run alone. */
export const ODD_ALONE: Readonly<Record<string, Act>> = {
  'one-after-the-other': async ({ setup, invite, mock }) => {
    const { callId } = await setup('a group call');
    for (const ids of [['a', 'b'], ['c'], ['d'], ['a'], ['b'], ['d']]) {
      await invite(callId, { participants: ids.map((id) => user(id)) });
      await mock.settled();
    }
  },
  'phone-after-another': async ({ setup, invite, mock }) => {
    const { callId } = await setup('a group call');
    for (const who of [phone(), user('another'), phone()]) {
      await invite(callId, { participants: [who] });
      await mock.settled();
    }
  },
};
