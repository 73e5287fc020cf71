import { execFileSync } from 'node:child_process';
import type { Exchange } from '../../history/events';
import { curlOf } from '../../reporters/wording/curl';
import { holdsControls } from './samples';

function exchange(content: string, more: Partial<Exchange['request']> = {}): Exchange {
  return {
    kind: 'exchange',
    n: 1,
    purpose: 'invite',
    scenario: 'single',
    request: {
      method: 'POST',
      url: "http://127.0.0.1:1/v1.0/communications/calls('a b')/participants/invite?x=[1]&y={2}",
      headers: [
        ['host', '127.0.0.1:1'],
        ['content-length', '7'],
        ['authorization', 'Bearer [redacted]'],
        ['content-type', 'application/json'],
      ],
      body: { encoding: 'utf8', content, bytes: Buffer.byteLength(content), truncated: false },
      sentAt: 0,
      ...more,
    },
  };
}

/** The arguments and the standard input of curl in a command. */
function given(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; if [[ "$*" == *' @-' ]]; then cat; fi; }\n${command}`;
  const env = { ...process.env, INVITE_TOKEN: 'the $token', LC_ALL: 'C.UTF-8' };
  return execFileSync('bash', ['-c', script], { encoding: 'utf8', env }).split('\0');
}

test('the request is sent again unchanged, with the token of the environment', () => {
  const content = '{"clientContext":"it\'s"}';
  const command = curlOf(exchange(content));
  expect(given(command)).toEqual([
    ...['-i', '-g', '-X', 'POST'],
    "http://127.0.0.1:1/v1.0/communications/calls('a b')/participants/invite?x=[1]&y={2}",
    ...['-H', 'authorization: Bearer the $token'],
    ...['-H', 'content-type: application/json'],
    ...['--data-raw', content],
    '',
  ]);
  expect(command).not.toContain('the $token');
});

test.each([
  'Grüße ÄÖ 𝒜🙂 \u{E0041}',
  'one\r\ntwo\tthree\\n \\u0041 \'quoted\' "twice" `date` $(date) ${HOME} !x',
  'hid\u202eden\u200b ::error::x ##[group] \u001b[31m',
  '@/etc/passwd',
])('a body stays unchanged, and none of it is executed: %#', (content) => {
  const command = curlOf(exchange(content));
  expect(given(command).slice(-3)).toEqual(['--data-raw', content, '']);
  expect(holdsControls(command)).toBe(false);
});

test('a body that is not UTF-8 is decoded first, and a truncated one is marked', () => {
  const body = {
    encoding: 'base64' as const,
    content: Buffer.from('abc').toString('base64'),
    bytes: 9,
    truncated: true,
  };
  const command = curlOf(exchange('', { body }));
  expect(given(command).slice(-3)).toEqual(['--data-binary', '@-', 'abc']);
  expect(command.split('\n')[0]).toBe('# The history has only the beginning of the body: this sends that part.');
});

test('the command has only headers that the request had', () => {
  const command = curlOf(exchange('{}', { headers: [['x-empty', '']] }));
  expect(given(command).slice(5)).toEqual(['-H', 'x-empty;', '-H', 'content-type:', '--data-raw', '{}', '']);
});
