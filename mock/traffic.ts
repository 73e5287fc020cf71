import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parseJson, type Json } from './json';
import { LIMITS } from './limits';
import type { Planned } from './model';

/** A request that the mock got. */
export interface MockRequest {
  method: string;
  /** such as `/v1.0/communications/calls/{id}/participants/invite`, without the query */
  path: string;
  /** what follows the path, with its question mark; empty if nothing does */
  query: string;
  /** id of the call in the path, if there is one */
  call: string | undefined;
  /** names in lower case */
  headers: IncomingHttpHeaders;
  /** the body as text */
  text: string;
  /** the body, `undefined` if it is not JSON */
  body: Json | undefined;
  /** when it had come in full, ms since 1970 by the mock's clock */
  at: number;
  /** HTTP status of the answer; `undefined`: not answered yet */
  status: number | undefined;
  /** headers of the answer, as they were written */
  answerHeaders: Readonly<Record<string, string>>;
  /** body of the answer; `undefined`: none, or not JSON */
  answer: Json | undefined;
  /** milliseconds until the answer had left; `undefined`: not yet, or the client went away */
  tookMs: number | undefined;
}

/** A notification that the mock sent. */
export interface MockNotification {
  /** what it is about: the end of an operation, who is in a call, or the call itself */
  kind: Planned['kind'];
  /** id of the call that it is about */
  call: string;
  method: string;
  /** where it was sent */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** the body as text */
  text: string;
  /** the body, `undefined` if it is not JSON */
  body: Json | undefined;
  /** when it was sent, ms since 1970 by the mock's clock */
  at: number;
  /** HTTP status by which the callback acknowledged it; `undefined`: not yet, or never */
  status: number | undefined;
  /** why it was not acknowledged, such as `ECONNREFUSED`; `undefined`: it was, or may still be */
  error: string | undefined;
  /** milliseconds until it was acknowledged, or had failed; `undefined`: not yet */
  tookMs: number | undefined;
}

/** Callbacks after each request and each notification. */
export interface Observers {
  onRequest?: (request: MockRequest) => void;
  onNotification?: (notification: MockNotification) => void;
}

/** The last entries up to a number, and up to a number of bytes. */
class Kept<T extends { text: string }> {
  /** Always the same array, so a reference to it stays current. */
  readonly entries: T[] = [];
  #characters = 0;

  add(entry: T): void {
    this.entries.push(entry);
    this.#characters += entry.text.length;
    while (this.entries.length > LIMITS.recorded || this.#characters > LIMITS.recordedCharacters) {
      const oldest = this.entries.shift();
      if (!oldest) return;
      this.#characters -= oldest.text.length;
    }
  }

  clear(): void {
    this.entries.length = 0;
    this.#characters = 0;
  }
}

const CALL = /\/communications\/calls\/([^/]+)/i;

/** The id of the call that a path names. */
export function callIn(path: string): string | undefined {
  return CALL.exec(path)?.[1];
}

/** What came and went: kept for tests to look at, and told to observers. */
export class Traffic {
  readonly #observers: Observers;
  readonly #keeps: boolean;
  readonly #wall: () => number;
  readonly #requests = new Kept<MockRequest>();
  readonly #notifications = new Kept<MockNotification>();

  /**
   * @param keeps whether entries are kept
   * @param wall the time, ms since 1970
   */
  constructor(keeps: boolean, observers: Observers, wall: () => number) {
    this.#keeps = keeps;
    this.#observers = observers;
    this.#wall = wall;
  }

  /** The last requests to the API, in the order in which they came. */
  get requests(): readonly MockRequest[] {
    return this.#requests.entries;
  }

  /** The last notifications, in the order in which they were sent. */
  get notifications(): readonly MockNotification[] {
    return this.#notifications.entries;
  }

  /**
   * Enters a request.
   * @param ofApi whether it is one of a bot, and not of its test
   * @returns the entry, to be completed when it is answered; none where nobody looks
   */
  request(request: IncomingMessage, bytes: Buffer, ofApi: boolean): MockRequest | undefined {
    if (!this.#keeps && !this.#observers.onRequest) return undefined;
    const [path = '', ...query] = (request.url ?? '').split(/(?=\?)/);
    const entry: MockRequest = {
      method: request.method ?? '',
      path,
      query: query.join(''),
      call: callIn(path),
      headers: request.headers,
      text: bytes.toString(),
      body: parseJson(bytes),
      at: this.#wall(),
      status: undefined,
      answerHeaders: {},
      answer: undefined,
      tookMs: undefined,
    };
    if (this.#keeps && ofApi) this.#requests.add(entry);
    return entry;
  }

  /** The answer to a request has left, or its client has gone away. */
  answered(entry: MockRequest): void {
    this.#observers.onRequest?.(entry);
  }

  /** Enters a notification, as it is sent. @param text the bytes of its body */
  notification(planned: Planned, text: string): MockNotification | undefined {
    if (!this.#keeps && !this.#observers.onNotification) return undefined;
    const entry: MockNotification = {
      kind: planned.kind,
      call: planned.call.id,
      method: planned.method,
      url: planned.to,
      headers: planned.headers,
      text,
      body: parseJson(Buffer.from(text)),
      at: this.#wall(),
      status: undefined,
      error: undefined,
      tookMs: undefined,
    };
    if (this.#keeps) this.#notifications.add(entry);
    return entry;
  }

  /** A notification was acknowledged, or has failed. */
  acknowledged(entry: MockNotification): void {
    this.#observers.onNotification?.(entry);
  }

  /** Forgets what was kept. */
  clear(): void {
    this.#requests.clear();
    this.#notifications.clear();
  }
}
