import http from 'node:http';
import https from 'node:https';
import { withoutBrackets } from '../common/urls';
import { Clock } from './clock';
import { LIMITS } from './limits';
import type { Pieces, Planned } from './model';
import type { MockNotification, Traffic } from './traffic';

const LATE = `no answer within ${LIMITS.deadlineMs} ms`;
const STOPPED = 'the mock was closed or reset';

/** Why a request failed: node's error code, else the message. */
function reasonOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.message;
}

/** Sends notifications, and can be stopped at once: no timer and no socket remains after `close`. */
export class Dispatcher {
  /** delay of each notification, ms */
  readonly latencyMs: number;
  readonly #agents = [false, true].flatMap((keepAlive) => [
    new http.Agent({ keepAlive, maxSockets: LIMITS.sockets, timeout: LIMITS.idleMs }),
    new https.Agent({ keepAlive, maxSockets: LIMITS.sockets, timeout: LIMITS.idleMs }),
  ]);
  readonly #clock: Clock;
  readonly #traffic: Traffic | undefined;
  readonly #stops = new Set<() => void>();
  readonly #settled = new Set<() => void>();
  #underWay = 0;
  #closed = false;

  /**
   * @param latencyMs delay of each notification, ms
   * @param clock the clock for pauses
   * @param traffic where notifications are recorded
   */
  constructor(latencyMs: number, clock: Clock = new Clock(), traffic?: Traffic) {
    this.latencyMs = latencyMs;
    this.#clock = clock;
    this.#traffic = traffic;
  }

  /** The mock's time, ms. */
  now(): number {
    return this.#clock.now();
  }

  /** Counts work as running until it is done. */
  async track(work: Promise<void>): Promise<void> {
    this.#underWay += 1;
    try {
      await work;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) {
        for (const resolve of this.#settled) resolve();
        this.#settled.clear();
      }
    }
  }

  /** Resolves when nothing is running. */
  async settled(): Promise<void> {
    if (this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      this.#settled.add(resolve);
    });
  }

  /**
   * Waits.
   * @param ms milliseconds; 0 does not wait
   * @returns false if the mock was closed meanwhile
   */
  async pause(ms: number): Promise<boolean> {
    if (ms > 0 && !this.#closed) await this.#clock.wait(ms);
    return !this.#closed;
  }

  /**
   * Sends one notification, once: neither retries after a failure or a timeout (LIMITS.deadlineMs), nor follows
   * redirects. Resolves when it was answered or has failed; never rejects.
   */
  async send(planned: Planned): Promise<void> {
    if (this.#closed || planned.dropped) return;
    const { protocol, hostname, host, port, pathname, search } = new URL(planned.to);
    const secure = protocol === 'https:';
    const body = planned.text ?? JSON.stringify(planned.envelope);
    // A flat list of names and values is the cheapest form of headers; node adds no Host to it.
    const headers = ['Host', host, ...Object.entries(planned.headers).flat()];
    if (!planned.pieces) headers.push('Content-Length', String(Buffer.byteLength(body)));
    if (!planned.keepAlive) headers.push('Connection', 'close');
    const options = {
      hostname: withoutBrackets(hostname),
      port,
      path: `${pathname}${search}`,
      method: planned.method,
      headers,
      agent: this.#agents[(planned.keepAlive ? 2 : 0) + (secure ? 1 : 0)],
    };
    const entry = this.#traffic?.notification(planned, body);
    const from = performance.now();
    await new Promise<void>((resolve) => {
      const request = secure ? https.request(options) : http.request(options);
      const deadline = setTimeout(() => request.destroy(new Error(LATE)), LIMITS.deadlineMs);
      const stop = (): void => void request.destroy();
      const done = (): void => {
        clearTimeout(deadline);
        this.#stops.delete(stop);
        resolve();
      };
      this.#stops.add(stop);
      request.on('response', (response) => {
        if (entry) entry.status = response.statusCode;
        let read = 0;
        response.on('data', (chunk: Buffer) => {
          read += chunk.length;
          if (read > LIMITS.acknowledgementBytes) request.destroy();
        });
        response.on('error', done);
      });
      request.on('error', (error) => {
        if (entry) entry.error ??= reasonOf(error);
        done();
      });
      request.on('close', done);
      if (planned.pieces) void this.#writePieces(request, Buffer.from(body), planned.pieces);
      else request.end(body);
    });
    if (entry) this.#told(entry, performance.now() - from);
  }

  /** Ends every pause and cuts every connection. */
  close(): void {
    this.#closed = true;
    this.#clock.endWaits();
    for (const stop of this.#stops) stop();
    this.#stops.clear();
    for (const agent of this.#agents) agent.destroy();
  }

  #told(entry: MockNotification, tookMs: number): void {
    entry.tookMs = tookMs;
    if (this.#closed && entry.status === undefined) entry.error = STOPPED;
    this.#traffic?.acknowledged(entry);
  }

  async #writePieces(request: http.ClientRequest, body: Buffer, pieces: Pieces): Promise<void> {
    for (const piece of cut(body, pieces.count)) {
      request.write(piece);
      if (!(await this.pause(pieces.pauseMs)) || request.destroyed) return;
    }
    request.end();
  }
}

/** Cuts bytes into `count` pieces of about the same length; no piece is empty. */
export function cut(bytes: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size));
  return pieces;
}
