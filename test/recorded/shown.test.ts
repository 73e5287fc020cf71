import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../verdicts/result';
import { goldenHistory } from '../support/golden';
import { verdictOn } from './compare';
import type { HarEntry } from './gateway';
import { entriesOf, harText } from './har-of-history';
import { NOT_SHOWN } from './not-shown';
import { judgedFrom } from './judged-from';

/** What a recording does not show is reported as untested. */

const history = goldenHistory('conforming');
const entries = entriesOf(history);
const { timeoutMs } = history.header;
const isIncoming = ({ request }: HarEntry): boolean => request.postData?.text.includes('resourceUrl') === true;

function judged(change: (all: HarEntry[]) => HarEntry[]): Result {
  return judgedFrom([{ kind: 'har', text: harText(change(entries)) }], timeoutMs).result;
}

const on = (result: Result, ...ids: string[]): string[] => ids.map((id) => verdictOn(result, id));

/** The behaviours that are not untested for a reason. */
const butFor = (result: Result, reason: string, ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const [verdict, ...why] = verdictOn(result, id).split(' ');
    return verdict === 'untested' && why.includes(reason) ? [] : [`${id}: ${verdict} ${why.join(' ')}`];
  });

function withoutTimes(entry: HarEntry): HarEntry {
  return { ...entry, time: 0, timings: { send: 0, wait: 0, receive: 0 } };
}

function withoutBody(entry: HarEntry): HarEntry {
  return { ...entry, response: { ...entry.response, content: { size: 0, mimeType: '' } } };
}

/** Notifications as in the log of a library that parsed and serialised them again. */
function rewritten(entry: HarEntry): HarEntry {
  const { postData } = entry.request;
  if (!isIncoming(entry) || !postData) return entry;
  const text = JSON.stringify(
    JSON.parse(postData.text, (key, value: unknown) =>
      key === '@odata.type'
        ? undefined
        : key === 'changeType' && typeof value === 'string'
          ? value.replace(/^./, (letter) => letter.toUpperCase())
          : value,
    ),
  );
  const headers = entry.request.headers.filter(({ name }) => name.toLowerCase() !== 'content-length');
  return { ...entry, request: { ...entry.request, headers, postData: { ...postData, text } } };
}

test('without notifications, behaviours of notifications are untested', () => {
  const result = judged((all) => all.filter((entry) => !isIncoming(entry)));
  const ids = ['completion.announced', 'roster.announced', 'ordering.response-first', 'notification.post'];
  expect(butFor(result, 'notifications', ids)).toEqual([]);
  expect(on(result, 'response.status-200', 'response.participants')).toEqual(['passed', 'passed']);
});

test('without the bodies of responses, behaviours of the bodies and of their operations are untested', () => {
  const result = judged((all) => all.map(withoutBody));
  const ids = ['response.json', 'response.participants', 'completion.status'];
  expect(butFor(result, 'responseBody', ids)).toEqual([]);
  expect(on(result, 'response.status-200', 'response.location')).toEqual(['passed', 'passed']);
});

test('without timings, behaviours of the order are untested', () => {
  const result = judged((all) => all.map(withoutTimes));
  expect(butFor(result, 'times', ['ordering.response-first', 'ordering.completion-before-roster'])).toEqual([]);
  expect(on(result, 'completion.announced', 'roster.invitees')).toEqual(['passed', 'passed']);
});

test('an order between two files with separate clocks is untested', () => {
  const files = [entries.filter((entry) => !isIncoming(entry)), entries.filter(isIncoming)];
  const recorded = files.map((some) => ({ kind: 'har' as const, text: harText(some) }));
  const { result } = judgedFrom(recorded, timeoutMs);
  expect(butFor(result, 'clocks', ['ordering.response-first'])).toEqual([]);
  expect(on(result, 'ordering.completion-before-roster')).toEqual(['passed']);
});

test('notifications still due at the end of the recording are not missing', () => {
  const invitation = entries.findIndex((entry) => entry.request.url.endsWith('/participants/invite'));
  const result = judged((all) => all.slice(0, invitation + 1));
  expect(result.behaviors.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
});

test('entries that were recorded twice are not reported as sent twice', () => {
  const result = judged((all) => all.flatMap((entry) => [entry, entry]));
  expect(result.behaviors.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  expect(butFor(result, 'twice', ['completion.once'])).toEqual([]);
  expect(on(result, 'completion.status')).toEqual(['passed']);
});

test('in notifications that a library serialised again, casing and types are untested', () => {
  const result = judged((all) => all.map(rewritten));
  expect(result.recording?.reserialized).toBe(true);
  const ids = ['notification.change-type', 'notification.envelope', 'completion.change-type', 'roster.change-type'];
  expect(butFor(result, 'reserialized', ids)).toEqual([]);
  expect(on(result, 'completion.status', 'roster.invitees')).toEqual(['passed', 'passed']);
});

test('a recorder that omits Authorization headers does not turn requests into requests without a token', () => {
  const result = judged((all) =>
    all.map((entry) => ({
      ...entry,
      request: {
        ...entry.request,
        headers: entry.request.headers.filter(({ name }) => name.toLowerCase() !== 'authorization'),
      },
    })),
  );
  expect(on(result, 'authorization.required')).toEqual(['untested nothingSent']);
});

test('operations of unrecorded invitations are assigned to no other one', () => {
  const [first, ...others] = entries.filter((entry) => entry.request.url.endsWith('/participants/invite'));
  if (!first) throw new Error('no invitation');
  const result = judged((all) => all.filter((entry) => !others.includes(entry)));
  expect(result.behaviors.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  expect(result.recording?.leftOut.find(({ why }) => why === 'unknownCall')?.count).toBeGreaterThan(0);
});

test('a recording that is judged in parts has the same failures', () => {
  const faulty = goldenHistory('fault.completion.participants__empty');
  const recorded = [{ kind: 'har' as const, text: harText(entriesOf(faulty)) }];
  const failed = ({ behaviors }: Result): string[] =>
    behaviors.flatMap(({ id, verdict }) => (verdict === 'failed' ? [id] : []));
  const whole = judgedFrom(recorded, faulty.header.timeoutMs).result;
  const parts = judgedFrom(recorded, faulty.header.timeoutMs, { most: 60 }).result;
  expect(failed(whole)).toContain('completion.participants');
  expect(failed(parts)).toEqual(expect.arrayContaining(failed(whole)));
  expect(parts.recording?.invitations).toBe(whole.recording?.invitations);
});

test('with times to the second, a roster of the same second is not missing', () => {
  const faulty = goldenHistory('fault.roster.invitees__empty');
  const bySecond = entriesOf(faulty).map((entry) => ({
    ...entry,
    startedDateTime: entry.startedDateTime.replace(/\.\d+/, ''),
  }));
  const { result } = judgedFrom([{ kind: 'har', text: harText(bySecond) }], faulty.header.timeoutMs);
  expect(on(result, 'roster.announced')).not.toContain('failed');
  expect(butFor(result, 'times', ['ordering.response-first'])).toEqual([]);
});

test('the documentation lists what a recording does not show of a fault', () => {
  const page = readFileSync(join(__dirname, '../../docs/recorded-traffic.md'), 'utf8');
  const rows = NOT_SHOWN.map(({ what }) => what);
  expect(rows.filter((what) => !page.includes(`\n| ${what} | `))).toEqual([]);
});
