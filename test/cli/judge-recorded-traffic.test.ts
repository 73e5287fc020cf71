import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Result } from '../../verdicts/result';
import type { HarEntry } from '../recorded/gateway';
import { DIALECTS } from '../recorded/har-dialects';
import { entriesOf, harText } from '../recorded/har-of-history';
import { judgeGolden } from '../support/golden';
import { leaksIn } from '../support/canaries';
import { bench } from './command';

const { folder, inProcess: command } = bench();
const { history } = judgeGolden('conforming');
const entries = entriesOf(history);
const timeout = ['--timeout-ms', String(history.header.timeoutMs)];
const TOKEN = 'canary-0f3b7d1c9a5e4826b1d0a7c3f5e9d2b8';
const WEB_TOKEN = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeS0x';

function written(name: string, text: string | Buffer): string {
  writeFileSync(join(folder(), name), text);
  return name;
}

/** Adds credentials, as recorded by a proxy that masks nothing. */
function withTokens(entry: HarEntry): HarEntry {
  const { request, response } = entry;
  const outgoing = request.url.includes('/participants/');
  const headers = request.headers.map((one) =>
    one.name === 'authorization' && one.value.startsWith('Bearer') ? { ...one, value: `Bearer ${TOKEN}` } : one,
  );
  const incoming = [...request.headers, { name: 'Authorization', value: `Bearer ${WEB_TOKEN}` }];
  const url = outgoing ? request.url : `${request.url}?code=${TOKEN}`;
  const quoted = [...response.headers, { name: 'x-seen', value: `token ${TOKEN}` }];
  return {
    ...entry,
    request: { ...request, url, headers: outgoing ? headers : incoming },
    response: { ...response, headers: quoted },
  };
}

test('recorded traffic is judged and reported with its scope, and --out keeps it without tokens', async () => {
  const file = written('calls.har', harText(entries.map(withTokens)));
  const args = ['judge', '--har', file, ...timeout, '--out', 'kept', '--report', 'console', '--report', 'html=x.html'];
  const { code, stdout, stderr } = await command(args);
  expect(stderr).toMatch(
    /^recording {2}calls\.har \(HAR\): \d+ entries, among them \d+ invitations, \d+ notifications$/m,
  );
  expect(stderr).toMatch(/^target {5}http:\/\//m);
  expect(stdout).toMatch(
    /^INCOMPLETE .*\(recorded traffic of \d+ invitations, 6\d of 81 behaviours could be judged, gate: /m,
  );
  expect(code).toBe(3);
  const files = ['kept/history.ndjson', 'kept/result.json', 'x.html'].map((name) => join(folder(), name));
  const all = [stdout, stderr, ...files.map((name) => readFileSync(name, 'utf8'))].join('\n');
  expect(leaksIn(all, [TOKEN, WEB_TOKEN])).toEqual([]);
  const first = JSON.parse(readFileSync(join(folder(), 'kept/result.json'), 'utf8')) as Result;
  const again = await command(['judge', 'kept', '--report', 'json=again.json']);
  expect(again.code).toBe(3);
  const second = JSON.parse(readFileSync(join(folder(), 'again.json'), 'utf8')) as Result;
  expect(second.behaviors).toEqual(first.behaviors);
});

test('behaviours that the recording does not show can be accepted without a waiver', async () => {
  const file = written('calls.har', harText(entries));
  expect((await command(['judge', '--har', file, ...timeout, '--allow-untested'])).code).toBe(0);
});

test('requests and notifications can come from separate files of different tools', async () => {
  const isIncoming = ({ request }: HarEntry): boolean => request.postData?.text.includes('resourceUrl') === true;
  const requests = written('requests.har', harText(entries.filter((one) => !isIncoming(one))));
  const incoming = entries.filter(isIncoming).map(({ startedDateTime, request, response, time }) => ({
    request: {
      method: request.method,
      absoluteUrl: request.url,
      headers: Object.fromEntries(request.headers.map(({ name, value }) => [name, value])),
      loggedDate: Date.parse(startedDateTime),
      body: request.postData?.text,
    },
    response: { status: response.status },
    timing: { totalTime: Math.ceil(time) },
  }));
  const journal = written('journal.json', JSON.stringify({ requests: incoming }));
  const args = ['judge', '--har', requests, '--wiremock', journal, ...timeout, '--report', 'json=r.json'];
  const { code, stderr } = await command(args);
  expect(stderr).toContain('journal.json (WireMock journal)');
  expect(code).toBe(3);
  const { behaviors } = JSON.parse(readFileSync(join(folder(), 'r.json'), 'utf8')) as Result;
  const verdict = (id: string): unknown => behaviors.find((one) => one.id === id)?.verdict;
  expect(['completion.status', 'roster.invitees', 'ordering.response-first'].map(verdict)).toEqual([
    'passed',
    'passed',
    'untested',
  ]);
});

test.each([
  ['nothing at all', [], 'give the folder of a run, or recorded traffic'],
  ['a folder and a file', ['.', '--har', 'x.har'], 'give either the folder of a run (.) or recorded traffic'],
  ['a folder with a flag of recordings', ['.', '--timeout-ms', '5'], '--timeout-ms needs recorded traffic'],
  ['no file', ['--har', 'none.har'], "can't read the HAR file none.har: the file does not exist"],
  ['a folder as a file', ['--ngrok', 'sub'], "can't read the file of ngrok's requests sub: it is a folder"],
  ['another kind of file', ['--wiremock', 'calls.har'], 'calls.har has no requests'],
  ['not JSON', ['--har', 'text.har'], 'text.har has no log.entries'],
  ['damaged JSON', ['--har', 'damaged.har'], 'damaged.har, entry 1: not JSON'],
  ['a file compressed by gzip', ['--har', 'packed.har.gz'], 'packed.har.gz is compressed by gzip: unpack it first'],
  ['a file compressed by zlib', ['--har', 'packed.zhar'], 'packed.zhar is compressed by zlib: save it without'],
  ['an archive', ['--har', 'packed.har.zip'], 'packed.har.zip is a zip archive: unpack it'],
  ['a file of another encoding', ['--har', 'wide.har'], 'wide.har is UTF-16: save it as UTF-8'],
  ['no invitation', ['--har', 'other.har'], 'other.har contains no invitation'],
  [
    'another target',
    ['--har', 'calls.har', '--target', 'http://other.example'],
    'goes to http://other.example; they go to',
  ],
  ['an invalid target', ['--har', 'calls.har', '--target', 'x'], '--target must be a URL'],
  ['an invalid timeout', ['--har', 'calls.har', '--timeout-ms', 'soon'], '--timeout-ms must be'],
])('%s is a usage error', async (_, args, says) => {
  written('calls.har', harText(entries.slice(0, 3)));
  written('text.har', 'log entries');
  written('packed.har.gz', gzipSync('{}'));
  written('packed.zhar', deflateSync('{}'));
  written('packed.har.zip', 'PK\u0003\u0004');
  written('wide.har', Buffer.from('\uFEFF{"log":{"entries":[]}}', 'utf16le'));
  written('damaged.har', '{"log":{"entries":[{"request":nothing}]}}');
  written('other.har', harText(entries.slice(-1)));
  mkdirSync(join(folder(), 'sub'));
  const { code, stderr } = await command(['judge', ...args]);
  expect({ code, says: stderr.includes(says) ? says : stderr }).toEqual({ code: 2, says });
});

test('a file without bodies is reported, with how to make the tool keep them', async () => {
  const file = written('fiddler.har', DIALECTS.fiddler.write(entries).toString());
  const { code, stderr } = await command(['judge', '--har', file, ...timeout]);
  expect(stderr).toMatch(/^note {7}fiddler\.har has no bodies .*MaxTextBodyLength 1000000$/m);
  expect(code).toBe(3);
});

test('the edition that a recording shows is reported and kept; another one can be named', async () => {
  const { history: later } = judgeGolden('conforming-2025-07-23');
  const file = written('moves.har', harText(entriesOf(later)));
  const own = ['judge', '--har', file, '--timeout-ms', String(later.header.timeoutMs)];
  const shown = await command([...own, '--out', 'moves']);
  expect(shown.stderr).toMatch(/^edition {4}2025-07-23: /m);
  const again = await command(['judge', 'moves', '--report', 'json=moves.json']);
  expect(again.code).toBe(shown.code);
  const { edition } = JSON.parse(readFileSync(join(folder(), 'moves.json'), 'utf8')) as Result;
  expect(edition).toBe('2025-07-23');
  const named = await command([...own, '--edition', '2021-02-16', '--report', 'json=first.json']);
  expect(named.stderr).not.toMatch(/^edition /m);
  const first = JSON.parse(readFileSync(join(folder(), 'first.json'), 'utf8')) as Result;
  expect(first.behaviors.some(({ id }) => id === 'move.accepted')).toBe(false);
});

test('a truncated file is judged up to its end', async () => {
  const text = harText(entries);
  const file = written('cut.har', text.slice(0, Math.floor(text.length / 2)));
  const { code, stderr } = await command(['judge', '--har', file, ...timeout]);
  expect(stderr).toContain('the file is cut off');
  expect(code).toBe(3);
  expect(existsSync(join(folder(), '.invite-conformance'))).toBe(false);
});
