import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../target/errors';
import type { TokenSource } from '../../schemas/options';
import { readToken } from '../../target/tokens';
import { rejection } from '../support/rejection';

const CANARY = 'canary-secret-0123456789';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string | Buffer): string {
  const file = join(folder, `token-${Buffer.from(content).toString('hex').slice(0, 40) || 'empty'}`);
  writeFileSync(file, content);
  return file;
}

/** The message if a source gives no token. */
async function refusal(source: TokenSource, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  return (await rejection(UsageError, readToken(source, 'tokens.valid', environment))).message;
}

test('a token comes from a literal, a variable, a file, or a command, without surrounding white space', async () => {
  expect(await readToken(CANARY, 'tokens.valid', {})).toBe(CANARY);
  expect(await readToken({ env: 'T' }, 'tokens.valid', { T: ` ${CANARY}\n` })).toBe(CANARY);
  expect(await readToken({ file: fileWith(`${CANARY}\r\n`) }, 'tokens.valid', {})).toBe(CANARY);
  const command = [process.execPath, '-e', `console.log('${CANARY}')`];
  expect(await readToken({ command }, 'tokens.valid', {})).toBe(CANARY);
});

test("a command's arguments are passed unchanged, without a shell", async () => {
  const command = [process.execPath, '-p', 'process.argv[1]', '$HOME;`id`'];
  expect(await readToken({ command }, 'tokens.valid', {})).toBe('$HOME;`id`');
});

test('a variable that is not set is named', async () => {
  expect(await refusal({ env: 'NO_SUCH' })).toBe('tokens.valid: the environment variable NO_SUCH is not set');
});

test('a file that cannot be read is named', async () => {
  const missing = join(folder, 'missing');
  expect(await refusal({ file: missing })).toBe(
    `tokens.valid: can't read the token file ${missing}: the file does not exist (ENOENT)`,
  );
  expect(await refusal({ file: folder })).toBe(
    `tokens.valid: can't read the token file ${folder}: it is a folder, not a regular file`,
  );
});

test.each<[string, TokenSource]>([
  ['a string', ''],
  ['white space', ' \n\t '],
  ['a variable', { env: 'EMPTY' }],
  ['a command', { command: [process.execPath, '-e', ''] }],
])('an empty token is refused: %s', async (_name, source) => {
  expect(await refusal(source, { EMPTY: '' })).toBe('tokens.valid: the token is empty');
});

test('an empty file is refused', async () => {
  expect(await refusal({ file: fileWith('') })).toBe('tokens.valid: the token is empty');
});

test.each([
  ['a line break', `${CANARY}\n${CANARY}`],
  ['a space', `${CANARY} ${CANARY}`],
  ['a null byte', `${CANARY}\u0000x`],
  ['a non-ASCII letter', `${CANARY}ä`],
  ['a byte order mark inside', `x\uFEFF${CANARY}`],
  ['an escape', `${CANARY}\u001b[31m`],
])('a token with characters that cannot stand in a header is refused: %s', async (_name, token) => {
  const said = "tokens.valid: the token contains characters that a header can't contain";
  expect(await refusal(token)).toBe(said);
  expect(await refusal({ file: fileWith(token) })).toBe(said);
  expect(await refusal({ env: 'T' }, { T: token })).toBe(said);
});

test('a command that is missing, fails or is killed is reported with its name and exit, without its output', async () => {
  expect(await refusal({ command: ['no-such-program-of-ours', CANARY] })).toBe(
    'tokens.valid.command: no-such-program-of-ours did not print a token: there is no such program (ENOENT)',
  );
  const failing = [process.execPath, '-e', `console.log('${CANARY}');console.error('${CANARY}');process.exit(7)`];
  expect(await refusal({ command: failing })).toBe(
    `tokens.valid.command: ${process.execPath} did not print a token: it ended with 7`,
  );
  const killed = [process.execPath, '-e', 'process.kill(process.pid)'];
  expect(await refusal({ command: killed })).toMatch(/did not print a token: it was killed by SIGTERM$/);
  const plain = join(folder, 'not-executable');
  writeFileSync(plain, '');
  chmodSync(plain, 0o600);
  expect(await refusal({ command: [plain] })).toMatch(
    /did not print a token: the file may not be executed \(EACCES\)$/,
  );
  expect(await refusal({ command: [] })).toBe('tokens.valid.command: it is empty; give a program and its arguments');
});

test('a token in a file may begin with a byte order mark', async () => {
  expect(await readToken({ file: fileWith(`\uFEFF${CANARY}`) }, 'tokens.valid', {})).toBe(CANARY);
});
