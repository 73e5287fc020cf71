import { decodedBody } from '../../history/content-encoding';
import { parseJson } from '../../history/body';
import type { Place } from '../../behaviors/finding';
import type { Body, Delivery, Exchange, Headers } from '../../history/events';
import { memberPath } from '../../common/json-path';
import { plain } from '../plain';

/** The request and response, or the delivery, of one event, as lines. */
export interface Payload {
  lines: string[];
  /** The first and last line of each part of the message that findings may point at. */
  places: Map<string, Lines>;
}

/** Lines of a payload, counted from zero. */
export type Lines = readonly [from: number, to: number];

/** The longest part of a body that is shown, in characters, and the maximum depth of a body that is formatted. */
const MOST_CHARACTERS = 16_384;
const DEEPEST = 64;

class TooDeep extends Error {}

/** Formats a JSON value in lines. @param places receives the lines of each member, by JSON path */
function lay(value: unknown, path: string, lines: string[], places: Map<string, Lines>, depth = 0, head = ''): void {
  if (depth > DEEPEST) throw new TooDeep();
  const indent = '  '.repeat(depth);
  const from = lines.length;
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    lines.push(`${indent}${head}${plain(JSON.stringify(value))}`);
  } else {
    const array = Array.isArray(value);
    lines.push(`${indent}${head}${array ? '[' : '{'}`);
    const members = Object.entries(value);
    members.forEach(([key, member], i) => {
      const at = array ? `${path}[${key}]` : memberPath(path, key);
      lay(member, at, lines, places, depth + 1, array ? '' : `${plain(JSON.stringify(key))}: `);
      if (i < members.length - 1) lines.push(`${lines.pop() ?? ''},`);
    });
    lines.push(`${indent}${array ? ']' : '}'}`);
  }
  places.set(path, [from, lines.length - 1]);
}

/** The lines of a body: JSON formatted, anything else unchanged. */
function bodyLines(sent: Body, headers: Headers): Payload {
  const inside = decodedBody(sent, headers);
  const body = typeof inside === 'string' ? sent : inside;
  const shown = body.content.slice(0, MOST_CHARACTERS);
  const notes = [
    ...(body.encoding === 'base64' ? ['(not UTF-8; shown as base64)'] : []),
    ...(body.truncated ? [`(${body.bytes} bytes arrived; the history has only the beginning)`] : []),
    ...(shown.length < body.content.length ? [`(the first ${MOST_CHARACTERS} characters; the history has more)`] : []),
  ];
  const raw = (): Payload => ({ lines: [...shown.split('\n').map(plain), ...notes], places: new Map() });
  if (body.content === '') return { lines: ['(no body)', ...notes], places: new Map() };
  const parsed = parseJson(body);
  if (!parsed.ok || notes.length > 0) return raw();
  try {
    const payload: Payload = { lines: [], places: new Map() };
    lay(parsed.value, '$', payload.lines, payload.places);
    return payload;
  } catch (error) {
    if (error instanceof TooDeep) return raw();
    throw error;
  }
}

function headerLines(headers: Headers): string[] {
  return headers.map(([name, value]) => plain(`${name}: ${value}`));
}

/**
 * A message: its first line, headers and body. The place of the first line is `status`; those of headers have their
 * names.
 */
function message(first: string, headers: Headers, body: Body): Payload {
  const head = [plain(first), ...headerLines(headers), ''];
  const { lines, places } = bodyLines(body, headers);
  const moved = [...places].map(([path, [from, to]]): [string, Lines] => [
    path,
    [from + head.length, to + head.length],
  ]);
  const named = headers.map(([name], i): [string, Lines] => [`header ${name.toLowerCase()}`, [i + 1, i + 1]]);
  return { lines: [...head, ...lines], places: new Map([['status', [0, 0]], ...named, ...moved]) };
}

function exchangePayload({ request, response, failure }: Exchange): Payload {
  const sent = message(`${request.method} ${request.url}`, request.headers, request.body);
  if (!response) {
    const lines = [...sent.lines, '', plain(`No answer: ${failure?.reason ?? 'cut off'}`)];
    return { lines, places: new Map([['status', [lines.length - 1, lines.length - 1]]]) };
  }
  const answer = message(`${response.status}`, response.headers, response.body);
  const offset = sent.lines.length + 1;
  const places = [...answer.places].map(([path, [from, to]]): [string, Lines] => [path, [from + offset, to + offset]]);
  return { lines: [...sent.lines, '', ...answer.lines], places: new Map(places) };
}

/** The request and response, or the delivery, of an event. */
export function payloadOf(event: Exchange | Delivery): Payload {
  if (event.kind === 'exchange') return exchangePayload(event);
  return message(`${event.method} ${event.path}`, event.headers, event.body);
}

/**
 * The lines of a payload that a place points at. For an absent place, those of its nearest parent: an existing member
 * of the body, or the status for a header.
 */
export function linesAt({ places }: Payload, { part, path = '$' }: Place): Lines | undefined {
  if (part === 'time') return undefined;
  if (part === 'header') return places.get(`header ${path.toLowerCase()}`) ?? places.get('status');
  if (part !== 'body') return places.get('status');
  let at = path;
  for (;;) {
    const found = places.get(at);
    if (found) return found;
    const holder = at.replace(LAST_STEP, '');
    if (holder === at) return undefined;
    at = holder;
  }
}

/** The last step of a JSON path: a member or an item. */
const LAST_STEP = /(?:\.[\w$]+|\[\d+\]|\['(?:[^'\\]|\\.)*'\])$/;
