import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parseJson, type Json } from './json';
import { LIMITS } from './limits';
import type { Planned } from './model';

/** A request that the mock received. */
export interface MockRequest {
  method: string;
  /** such as `/v1.0/communications/calls/{id}/participants/invite`, without the query */
  path: string;
  /** the query of the URL, with its question mark; empty if there is none */
  query: string;
  /** id of the call in the path, if any */
  call: string | undefined;
  /** names in lower case */
  headers: IncomingHttpHeaders;
  /** the body as text */
  text: string;
  /** the body, `undefined` if it is not JSON */
  body: Json | undefined;
  /** when it had arrived completely, ms since 1970 by the mock's clock */
  at: number;
  /** HTTP status of the response; `undefined`: not answered yet */
  status: number | undefined;
  /** headers of the response, as written */
  answerHeaders: Readonly<Record<string, string>>;
  /** body of the response; `undefined`: none, or not JSON */
  answer: Json | undefined;
  /** milliseconds until the response had been sent; `undefined`: not yet, or the client disconnected */
  tookMs: number | undefined;
}

/** A notification that the mock sent. */
export interface MockNotification {
  /** its subject: the end of an operation, the members of a call, or the call itself */
  kind: Planned['kind'];
  /** id of that call */
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
  /** HTTP status of the callback's response; `undefined`: not yet, or never */
  status: number | undefined;
  /** why it was not acknowledged, such as `ECONNREFUSED`; `undefined`: it was, or may still be */
  error: string | undefined;
  /** milliseconds until it was acknowledged or had failed; `undefined`: not yet */
  tookMs: number | undefined;
}

/** Functions that are called after each request and each notification. */
export interface Observers {
  onRequest?: (request: MockRequest) => void;
  onNotification?: (notification: MockNotification) => void;
}

/** The last entries, limited by number and by the characters of their bodies. */
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

/** The call id in a path. */
export function callIn(path: string): string | undefined {
  return CALL.exec(path)?.[1];
}

/** Records requests and notifications for tests, and passes them to observers. */
export class Traffic {
  readonly #observers: Observers;
  readonly #keeps: boolean;
  readonly #wall: () => number;
  readonly #requests = new Kept<MockRequest>();
  readonly #notifications = new Kept<MockNotification>();

  /**
   * @param keeps whether entries are kept
   * @param wall the clock, ms since 1970
   */
  constructor(keeps: boolean, observers: Observers, wall: () => number) {
    this.#keeps = keeps;
    this.#observers = observers;
    this.#wall = wall;
  }

  /** The last requests to the API, in the order of arrival. */
  get requests(): readonly MockRequest[] {
    return this.#requests.entries;
  }

  /** The last notifications, in the order in which they were sent. */
  get notifications(): readonly MockNotification[] {
    return this.#notifications.entries;
  }

  /**
   * Records a request.
   * @param ofApi whether the request goes to the API; others are not kept
   * @returns the entry, to be completed with the response; undefined if nothing is kept or observed
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

  /** Called when the response to a request has been sent, or its client has disconnected. */
  answered(entry: MockRequest): void {
    this.#observers.onRequest?.(entry);
  }

  /** Records a notification when it is sent. @param text its body */
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

  /** Called when a notification was acknowledged, or has failed. */
  acknowledged(entry: MockNotification): void {
    this.#observers.onNotification?.(entry);
  }

  /** Forgets all entries. */
  clear(): void {
    this.#requests.clear();
    this.#notifications.clear();
  }
}
