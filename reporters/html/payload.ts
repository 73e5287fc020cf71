import { decoded } from '../../history/coding';
import { parseJson } from '../../history/body';
import type { Body, Delivery, Exchange, Headers } from '../../history/events';
import { memberPath } from '../../schemas/json-path';
import { plain } from '../plain';

/** What went over the wire in one event, line by line, as it is shown. */
export interface Payload {
  lines: string[];
  /** Where in the lines the members of the body that came from the target stand: the first and the last line. */
  places: Map<string, Place>;
}

export type Place = readonly [from: number, to: number];

/** The most characters of a body that are shown, and how deep a body may be nested to be laid out. */
const MOST_CHARACTERS = 16_384;
const DEEPEST = 64;

class TooDeep extends Error {}

/** Lays a JSON value out in lines. @param places takes where each member stands, by its JSON path */
function lay(value: unknown, path: string, lines: string[], places: Map<string, Place>, depth = 0, head = ''): void {
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

/** The lines of a body; JSON is laid out, anything else is shown as it came. */
function bodyLines(sent: Body, headers: Headers): Payload {
  const inside = decoded(sent, headers);
  const body = typeof inside === 'string' ? sent : inside;
  const shown = body.content.slice(0, MOST_CHARACTERS);
  const notes = [
    ...(body.encoding === 'base64' ? ['(not UTF-8; shown as base64)'] : []),
    ...(body.truncated ? [`(${body.bytes} bytes came; not all were kept)`] : []),
    ...(shown.length < body.content.length
      ? [`(the first ${MOST_CHARACTERS} characters; the history holds more)`]
      : []),
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

/** A message: its first line, its headers, its body. Headers have places too, by their names. */
function message(first: string, headers: Headers, body: Body): Payload {
  const head = [plain(first), ...headerLines(headers), ''];
  const { lines, places } = bodyLines(body, headers);
  const moved = [...places].map(([path, [from, to]]): [string, Place] => [
    path,
    [from + head.length, to + head.length],
  ]);
  const named = headers.map(([name], i): [string, Place] => [name.toLowerCase(), [i + 1, i + 1]]);
  return { lines: [...head, ...lines], places: new Map([['status', [0, 0]], ...named, ...moved]) };
}

function exchangePayload({ request, response, failure }: Exchange): Payload {
  const sent = message(`${request.method} ${request.url}`, request.headers, request.body);
  if (!response) {
    return { lines: [...sent.lines, '', plain(`No answer: ${failure?.reason ?? 'cut off'}`)], places: new Map() };
  }
  const answer = message(`${response.status}`, response.headers, response.body);
  const offset = sent.lines.length + 1;
  const places = [...answer.places].map(([path, [from, to]]): [string, Place] => [path, [from + offset, to + offset]]);
  return { lines: [...sent.lines, '', ...answer.lines], places: new Map(places) };
}

/** What went over the wire in an event. */
export function payloadOf(event: Exchange | Delivery): Payload {
  if (event.kind === 'exchange') return exchangePayload(event);
  return message(`${event.method} ${event.path}`, event.headers, event.body);
}

const POINTS = /\b(?:delivery|exchange) (\d+)\b|(\$(?:\.[A-Za-z_$][\w$]*|\[\d+\]|\['(?:[^'\\]|\\.)*'\])+)/g;

/** Where a finding points: an event, a place in a payload, or a place in the payload of that event. */
export interface Point {
  n?: number;
  path?: string;
}

/** Where a finding points, by what it says was seen. */
export function pointsOf(seen: string): Point[] {
  let n: number | undefined;
  const header = /^(?:([A-Z][A-Za-z-]*) is |the status is |the response has no [\w-]+ header)/.exec(seen);
  const points: Point[] = header ? [{ path: header[1]?.toLowerCase() ?? 'status' }] : [];
  for (const [, named, path] of seen.matchAll(POINTS)) {
    if (named !== undefined) n = Number(named);
    points.push({ ...(n === undefined ? {} : { n }), ...(path === undefined ? {} : { path }) });
  }
  return points;
}

/**
 * The lines of a payload that a path points at; of what is absent, those of the nearest member around it.
 * @returns also how much of the path there is, in characters
 */
export function placeOf({ places }: Payload, path: string): { place: Place; known: number } | undefined {
  let at = path;
  while (at !== '') {
    const place = places.get(at);
    if (place) return { place, known: at.length };
    const shorter = at.replace(/(?:\.[\w$]+|\[\d+\]|\['(?:[^'\\]|\\.)*'\])$/, '');
    if (shorter === at) return undefined;
    at = shorter;
  }
  return undefined;
}
