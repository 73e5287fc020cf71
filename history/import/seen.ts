import { hash } from 'node:crypto';
import { parseJson } from '../body';
import { partsOf } from './bodies';
import type { Kept } from './gathered';
import type { RecordedExchange } from './importer';

/** Recognizes exchanges that were recorded twice: by several tools, or on both sides of a proxy. */

/** Without durations, equal exchanges of one file are the same if their times differ by less: no sender tries again so soon. */
const SAME_MS = 5000;

/** What is compared of an exchange. */
export interface Marks {
  source: number;
  startedAt: number | undefined;
  /** The end; undefined if it was not measured. */
  endedAt: number | undefined;
  path: string;
  /** The status of the response; undefined if none was recorded. */
  status: number | undefined;
  operationId: string | undefined;
}

/** The marks of an exchange. @param operationId the id in the response to an invitation */
export function marksOf(
  { request, response, startedAt, durations, resolutionMs }: RecordedExchange,
  source: number,
  operationId?: string,
): Marks {
  return {
    source,
    startedAt,
    // The recorded time is rounded down, so the exchange may have ended later.
    endedAt: startedAt === undefined || !durations ? undefined : startedAt + durations.ended + resolutionMs,
    path: partsOf(request.url)?.path ?? '',
    status: response?.status,
    operationId,
  };
}

/** The exchanges so far, by keys of their content. */
export class Seen<T extends Kept> {
  readonly #all = new Map<string, Marks & { kept: T }>();

  /** @param isSame decides about two exchanges with the same content */
  constructor(private readonly isSame: (one: Marks, other: Marks) => boolean) {}

  find(keys: readonly string[], marks: Marks): (Marks & { kept: T }) | undefined {
    return keys.map((key) => this.#all.get(key)).find((one) => one !== undefined && this.isSame(one, marks));
  }

  add(keys: readonly string[], one: Marks & { kept: T }): void {
    for (const key of keys) this.#all.set(key, one);
  }
}

/** Whether two invitations with the same content are one. */
export function isSameInvitation(one: Marks, other: Marks): boolean {
  const [id, otherId] = [one.operationId, other.operationId];
  if (id !== undefined && otherId !== undefined) return id === otherId;
  const isSameStatus = one.status === undefined || other.status === undefined || one.status === other.status;
  return isSameStatus && one.source === other.source && isDuring(one, other);
}

/** Whether two notifications with the same content are one; to another path of the same recorder, another may have been sent. */
export function isSameNotification(one: Marks, other: Marks): boolean {
  return one.source !== other.source || (one.path === other.path && isDuring(one, other));
}

/** Whether two exchanges of one file may be one, recorded on both sides of a proxy: one happened during the other. */
function isDuring(one: Marks, other: Marks): boolean {
  if (one.startedAt === undefined || other.startedAt === undefined) return true;
  const [first, then] = one.startedAt < other.startedAt ? [one, other] : [other, one];
  const [from = 0, until, next = 0] = [first.startedAt, first.endedAt, then.startedAt];
  return until === undefined ? next - from < SAME_MS : next <= until;
}

/** A digest of texts. */
export function digestOf(...parts: readonly string[]): string {
  return hash('sha1', JSON.stringify(parts), 'base64');
}

/** A body's content, however its JSON was indented. One that was not recorded differs from all at other times. */
export function contentOf({ request: { body, headers }, startedAt }: RecordedExchange): string {
  if (body.notRecorded === true) return `not recorded, at ${startedAt ?? 'an unknown time'}`;
  const json = parseJson(body, headers);
  return json.ok ? JSON.stringify(json.value) : body.content;
}
