import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interrupted, UsageError } from '../../common/errors';
import { readText, readTextNow, MAX_TEXT_BYTES } from '../../common/read-file';
import { checkConfig } from '../../config/check-config';
import { readConfig } from '../../config/load-config';
import { importConfig } from '../../config/config-module';
import { loadWaivers } from '../../config/waivers-file';
import { readToken } from '../../target/tokens';
import { rejection } from '../support/rejection';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function pipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

const refusal = async (asked: Promise<unknown>): Promise<string> => (await rejection(UsageError, asked)).message;

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

test.each<[string, string, string | Buffer, string]>([
  ['UTF-16', 'c.json', utf16('{"timeoutMs":5}'), 'c.json: it is UTF-16; save it as UTF-8'],
  ['UTF-16 without a mark', 'c.yaml', utf16('timeoutMs: 5').subarray(2), 'c.yaml: it is UTF-16; save it as UTF-8'],
  ['big-endian UTF-16', 'c.yaml', utf16('timeoutMs: 5').swap16(), 'c.yaml: it is UTF-16; save it as UTF-8'],
  ['Latin-1', 'c.yaml', Buffer.from('# \xe9\ntimeoutMs: 5', 'latin1'), 'c.yaml: it is not UTF-8'],
  ['a comment in JSON', 'c.json', '{\n  // why\n  "timeoutMs": 5 }', 'JSON has no comments, but line 2 has one'],
  ['a comment after a value', 'c.json', '{ "timeoutMs": 5, /* why */ "quietMs": 1 }', 'but line 1 has one'],
  ['a comment at the top', 'c.json', '// why\n{ "timeoutMs": 5 }', 'but line 1 has one; remove it'],
  [
    'two documents',
    'c.yaml',
    'timeoutMs: 5\n---\ntimeoutMs: 6\n',
    'several YAML documents; the second begins at line 2',
  ],
  [
    'a cycle of aliases',
    'c.yaml',
    'tokens: &a { valid: *a }',
    'an alias in it refers to a value that contains the alias',
  ],
  ['a deep flow', 'c.yaml', '['.repeat(50_000), 'nested more than 50 levels deep'],
  [
    'a deep block',
    'c.yaml',
    Array.from({ length: 80 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'nested more than 50',
  ],
  ['an alias bomb', 'c.yaml', bomb(), 'its aliases expand to too many values'],
  ['a huge one', 'c.yaml', '#'.repeat(MAX_TEXT_BYTES + 1), 'it is longer than 1 MiB'],
])('a config that is %s is refused with the reason', async (_what, name, content, said) => {
  expect(await refusal(readConfig(file(name, content)))).toContain(said);
});

function bomb(): string {
  const row = (i: number): string =>
    `a${i}: &a${i} [${Array(9)
      .fill(`*a${i - 1}`)
      .join(', ')}]`;
  return ['a0: &a0 [x, x]', ...Array.from({ length: 12 }, (_, i) => row(i + 1))].join('\n');
}

test('comment marks within a string, or unknown to YAML, are not comments', async () => {
  const json = file('c.json', '{ "target": "http://h/*x*/", "out": "a // b" }');
  expect(await readConfig(json)).toEqual({ target: 'http://h/*x*/', out: 'a // b' });
  expect(await readConfig(file('c.yaml', '{ target: http://h }'))).toEqual({ target: 'http://h' });
});

test('a byte order mark is ignored in configs, waivers and tokens', async () => {
  expect(await readConfig(file('c.json', '\uFEFF{ "timeoutMs": 5 }'))).toEqual({ timeoutMs: 5 });
  const waivers = '\uFEFF- {behavior: response.location, reason: r, owner: o, expires: 2030-12-31}\n';
  expect(await loadWaivers(file('w.yaml', waivers))).toHaveLength(1);
  expect(await readToken({ file: file('t', '\uFEFFtoken-of-a-file') }, 'k', {})).toBe('token-of-a-file');
});

test.each<[string, (path: string) => Promise<unknown>]>([
  ['config', (path) => readConfig(path)],
  ['waivers', (path) => loadWaivers(path)],
  ['token', (path) => readToken({ file: path }, 'k', {})],
  ['page', async (path) => Promise.resolve(readTextNow(path, 'the page', 10))],
])('a named pipe, a device and a folder are not regular files: %s', async (_what, read) => {
  expect(await refusal(captured(() => read(pipe('fifo'))))).toMatch(/fifo: it is a named pipe, not a regular file$/);
  expect(await refusal(captured(() => read('/dev/zero')))).toMatch(/\/dev\/zero: it is a device, not a regular file$/);
  expect(await refusal(captured(() => read(folder)))).toMatch(/: it is a folder, not a regular file$/);
});

async function captured(read: () => Promise<unknown>): Promise<unknown> {
  return read();
}

test('a config module that is a named pipe is refused before it is loaded', async () => {
  expect(await refusal(readConfig(pipe('c.mjs')))).toContain('it is a named pipe');
});

test('/dev/null is empty', async () => {
  expect(await readConfig('/dev/null')).toEqual({});
});

test("a shell's pipe, and standard input, can be read", () => {
  const script = `
    const { readText } = require('./common/read-file');
    readText(process.argv[2], 'it', { cap: 100 }).then((text) => console.log(JSON.stringify(text)), (e) => console.log(e.message));
  `;
  const read = (line: string): string =>
    execFileSync('bash', ['-c', line, process.execPath, compiled(script)], { encoding: 'utf8' }).trim();
  expect(read('printf abc | "$0" "$1" -')).toBe('"abc"');
  expect(read('printf abc | "$0" "$1" /dev/stdin')).toBe('"abc"');
  expect(read('"$0" "$1" <(sleep 0; printf abc)')).toBe('"abc"');
  expect(read('head -c 200 /dev/zero | "$0" "$1" -')).toBe(
    "can't read it from standard input: it is longer than 100 bytes",
  );
});

/** A script that loads the suite's sources, with the compiler hook that they need. */
function compiled(script: string): string {
  const hook = `
    const { transformSync } = require('@swc/core');
    const { readFileSync } = require('node:fs');
    require.extensions['.ts'] = (module, path) =>
      module._compile(transformSync(readFileSync(path, 'utf8'), { jsc: { parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code, path);
  `;
  const root = join(__dirname, '../..');
  const path = file('read.js', '');
  const local = `const { createRequire } = require('node:module'); const required = createRequire(${JSON.stringify(`${root}/x.js`)});`;
  writeFileSync(
    path,
    `${local}((require) => { ${hook} ${script} })(Object.assign(required, { extensions: require.extensions }));`,
  );
  return path;
}

test('reading ends on a signal, and at its deadline', async () => {
  const abort = new AbortController();
  abort.abort();
  const path = file('c.yaml', 'timeoutMs: 5');
  await expect(readText(path, 'config', { cap: 100, signal: abort.signal })).rejects.toThrow(Interrupted);
  await expect(readConfig(path, abort.signal)).rejects.toThrow(Interrupted);
});

test.each([
  ['never settles', 'await new Promise((resolve) => setTimeout(resolve, 1e9)); export default {};'],
  ['never returns', 'while (true); export default {};'],
])('a config module that %s ends at its deadline and on a signal', async (_how, content) => {
  const path = file('c.mjs', content);
  expect(await refusal(importConfig(path, undefined, 300))).toMatch(/c\.mjs did not settle within 0\.3 s$/);
  const abort = new AbortController();
  const asked = importConfig(path, abort.signal);
  abort.abort();
  await expect(asked).rejects.toThrow(Interrupted);
});

test.each([
  [
    'waits for nothing',
    'await new Promise(() => {}); export default {};',
    'it exited before its default export settled',
  ],
  ['exits', 'process.exit(0); export default {};', 'it exited before its default export settled'],
  ['throws', "throw new Error('no such luck\\nand more');", 'no such luck'],
  ['exports a function', "export default { target: () => 'canary' };", 'it exports a function, or another value that'],
  ['exports nothing', 'export const target = 1;', 'it has no default export; write export default { … }'],
  ['exports null', 'export default null;', 'c.mjs: a config is an object with keys such as target; this one is null'],
  ['exports a Map', 'export default new Map([["target", 1]]);', 'it contains a Map; a value is text, a number'],
  ['is not a module', 'export default {', "can't be loaded"],
])('a config module that %s is reported as such', async (_how, content, said) => {
  const why = await refusal(readConfig(file('c.mjs', content)));
  expect(why).toContain(said);
  expect(why.split('\n')).toHaveLength(1);
  expect(why).not.toContain('canary');
});

test('a config module may add to the environment, as dotenv does', async () => {
  const content = "process.env.INVITE_CONFIG_TEST = 'seen'; export default { out: process.env.INVITE_CONFIG_TEST };";
  expect(await readConfig(file('c.mjs', content))).toEqual({ out: 'seen' });
  delete process.env['INVITE_CONFIG_TEST'];
});

test('a command that prints a token ends on a signal, and may print no more than the maximum length of a token', async () => {
  const abort = new AbortController();
  const forever = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
  const asked = readToken({ command: forever }, 'k', {}, abort.signal);
  abort.abort();
  await expect(asked).rejects.toThrow(Interrupted);
  const loud = [process.execPath, '-e', "process.stdout.write('x'.repeat(1e6))"];
  expect(await refusal(readToken({ command: loud }, 'k', {}))).toContain('it printed more than 64 KiB');
});

test.each(['Bearer token-of-mine', 'bearer  token', 'Authorization: Bearer abc'])(
  'a token with its scheme is reported as such: %s',
  async (token) => {
    expect(await refusal(readToken(token, 'INVITE_TOKEN', {}))).toBe(
      'INVITE_TOKEN: give the token without "Bearer " in front; the suite adds it',
    );
  },
);

function problems(content: unknown): string {
  try {
    checkConfig(content, 'c.yaml');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

test('a phone without quotes, a key at the wrong indentation, and an unknown key are refused', () => {
  expect(problems({ invitees: { phone: 12_345_678_901 } })).toBe(
    'c.yaml: invitees.phone must be a string: write it in quotes: "+12345678901"',
  );
  expect(problems({ states: 'http://x' })).toMatch(
    /^c\.yaml: unknown key states; did you mean provisioning\.states\? Check its indentation\. Known: /,
  );
  expect(problems({ target: 'x', phone: '+1' })).toContain('did you mean invitees.phone? Check its');
  expect(problems({ banana: 1 })).toMatch(/^c\.yaml: unknown key banana\. Known: /);
});
