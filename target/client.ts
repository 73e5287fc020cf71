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

/** The longest response body that is kept, in bytes; a longer one is cut off there and recorded as truncated. */
export const MAX_RESPONSE_BYTES = 1024 * 1024;
/** The memory limit for all responses of a run; beyond it, each response may take MIN_RESPONSE_BYTES. */
const MAX_ALL_RESPONSES_BYTES = 12 * MAX_RESPONSE_BYTES;
const MIN_RESPONSE_BYTES = 32 * 1024;
/** The number of interim responses (1xx) to one request that the client reads. */
const MAX_INTERIM_RESPONSES = 100;
/** The bytes that are kept of a response that exceeds the memory limit. */
const CUT_RESPONSE_BYTES = 4 * 1024;
/**
 * The order of requests that wait for their turn. A probe must not queue behind requests that wait for the target that it
 * checks. An invitation goes before what other attempts still need, so that the attempts that began first end first.
 */
const RANKS = { probe: 0, invite: 1, provision: 2, release: 2 } as const;

export interface ClientOptions {
  recorder: Recorder;
  /** The longest wait for a complete response, ms. */
  timeoutMs: number;
  /** The number of requests that may be in flight at once. */
  concurrency: number;
  /** Ends the run: after that, only requests that release provisioned items are sent. */
  signal?: AbortSignal | undefined;
  /** Bounds how long a response may have waited unread; without it, that is not recorded. */
  arrivals?: ArrivalBounds | undefined;
  /** TLS settings in addition to Node's defaults. */
  tls?: TlsSettings | undefined;
}

export interface TargetRequest {
  /** In upper case. */
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Sent byte by byte, unchanged. */
  body?: Buffer;
  purpose: Exchange['purpose'];
  scenario: string;
  invitation?: string;
  /** True for an invitation to a group call that, by the documentation, the target should accept. */
  expectsAcceptance?: boolean;
  /** A timeout shorter than the client's, ms. */
  timeoutMs?: number;
  /** The connection to use; by default a new one, or a kept one for provisioning and releasing. */
  connection?: KeptConnection | undefined;
}

/** Sends requests and records each as an exchange. Never throws for anything that the target does. */
export interface Client {
  /** The longest wait for a complete response, ms. */
  readonly timeoutMs: number;
  /** The number of requests that are sent and not answered yet. */
  inFlight(): number;
  /**
   * @returns the exchange as the history keeps it, with the run's secrets masked
   * @throws Interrupted if the run has ended
   */
  send(sending: TargetRequest): Promise<Exchange>;
  /** Creates a connection that is kept between requests, with the client's TLS settings. */
  connection(): KeptConnection;
  /** Masks the run's secrets in a text of the target. */
  clean: Redact;
  /** Closes the kept connections. */
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
 * Creates a client on Node's own, which records when the headers arrive and keeps the raw bytes up to a limit. It
 * follows no redirects, so that a token is never sent elsewhere, and asks for no compression.
 * @throws UsageError for certificates and keys that can't be used
 */
export function createClient({ recorder, timeoutMs, concurrency, signal, arrivals, tls }: ClientOptions): Client {
  const secure = tls && secureOptions(tls);
  // One connection and one full handshake per request.
  const oneEach = {
    plain: new http.Agent({ keepAlive: false }),
    secure: new https.Agent({ ...secure, keepAlive: false, maxCachedSessions: 0 }),
  };
  // Requests that provision and release prove nothing and may reuse connections.
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

  /** Cuts off a body that exceeds the remaining memory. */
  function keep(bytes: Buffer, total: number, headers: Headers): Body {
    const whole = bodyOf(bytes, total);
    const weight = bodyMemory(whole, headers);
    const fits = weight <= Math.max(MIN_RESPONSE_BYTES, MAX_ALL_RESPONSES_BYTES - keptWeight);
    keptWeight += headersMemory(headers) + (fits ? weight : CUT_RESPONSE_BYTES);
    return fits ? whole : bodyOf(bytes.subarray(0, CUT_RESPONSE_BYTES), total, true);
  }

  /** @param alone whether to force a new connection */
  function exchange(sending: TargetRequest, n = recorder.reserve(), alone = false): Promise<Exchange> {
    const url = new URL(sending.url);
    // A target returns this URL as evidence. The query and the body may contain a token, which must stay masked.
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
        // The target closed a kept connection during the request: send it again on a new connection.
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
      // A plain timer would call a response late that arrived while this process was stopped; this one reads it first.
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
          // Reading them without limit would block this process, including its deadlines.
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
      return limit(work, RANKS[sending.purpose]);
    },
    clean: recorder.clean,
    connection: () => new KeptConnection(secure),
    close: () => {
      kept.plain.destroy();
      kept.secure.destroy();
    },
  };
}

/** Reads a body up to the limit; a longer response is destroyed there. */
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
