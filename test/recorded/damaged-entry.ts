import type { HarEntry } from './gateway';

/** Damage to one entry of a recording, as tools do it. */

type Header = HarEntry['request']['headers'][number];

export const isIncoming = ({ request }: HarEntry): boolean => request.postData?.text.includes('resourceUrl') === true;

const keeping = (headers: readonly Header[], ...names: string[]): Header[] =>
  headers.filter(({ name }) => names.includes(name.toLowerCase()));

/** Nothing tells the lengths of its bodies. */
export function withoutLengths(entry: HarEntry): HarEntry {
  const { request, response } = entry;
  const without = (headers: readonly Header[]): Header[] =>
    headers.filter(({ name }) => name.toLowerCase() !== 'content-length');
  const content = { ...response.content, size: -1 };
  return {
    ...entry,
    request: { ...request, headers: without(request.headers), bodySize: -1 },
    response: { ...response, headers: without(response.headers), bodySize: -1, content },
  };
}

/** Its bodies are changed, and nothing tells their lengths. */
export function withBodies(entry: HarEntry, change: (text: string) => string): HarEntry {
  const { request, response, ...rest } = withoutLengths(entry);
  const { text } = response.content;
  const { postData } = request;
  const content = { ...response.content, ...(text === undefined ? {} : { text: change(text) }) };
  return {
    ...rest,
    request: { ...request, ...(postData ? { postData: { ...postData, text: change(postData.text) } } : {}) },
    response: { ...response, content },
  };
}

/** A library saw only some headers of a request, and of its response. */
export function withFewHeaders(entry: HarEntry): HarEntry {
  const { request, response, ...rest } = withoutLengths(entry);
  return {
    ...rest,
    request: { ...request, headers: keeping(request.headers, 'authorization', 'accept') },
    response: { ...response, headers: keeping(response.headers, 'cache-control') },
  };
}

/** A proxy adds the token after the recorder. */
export function beforeItsToken(entry: HarEntry): HarEntry {
  if (isIncoming(entry)) return entry;
  const headers = entry.request.headers.filter(({ name }) => name.toLowerCase() !== 'authorization');
  return { ...entry, request: { ...entry.request, headers } };
}

/** The same on both sides of a proxy: the second is over before the first. */
export function onBothSides(entry: HarEntry): HarEntry[] {
  const inner = { ...entry, startedDateTime: new Date(Date.parse(entry.startedDateTime) + 1).toISOString() };
  const timings = { ...entry.timings, receive: entry.timings.receive + 2 };
  return [{ ...entry, time: entry.time + 2, timings }, inner];
}
