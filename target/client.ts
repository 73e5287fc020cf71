import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { bodyOf, headerPairs } from '../history/body';
import type { Body, Exchange, Headers } from '../history/events';
import { BodyBuffer } from '../history/body-buffer';
import { bodyMemory, headersMemory } from '../history/memory-estimate';
import type { Recorder } from '../history/recorder';
import type { Redact } from '../history/redact';
import type { ArrivalBounds } from './arrival-bounds';
import { KeptConnection } from './kept-connection';
import { failureCause, timeoutReason, failureReason } from './connection-failure';
import { concurrencyLimit } from './concurrency-limit';
import { timerAfterPendingReads } from './pending-reads';
import { sendRequest } from './http-request';
import { secureOptions, type TlsSettings } from './tls';

/** The longest answer that is kept, in bytes; what is longer is cut there and counted as truncated. */
export const MAX_RESPONSE_BYTES = 1024 * 1024;
/** How much memory all answers of a run may take; once it is used up, only so much each, in bytes. */
const MAX_ALL_RESPONSES_BYTES = 12 * MAX_RESPONSE_BYTES;
const MIN_RESPONSE_BYTES = 32 * 1024;
/** How many interim answers (1xx) to one request are read. */
const MAX_INTERIM_RESPONSES = 100;
/** How much is kept of an answer that would take more. */
const CUT_RESPONSE_BYTES = 4 * 1024;

export interface ClientOptions {
  recorder: Recorder;
  /** The longest wait for a whole answer, ms. */
  timeoutMs: number;
  /** How many requests may be in flight at once. */
  concurrency: number;
  /** Ends the run: from then on nothing is sent but what gives back. */
  signal?: AbortSignal | undefined;
  /** Tells how long an answer may have lain unread; without it, that is not recorded. */
  arrivals?: ArrivalBounds | undefined;
  /** How https connections are secured beyond what Node does by itself. */
  tls?: TlsSettings | undefined;
}

export interface TargetRequest {
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
  expectsAcceptance?: boolean;
  /** Shorter than the client's, ms. */
  timeoutMs?: number;
  /** The connection that it goes out on; by default one of its own, or a kept one of those that provision and give back. */
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
  send(sending: TargetRequest): Promise<Exchange>;
  /** A connection to be kept from one request to the next, secured as all of the client's are. */
  connection(): KeptConnection;
  /** What the target said, as a message may show it: without the run's secrets. */
  clean: Redact;
  /** Closes the connections that it has kept. */
  close: () => void;
}

type ClientResponse = {
  status: number;
  headers: Headers;
  body: Body;
  headersAt: number;
  endAt: number;
  unreadMs?: number | undefined;
};

/**
 * A client on node's own. It sees the headers arrive and takes the raw bytes, capped. Redirects are not followed, so that a
 * token never goes where it was not meant to go; compressed answers are not asked for.
 * @throws UsageError for certificates and keys that can't be used
 */
export function createClient({ recorder, timeoutMs, concurrency, signal, arrivals, tls }: ClientOptions): Client {
  const secure = tls && secureOptions(tls);
  // A connection for each request, and a whole handshake for each.
  const oneEach = {
    plain: new http.Agent({ keepAlive: false }),
    secure: new https.Agent({ ...secure, keepAlive: false, maxCachedSessions: 0 }),
  };
  // What provisions and gives back is no evidence: it need not open a connection each time.
  const kept = {
    plain: new http.Agent({ keepAlive: true }),
    secure: new https.Agent({ ...secure, keepAlive: true }),
  };

  function agentFor({ connection, purpose }: TargetRequest, url: URL, alone: boolean): http.Agent {
    if (connection && !alone) return connection.agentFor(url);
    const { plain, secure: secured } = !alone && (purpose === 'provision' || purpose === 'release') ? kept : oneEach;
    return url.protocol === 'https:' ? secured : plain;
  }
  const limited = concurrencyLimit(concurrency, signal);
  // Releasing calls after an interrupted run does not wait for requests that hang.
  const releases = concurrencyLimit(concurrency);
  let keptWeight = 0;
  let inFlight = 0;

  /** A body as it is kept: one that would take more memory than there is left, cut off. */
  function keep(bytes: Buffer, total: number, headers: Headers): Body {
    const whole = bodyOf(bytes, total);
    const weight = bodyMemory(whole, headers);
    const fits = weight <= Math.max(MIN_RESPONSE_BYTES, MAX_ALL_RESPONSES_BYTES - keptWeight);
    keptWeight += headersMemory(headers) + (fits ? weight : CUT_RESPONSE_BYTES);
    return fits ? whole : bodyOf(bytes.subarray(0, CUT_RESPONSE_BYTES), total, true);
  }

  /** @param alone whether it goes out on a connection of its own, whatever else is wished */
  function exchange(sending: TargetRequest, n = recorder.reserve(), alone = false): Promise<Exchange> {
    const url = new URL(sending.url);
    // A target gives this back as evidence. The query and the body may hold a token that is to be refused there.
    recorder.clean.excludeOwnText(url.origin + url.pathname);
    return new Promise((resolve) => {
      let answer: ClientResponse | undefined;
      let message: IncomingMessage | undefined;
      let sent: ClientRequest | undefined;
      let over = false;
      const most = sending.timeoutMs ?? timeoutMs;
      const sentAt = recorder.now();
      const end = (failure?: Pick<NonNullable<Exchange['failure']>, 'reason' | 'cause'>): void => {
        if (over) return;
        over = true;
        stopWaiting();
        // A kept connection that was closed under the request: it is made on one of its own.
        if (!message && !alone && failure?.cause !== 'late' && sent?.reusedSocket === true) {
          resolve(exchange(sending, n, true));
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
          : { failure: { reason: failureReason(undefined), ...failure, at: recorder.now() } };
        const event = { kind: 'exchange' as const, purpose, scenario, request, ...outcome };
        const whole = invitation === undefined ? event : { ...event, invitation };
        const recorded = recorder.add(whole, n);
        if (recorded.kind === 'exchange') resolve(recorded);
      };
      // Not node's own: what has arrived while this process was kept from running is read before it is called late.
      const stopWaiting = timerAfterPendingReads(most, () => {
        end({ reason: timeoutReason(most, sending.timeoutMs === undefined), cause: 'late' });
        sent?.destroy();
      });
      const failed = (error: Error): void => {
        const cause = failureCause(error);
        end({ reason: failureReason(error), ...(cause === undefined ? {} : { cause }) });
      };
      let informed = 0;
      const headers = { 'Accept-Encoding': 'identity', Accept: 'application/json', ...sending.headers };
      sent = sendRequest(
        { method: sending.method, url, headers, body: sending.body, agent: agentFor(sending, url, alone) },
        {
          answered: (res) => {
            message = res;
            const headersAt = recorder.now();
            const unreadMs = arrivals && headersAt - arrivals.notArrivedBy();
            const room = Math.min(
              MAX_RESPONSE_BYTES,
              Math.max(MIN_RESPONSE_BYTES, MAX_ALL_RESPONSES_BYTES - keptWeight),
            );
            res.on('error', failed);
            readBody(res, room, (body, total) => {
              const answered = headerPairs(res.rawHeaders);
              answer = {
                status: res.statusCode ?? 0,
                headers: answered,
                body: keep(body, total, answered),
                headersAt,
                endAt: recorder.now(),
                unreadMs,
              };
              end();
            });
          },
          // Reading them without end would keep this process from all else, deadlines too.
          informed: () => {
            informed += 1;
            if (informed !== MAX_INTERIM_RESPONSES) return;
            end({ reason: `more than ${MAX_INTERIM_RESPONSES} interim responses (1xx) and no final one` });
            sent?.destroy();
          },
          failed,
        },
      );
    });
  }

  return {
    timeoutMs,
    inFlight: () => inFlight,
    send: (sending) => {
      const limit = sending.purpose === 'release' ? releases : limited;
      const work = async (): Promise<Exchange> => {
        inFlight += 1;
        try {
          return await exchange(sending);
        } finally {
          inFlight -= 1;
        }
      };
      // Whether the target is still there is not asked behind all that waits for it in vain.
      return limit(work, sending.purpose === 'probe');
    },
    clean: recorder.clean,
    connection: () => new KeptConnection(secure),
    close: () => {
      kept.plain.destroy();
      kept.secure.destroy();
    },
  };
}

/** Takes a body up to the cap; what is cut off there is not read on. */
function readBody(res: IncomingMessage, cap: number, done: (body: Buffer, total: number) => void): void {
  const gathered = new BodyBuffer(cap);
  let total = 0;
  let over = false;
  const finish = (): void => {
    if (over) return;
    over = true;
    done(gathered.toBuffer(), total);
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
