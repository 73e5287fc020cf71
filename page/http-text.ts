import type { HeaderLine } from './page';

/** The HTTP message in a fence. */
export interface HttpText {
  start:
    | { kind: 'request'; method: string; path: string; line: number }
    | { kind: 'response'; status: number; line: number }
    | undefined;
  headers: HeaderLine[];
  /** The text after the headers, and its first line. */
  body: { text: string; firstLine: number } | undefined;
  /** Lines that are neither start line, header nor body. */
  strange: { line: number; text: string }[];
}

const REQUEST = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\S.*)$/;
const VERSION = /(?<!\s)\s+HTTP\/[\d.]+$/;
const STATUS = /^HTTP\/[\d.]+\s+(\d{3})\b/i;
const HEADER = /^([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*)$/;

/** Reads a start line. */
export function startOf(text: string, line: number): HttpText['start'] {
  const request = REQUEST.exec(text.trim());
  if (request) {
    return { kind: 'request', method: request[1] ?? '', path: (request[2] ?? '').replace(VERSION, ''), line };
  }
  const status = STATUS.exec(text.trim());
  return status ? { kind: 'response', status: Number(status[1]), line } : undefined;
}

/**
 * Reads a fence as HTTP. On some pages, the empty line between headers and body is missing.
 *
 * @param text the fence's content
 * @param firstLine the line on which it begins
 */
export function readHttp(text: string, firstLine: number): HttpText {
  const lines = text.split('\n');
  let at = lines.findIndex((line) => line.trim() !== '');
  const nothing: HttpText = { start: undefined, headers: [], body: undefined, strange: [] };
  if (at === -1) return nothing;
  const start = startOf(lines[at] ?? '', firstLine + at);
  if (!start) return nothing;
  const result: HttpText = { ...nothing, start, headers: [], strange: [] };
  for (at += 1; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '' || /^[{[]/.test(line)) break;
    const header = HEADER.exec(line);
    const number = firstLine + at;
    if (header) {
      result.headers.push({ name: (header[1] ?? '').toLowerCase(), value: header[2] ?? '', line: number });
    } else if (start.kind === 'request' && /^[?&/]/.test(line) && result.headers.length === 0) start.path += line;
    else result.strange.push({ line: number, text: line });
  }
  while (at < lines.length && (lines[at] ?? '').trim() === '') at += 1;
  const body = lines.slice(at).join('\n').trimEnd();
  if (body !== '') result.body = { text: body, firstLine: firstLine + at };
  return result;
}
