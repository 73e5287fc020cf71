import { array, constantFrom, double, integer, oneof, tuple, type Arbitrary } from 'fast-check';
import { beforeItsToken, isIncoming, onBothSides, withBodies, withFewHeaders } from './damaged-entry';
import type { HarEntry } from './gateway';
import { harText } from './har-of-history';
import type { Recorded } from './judged-from';

/** Damage to recordings, none of which may make a verdict wrong. */

/** A change of entries, and optionally of their serialisation. */
export interface Mutilation {
  name: string;
  entries?: (entries: HarEntry[]) => HarEntry[];
  text?: (text: string) => string;
  /** True if it removes some notifications between others. */
  loses?: true;
  /** True if notifications are sent again: if the first was lost, the second would be late. */
  repeats?: true;
}

/** Reproducible pseudo-random numbers from 0 to 1. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled(entries: readonly HarEntry[], seed: number): HarEntry[] {
  const next = chance(seed);
  return entries
    .map((entry) => ({ entry, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
}

const withoutTimings = (entry: HarEntry): HarEntry => ({
  ...entry,
  time: 0,
  timings: { send: 0, wait: 0, receive: 0 },
});

function withoutResponseBody(entry: HarEntry, how: 'absent' | 'empty'): HarEntry {
  const { text: _, encoding: __, ...content } = entry.response.content;
  const left = how === 'absent' ? content : { ...content, text: '' };
  return { ...entry, response: { ...entry.response, content: left } };
}

function withoutRequestBody(entry: HarEntry): HarEntry {
  const { postData: _, ...request } = entry.request;
  return { ...entry, request };
}

/** The entry at another time, ms later. */
const later = (entry: HarEntry, ms: number): HarEntry => ({
  ...entry,
  startedDateTime: new Date(Date.parse(entry.startedDateTime) + ms).toISOString(),
});

const seeds = integer({ min: 1, max: 2 ** 31 });
const share = double({ min: 0, max: 1, noNaN: true });

const each = (seed: number, part: number, change: (entry: HarEntry) => HarEntry) => (entries: HarEntry[]) => {
  const next = chance(seed);
  return entries.map((entry) => (next() < part ? change(entry) : entry));
};

/** One random mutilation. */
const mutilation: Arbitrary<Mutilation> = oneof(
  constantFrom<Mutilation>(
    { name: 'no notifications', entries: (all) => all.filter((entry) => !isIncoming(entry)) },
    { name: 'no requests', entries: (all) => all.filter(isIncoming) },
    { name: 'timings zeroed', entries: (all) => all.map(withoutTimings) },
    {
      name: 'times of 1970',
      entries: (all) => all.map((one) => ({ ...withoutTimings(one), startedDateTime: '1970-01-01T00:00:00.000Z' })),
    },
    {
      name: 'one time for all',
      entries: (all) => all.map((one) => ({ ...withoutTimings(one), startedDateTime: all[0]?.startedDateTime ?? '' })),
    },
    {
      name: 'times of the responses',
      entries: (all) =>
        all.map((one) => ({
          ...withoutTimings(one),
          startedDateTime: new Date(Date.parse(one.startedDateTime) + one.time).toISOString(),
        })),
    },
    {
      name: 'seconds alone',
      entries: (all) => all.map((one) => ({ ...one, startedDateTime: one.startedDateTime.replace(/\.\d+/, '') })),
    },
    {
      name: 'whole seconds',
      entries: (all) => all.map((one) => ({ ...one, startedDateTime: one.startedDateTime.replace(/\.\d+/, '.000') })),
    },
    { name: 'bodies cut short', entries: (all) => all.map((one) => withBodies(one, (text) => text.slice(0, 300))) },
    { name: 'bodies replaced', entries: (all) => all.map((one) => withBodies(one, () => '<not kept>')) },
    {
      name: 'bodies in base64 without a sign',
      entries: (all) => all.map((one) => withBodies(one, (text) => Buffer.from(text).toString('base64'))),
    },
    {
      name: 'bodies as JSON strings',
      entries: (all) => all.map((one) => withBodies(one, (text) => JSON.stringify(text))),
    },
    { name: 'few headers', entries: (all) => all.map(withFewHeaders) },
    { name: 'recorded before a proxy adds the token', entries: (all) => all.map(beforeItsToken) },
    { name: 'recorded on both sides of a proxy', entries: (all) => all.flatMap(onBothSides) },
    {
      name: 'times without a zone',
      entries: (all) => all.map((one) => ({ ...one, startedDateTime: one.startedDateTime.replace('Z', '') })),
    },
    { name: 'no headers', entries: (all) => all.map(withoutHeaders) },
    { name: 'no authorization', entries: (all) => all.map(withoutAuthorization) },
    { name: 'no bodies of responses', entries: (all) => all.map((one) => withoutResponseBody(one, 'absent')) },
    { name: 'empty bodies of responses', entries: (all) => all.map((one) => withoutResponseBody(one, 'empty')) },
    { name: 'twice', entries: (all) => all.flatMap((one) => [one, one]) },
    { name: 'backwards', entries: (all) => all.toReversed() },
  ),
  tuple(seeds, share).map(([seed, part]): Mutilation => ({
    name: `some bodies of responses gone (${seed}, ${part})`,
    entries: each(seed, part, (one) => withoutResponseBody(one, 'absent')),
  })),
  tuple(seeds, share).map(([seed, part]): Mutilation => ({
    loses: true,
    name: `some bodies of requests gone (${seed}, ${part})`,
    entries: each(seed, part, withoutRequestBody),
  })),
  tuple(seeds, share).map(([seed, part]): Mutilation => ({
    name: `some with few headers (${seed}, ${part})`,
    entries: each(seed, part, withFewHeaders),
  })),
  tuple(seeds, share).map(([seed, part]): Mutilation => ({
    name: `some timings zeroed (${seed}, ${part})`,
    entries: each(seed, part, withoutTimings),
  })),
  tuple(seeds, share).map(([seed, part]): Mutilation => ({
    name: `some twice (${seed}, ${part})`,
    entries: (all) => {
      const next = chance(seed);
      return all.flatMap((one) => (next() < part ? [one, one] : [one]));
    },
  })),
  tuple(seeds, share).map(([seed, part]): Mutilation => ({
    loses: true,
    name: `some entries gone (${seed}, ${part})`,
    entries: (all) => {
      const next = chance(seed);
      return all.filter(() => next() >= part / 2);
    },
  })),
  integer({ min: 2000, max: 5000 }).map((ms): Mutilation => ({
    name: `the clock of the notifications ${ms} ms slow`,
    entries: (all) => all.map((one) => (isIncoming(one) ? later(one, -ms) : one)),
  })),
  tuple(seeds, share).map(([seed, part]): Mutilation => ({
    repeats: true,
    name: `some notifications refused, and sent again (${seed}, ${part})`,
    entries: (all) => {
      const next = chance(seed);
      return all.flatMap((one) =>
        isIncoming(one) && next() < part
          ? [{ ...one, response: { ...one.response, status: 503 } }, later(one, 1000)]
          : [one],
      );
    },
  })),
  seeds.map((seed): Mutilation => ({ name: `shuffled (${seed})`, entries: (all) => shuffled(all, seed) })),
  share.map((part): Mutilation => ({
    name: `the first ${part} alone`,
    entries: (all) => all.slice(0, Math.floor(all.length * part)),
  })),
  share.map((part): Mutilation => ({
    name: `begun late, at ${part}`,
    entries: (all) => all.slice(Math.floor(all.length * part)),
  })),
  tuple(share, share).map(([from, to]): Mutilation => ({
    loses: true,
    name: `a gap from ${from} on, ${to} of the rest`,
    entries: (all) => {
      const begin = Math.floor(all.length * from);
      return [...all.slice(0, begin), ...all.slice(begin + Math.floor((all.length - begin) * to))];
    },
  })),
  share.map((part): Mutilation => ({
    name: `cut off within the text, at ${part}`,
    text: (text) => text.slice(0, Math.max(60, Math.floor(text.length * part))),
  })),
);

function withoutHeaders(entry: HarEntry): HarEntry {
  const { request, response } = entry;
  return { ...entry, request: { ...request, headers: [] }, response: { ...response, headers: [] } };
}

function withoutAuthorization(entry: HarEntry): HarEntry {
  const headers = entry.request.headers.filter(({ name }) => name.toLowerCase() !== 'authorization');
  return { ...entry, request: { ...entry.request, headers } };
}

/** One or two mutilations, one after the other. */
export const mutilations: Arbitrary<Mutilation[]> = array(mutilation, { minLength: 1, maxLength: 2 }).filter(
  (all) => !(all.some(({ repeats }) => repeats) && all.some(({ repeats }) => !repeats)),
);

/** The entries of a recording after the mutilations, in one file. */
export function mutilated(entries: readonly HarEntry[], all: readonly Mutilation[]): Recorded[] {
  const left = all.reduce((before, { entries: change }) => change?.(before) ?? before, [...entries]);
  return [{ kind: 'har', text: all.reduce((text, { text: change }) => change?.(text) ?? text, harText(left)) }];
}
