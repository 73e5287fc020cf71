import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPacts, interactionsToVerify, readPacts } from '../../contracts';
import { UsageError } from '../../target/errors';
import { rejection } from '../support/rejection';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacts-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const request = { method: 'GET', path: '/' };
const interaction = { description: 'one', request, response: { status: 404 } };
const pact = (provider = 'participant-invite', interactions: unknown[] = [interaction]): object => ({
  consumer: { name: 'bot' },
  provider: { name: provider },
  interactions,
});

const failureOf = async (work: Promise<unknown>): Promise<string> => (await rejection(UsageError, work)).message;

test.each<[string, () => Promise<string>, string]>([
  ['a pipe without a writer', async () => (execFileSync('mkfifo', [at('pipe')]), at('pipe')), 'not a regular file'],
  ['an endless device', async () => '/dev/zero', 'not a regular file'],
  ['nothing', async () => at('nothing'), 'the file does not exist'],
  [
    'a file that is too long',
    async () => (writeFileSync(at('long'), ''), truncateSync(at('long'), 9_000_000), at('long')),
    'it is longer than 8 MiB',
  ],
  ['a folder without pacts', async () => folder, 'it has no .json file'],
  ['UTF-16', async () => (writeFileSync(at('wide'), '\uFEFF{}', 'utf16le'), at('wide')), 'is UTF-16; save it as UTF-8'],
  [
    'too many values',
    async () => (writeFileSync(at('many'), `[${'0,'.repeat(500_000)}0]`), at('many')),
    'contains more than 500000 values',
  ],
  ['a truncated file', async () => (writeFileSync(at('cut'), '{"consumer":'), at('cut')), 'is not JSON'],
])('%s is reported by name', async (_name, make, says) => {
  const path = await make();
  const message = await failureOf(readPacts(path));
  expect(message).toContain(path);
  expect(message).toContain(says);
});

test('a byte order mark and CRLF are accepted', async () => {
  writeFileSync(at('odd.json'), `\uFEFF${JSON.stringify(pact(), null, 2).replaceAll('\n', '\r\n')}`);
  expect(await readPacts(at('odd.json'))).toEqual([{ where: at('odd.json'), content: pact() }]);
});

test('all pacts of a folder are read in the order of their names, and other files are ignored', async () => {
  for (const name of ['b.json', 'a.json']) writeFileSync(at(name), JSON.stringify(pact()));
  writeFileSync(at('README.md'), 'no pact');
  mkdirSync(at('old'));
  expect((await readPacts(folder)).map(({ where }) => where)).toEqual([at('a.json'), at('b.json')]);
});

test('the total size of the pacts is limited', async () => {
  const long = JSON.stringify(pact('participant-invite', [{ ...interaction, x: 'x'.repeat(7_000_000) }]));
  for (const name of ['a.json', 'b.json', 'c.json']) writeFileSync(at(name), long);
  expect(await failureOf(readPacts(folder))).toContain('all pacts together are longer than 16777216 bytes');
});

const named = (content: unknown): { where: string; content: unknown } => ({ where: 'bot.json', content });
const checked = (content: unknown, provider?: string): Promise<string> =>
  failureOf((async () => checkPacts([named(content)], provider))());

test('a pact for another provider is refused by its name, unless that is the name of this service', async () => {
  const message = await checked(pact('Graph'));
  expect(message).toContain('bot.json is a pact with the provider "Graph", not with "participant-invite"');
  expect(message).toContain('--pact-provider Graph');
  checkPacts([named(pact('Graph'))], 'Graph');
  checkPacts([named(pact())]);
  expect(await checked(pact(), 'Graph')).toContain('the provider "participant-invite", not with "Graph"');
});

test.each<[string, unknown, string]>([
  ['null', null, 'is not a pact'],
  ['a list', [], 'is not a pact'],
  ['invalid names', { ...pact(), consumer: { name: 7 } }, 'it has no consumer or no provider'],
  ['interactions that are not an array', { ...pact(), interactions: {} }, 'contains no interaction'],
  ['invalid interactions', pact('participant-invite', [null]), 'interactions[0] has no description'],
  [
    '10,000 interactions',
    pact(
      'participant-invite',
      Array.from({ length: 10_000 }, () => interaction),
    ),
    'contain 10000 interactions; the maximum is 1000',
  ],
])('a pact of %s is reported with a message', async (_name, content, says) => {
  expect(await checked(content)).toContain(says);
});

test('the time to read the maximum number of interactions grows linearly', () => {
  const interactions = interactionsToVerify(
    [
      named(
        pact(
          'x',
          Array.from({ length: 1000 }, () => interaction),
        ),
      ),
    ],
    false,
  );
  expect(new Set(interactions.map(({ name }) => name)).size).toBe(1000);
});
