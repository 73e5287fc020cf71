import { execFileSync } from 'node:child_process';
import type { HistoryEvent } from '../../history/events';
import { eventText } from '../../reporters/event-text';
import { printableLines } from '../../common/printable';
import { recorded } from '../reporters/recorded';

const TEXT = 'it\'s \u001b[31m a $(touch hurt) `touch hurt` \\ "quoted" line\nbreak';

function eventNumbered(n: number, text = ''): HistoryEvent {
  const found = recorded(text).events.find((event) => event.n === n);
  if (!found) throw new Error(`no event ${n}`);
  return found;
}

test('a request is shown with its times, headers, bodies and response, and a command to send it again', () => {
  const lines = eventText(eventNumbered(3)).split('\n');
  expect(lines[0]).toBe('event 3: request (invite, single/one/1)');
  expect(lines).toContainEqual(expect.stringMatching(/^> POST http:\/\/127\.0\.0\.1:1\/.*invite {3}sent at 10\.0 ms$/));
  expect(lines).toContain('authorization: Bearer [redacted]');
  expect(lines).toContain('  "clientContext": "context"');
  expect(lines).toContain('< answered 200: headers at 52.0 ms, end of the body at 53.0 ms');
  expect(lines).toContain('# The history contains no token: set INVITE_TOKEN to the token to send.');
  expect(eventText(eventNumbered(3)).split('To send it again:')[1]).toContain(
    `'authorization: Bearer '"$INVITE_TOKEN"`,
  );
});

test('a delivery is shown with the call of its callback, and a body that is not JSON verbatim', () => {
  const text = eventText(eventNumbered(6, 'x'));
  expect(text).toContain('event 6: delivery to the callback of single/one#1');
  expect(text).toContain('acknowledged at 120.9 ms');
  expect(text).toContain('\nx is no JSON');
});

test('other events are shown as recorded', () => {
  expect(eventText(eventNumbered(1))).toContain('"shape": "group"');
});

/** The arguments that a shell passes to curl for the command that an event shows. */
function argumentsOf(event: HistoryEvent): string[] {
  const shown = printableLines(eventText(event));
  const command = shown.slice(shown.indexOf('curl '));
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const env = { PATH: process.env['PATH'], INVITE_TOKEN: 'sec ret' };
  return execFileSync('bash', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('a shell sends the identical body with the token of its environment, and executes none of its text', () => {
  const event = eventNumbered(3);
  if (event.kind !== 'exchange') throw new Error('no request');
  const content = JSON.stringify({ clientContext: TEXT }) + TEXT;
  const body = { encoding: 'utf8' as const, content, bytes: Buffer.byteLength(content), truncated: false };
  const given = argumentsOf({ ...event, request: { ...event.request, body } });
  expect(given).toContain(content);
  expect(given).toContain('authorization: Bearer sec ret');
  expect(given).toContain(event.request.url);
  const bytes = Buffer.from([0, 255, 39, 10, 200]);
  const binary = {
    encoding: 'base64' as const,
    content: bytes.toString('base64'),
    bytes: bytes.length,
    truncated: false,
  };
  const again = eventText({ ...event, request: { ...event.request, body: binary } });
  expect(again).toContain('printf %s AP8nCsg= | base64 -d | curl -i -g -X POST ');
});
