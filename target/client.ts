import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import supertest from 'supertest';
import { bodyOf, pairs } from '../history/body';
import type { Body, Exchange, Headers } from '../history/events';
import { Gathered } from '../history/gathered';
import { bodyWeight, headersWeight } from '../history/weight';
import type { Recorder } from '../history/recorder';
import type { Redact } from '../history/redact';
import type { Arrivals } from './arrivals';
import { KeptConnection, requestOf, wasReused } from './connection';
import { causeOf, lateness, reasonOf } from './failures';
import { limiter } from './limit';
import { afterPending } from './pending';
import { secureOptions, type TlsSettings } from './tls';

/** The longest answer that is kept, in bytes; what is longer is cut there and counted as truncated. */
export const ANSWER_CAP = 1024 * 1024;
/** How much memory all answers of a run may take; once it is used up, only so much each, in bytes. */
const ANSWERS_CAP = 12 * ANSWER_CAP;
const LEAST_ROOM = 32 * 1024;
/** How many interim answers (1xx) to one request are read. */
const MOST_INFORMATION = 100;
/** How much is kept of an answer that would take more. */
const CUT = 4 * 1024;

export interface ClientOptions {
  recorder: Recorder;
  /** The longest wait for a whole answer, ms. */
  timeoutMs: number;
  /** How many requests may be in flight at once. */
  concurrency: number;
  /** Ends the run: from then on nothing is sent but what gives back. */
  signal?: AbortSignal | undefined;
  /** Tells how long an answer may have lain unread; without it, that is not recorded. */
  arrivals?: Arrivals | undefined;
  /** How https connections are secured beyond what Node does by itself. */
  tls?: TlsSettings | undefined;
}

export interface Sending {
  /** In upper case. */
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Sent as it is, byte by byte. */
  body?: Buffer;
  purpose: Exchange['purpose'];
  scenario: string;
  invitation?: string;
  /** True for an invitation to a group call that the documentation lets one expect to be taken. */
  taken?: boolean;
  /** Shorter than the client's, ms. */
  timeoutMs?: number;
  /** The connection that it goes out on; one of its own by default. */
  connection?: KeptConnection | undefined;
}

/** Sends requests and records each as an exchange. It never throws for what the target does. */
export interface Client {
  /** The longest wait for a whole answer, ms. */
  readonly timeoutMs: number;
  /** How many requests are sent and not answered yet. */
  inFlight(): number;
  /**
   * @returns the exchange as the history keeps it: what the target said goes nowhere before the run's secrets are masked in it
   * @throws Interrupted where the run has been ended
   */
  send(sending: Sending): Promise<Exchange>;
  /** A connection to be kept from one request to the next, secured as all of the client's are. */
  connection(): KeptConnection;
  /** What the target said, as a message may show it: without the run's secrets. */
  clean: Redact;
}

type Answer = {
  status: number;
  headers: Headers;
  body: Body;
  headersAt: number;
  endAt: number;
  unreadMs?: number | undefined;
};

/**
 * A client on supertest. A parser of ours sees the headers arrive and takes the raw bytes, capped. Redirects are not
 * followed, so that a token never goes where it was not meant to go; compressed answers are not asked for.
 * @throws UsageError for certificates and keys that can't be used
 */
export function createClient({ recorder, timeoutMs, concurrency, signal, arrivals, tls }: ClientOptions): Client {
  const secure = tls && secureOptions(tls);
  // A connection for each request, as where no agent is named, and a whole handshake for each.
  const oneEach = secure && new https.Agent({ ...secure, keepAlive: false, maxCachedSessions: 0 });
  const limited = limiter(concurrency, signal);
  // What is given back at the end of a run that was cut off does not wait for what hangs.
  const releases = limiter(concurrency);
  let kept = 0;
  let inFlight = 0;

  /** A body as it is kept: one that would take more memory than there is left, cut off. */
  function keep(bytes: Buffer, total: number, headers: Headers): Body {
    const whole = bodyOf(bytes, total);
    const weight = bodyWeight(whole, headers);
    const fits = weight <= Math.max(LEAST_ROOM, ANSWERS_CAP - kept);
    kept += headersWeight(headers) + (fits ? weight : CUT);
    return fits ? whole : bodyOf(bytes.subarray(0, CUT), total, true);
  }

  function exchange(sending: Sending, n = recorder.reserve()): Promise<Exchange> {
    const url = new URL(sending.url);
    // A target gives this back as evidence. The query and the body may hold a token that is to be refused there.
    recorder.clean.own(url.origin + url.pathname);
    const started = { headers: 0 };
    return new Promise((resolve) => {
      let answer: Answer | undefined;
      let message: IncomingMessage | undefined;
      const parse = (response: unknown, done: (error: Error | null, body: unknown) => void): void => {
        // superagent hands its parser node's own message, whatever its types say.
        const res = response as IncomingMessage;
        message = res;
        started.headers = recorder.now();
        const unreadMs = arrivals && started.headers - arrivals.before();
        const room = Math.min(ANSWER_CAP, Math.max(LEAST_ROOM, ANSWERS_CAP - kept));
        collect(res, room, (body, total) => {
          const headers = pairs(res.rawHeaders);
          answer = {
            status: res.statusCode ?? 0,
            headers,
            body: keep(body, total, headers),
            headersAt: started.headers,
            endAt: recorder.now(),
            unreadMs,
          };
          done(null, body);
        });
      };
      const path = `${url.pathname}${url.search}`;
      const test = supertest(url.origin).get(path);
      // Supertest has a function for some methods alone.
      test.method = sending.method;
      test.set('Accept-Encoding', 'identity').set('Accept', 'application/json');
      for (const [name, value] of Object.entries(sending.headers)) test.set(name, value);
      // superagent hands it to node, whatever its types say.
      if (sending.connection) test.agent(sending.connection.agentFor(url) as never);
      else if (oneEach && url.protocol === 'https:') test.agent(oneEach as never);
      // The bytes are sent as they are: superagent would write a Buffer as JSON otherwise.
      if (sending.body) test.serialize((bytes: unknown) => bytes as string).send(sending.body);
      const most = sending.timeoutMs ?? timeoutMs;
      test
        .redirects(0)
        .ok(() => true)
        .buffer(true)
        .parse(parse);
      const sentAt = recorder.now();
      let over = false;
      const end = (failure: Pick<NonNullable<Exchange['failure']>, 'reason' | 'cause'>): void => {
        if (over) return;
        over = true;
        stopWaiting();
        // A broken answer fails twice, as a request and as a message; superagent would complain on the console.
        message?.removeAllListeners('error').on('error', () => undefined);
        // A kept connection that was closed under the request: it is made on one of its own.
        if (!message && sending.connection && failure.cause !== 'late' && wasReused(test)) {
          resolve(exchange({ ...sending, connection: undefined }, n));
          return;
        }
        const request = {
          method: sending.method,
          url: sending.url,
          headers: Object.entries(sending.headers).map(([name, value]): [string, string] => [
            name.toLowerCase(),
            value,
          ]),
          body: bodyOf(sending.body ?? Buffer.alloc(0)),
          sentAt,
        };
        const { purpose, scenario, invitation } = sending;
        const outcome = answer
          ? {
              response: {
                status: answer.status,
                headers: answer.headers,
                body: answer.body,
                headersAt: answer.headersAt,
                endAt: answer.endAt,
                ...(answer.unreadMs === undefined ? {} : { unreadMs: answer.unreadMs }),
              },
            }
          : { failure: { ...failure, at: recorder.now() } };
        const event = { kind: 'exchange' as const, purpose, scenario, request, ...outcome };
        const whole = invitation === undefined ? event : { ...event, invitation };
        const recorded = recorder.add(whole, n);
        if (recorded.kind === 'exchange') resolve(recorded);
      };
      // Not superagent's own: what has arrived while this process was kept from running is read before it is called late.
      const stopWaiting = afterPending(most, () => {
        test.abort();
        end({ reason: lateness(most, sending.timeoutMs === undefined), cause: 'late' });
      });
      let informed = 0;
      test.end((error: unknown, response: unknown) => {
        // An answer to HEAD has no body, and superagent asks no parser.
        if (sending.method === 'HEAD' && !answer) answer = answerWithoutBody(response, recorder.now());
        const cause = causeOf(error);
        end({ reason: reasonOf(error), ...(cause === undefined ? {} : { cause }) });
      });
      // Reading them without end would keep this process from all else, deadlines too.
      requestOf(test)?.on('information', () => {
        informed += 1;
        if (informed !== MOST_INFORMATION) return;
        test.abort();
        end({ reason: `more than ${MOST_INFORMATION} interim answers (1xx) and no whole answer` });
      });
    });
  }

  return {
    timeoutMs,
    inFlight: () => inFlight,
    send: (sending) =>
      (sending.purpose === 'release' ? releases : limited)(async () => {
        inFlight += 1;
        try {
          return await exchange(sending);
        } finally {
          inFlight -= 1;
        }
      }),
    clean: recorder.clean,
    connection: () => new KeptConnection(secure),
  };
}

/** What came in answer to HEAD; undefined where nothing did. */
function answerWithoutBody(response: unknown, at: number): Answer | undefined {
  const { res } = (response ?? {}) as { res?: IncomingMessage };
  if (!res) return undefined;
  res.resume();
  const headers = pairs(res.rawHeaders);
  return { status: res.statusCode ?? 0, headers, body: bodyOf(Buffer.alloc(0)), headersAt: at, endAt: at };
}

/** Takes a body up to the cap; what is cut off there is not read on. */
function collect(res: IncomingMessage, cap: number, done: (body: Buffer, total: number) => void): void {
  const gathered = new Gathered(cap);
  let total = 0;
  let over = false;
  const finish = (): void => {
    if (over) return;
    over = true;
    done(gathered.whole(), total);
  };
  res.on('data', (chunk: Buffer) => {
    if (over) return;
    const room = cap - total;
    total += chunk.length;
    gathered.add(chunk.length > room ? chunk.subarray(0, Math.max(room, 0)) : chunk);
    if (total > cap) {
      finish();
      res.destroy();
    }
  });
  res.on('end', finish);
}
