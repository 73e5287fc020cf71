import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { bodyOf, headerPairs } from '../history/body';
import type { Delivery } from '../history/events';
import { BodyBuffer } from '../history/body-buffer';
import type { Recorder } from '../history/recorder';
import { bodyMemory, headersMemory } from '../history/memory-estimate';
import { withPathSegment, withoutQuery } from '../common/urls';
import { DeliveryQuota } from './delivery-quota';
import { DeliveryTimes, type DeliveryTiming } from './delivery-times';
import { limitConnections } from './connection-limit';

/** The header in which the listener tells the time, ms by its history's clock. */
export const CLOCK_HEADER = 'x-listener-clock';
/** The longest notification that is kept, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;
/** How long a sender may take for its headers, and for its whole request, ms. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
const MAX_CONNECTIONS = 512;
/** In how many steps an acknowledgement is withheld. */
const HOLD_STEPS = 8;
/** How many turns of the event loop it takes to accept a connection and to read what came by it. */
const ACCEPT_TURNS = 3;
/** How long an acknowledgement waits at most for connections that are yet to be accepted, ms. */
const MAX_ACCEPT_WAIT_MS = 1000;
/**
 * How much longer than the slack an acknowledgement is withheld, ms: a timer may fire a little early. Of the slack no more
 * counts than this, ms: what waits for an acknowledgement from far away comes a round trip after it as it is.
 */
const TIMER_MARGIN_MS = 2;
const MAX_HOLD_MS = 20;
export interface ListenerOptions {
  host: string;
  /** 0: any that is free. */
  port: number;
  /** Where the target reaches the listener, where that is not where it listens. */
  publicUrl?: string;
  /** Whether nobody is to look from here whether that URL leads to the listener. */
  unchecked?: boolean;
  recorder: Recorder;
  /** The longest time for which an acknowledgement is withheld while an answer is outstanding, ms. */
  holdMs?: number;
  /**
   * Times what comes so that orders can be proved of senders that wait for no acknowledgement; without it, orders go by
   * acknowledgements alone, which leave as soon as they may.
   */
  timing?: DeliveryTiming;
  /** How many deliveries are kept; default 10,000. */
  maxDeliveries?: number;
  /** How many connections are held, default 512; the one that has been idle the longest makes room for another. */
  maxConnections?: number;
}

/** Receives the target's notifications. */
export interface Listener {
  /** The URL under which the callback paths lie. */
  url: string;
  /** Answers 200 to a GET where the listener can be reached. */
  readyUrl: string;
  /** Whether nobody is to look from here whether that URL leads here. */
  unchecked: boolean;
  /** Makes a callback path that nobody can guess. @param key the call's, that deliveries are to be known by */
  arm(key: string): string;
  /**
   * Until the promise is over, deliveries to a call are acknowledged only after a while: a target that announces first
   * and answers afterwards thereby shows itself by a gap that no scheduling can explain.
   */
  holdAcknowledgements(key: string, answered: Promise<unknown>): void;
  /** A call of a load run is over: what came to it is kept no more, and makes room. */
  endCall(key: string): void;
  /** Calls back with each delivery as it is recorded. */
  onDelivery(listener: (delivery: Delivery) => void): void;
  /** What could not be kept, in words. */
  remarks(): string[];
  /** Stops listening and ends what is under way. */
  close(): Promise<void>;
}

/**
 * Starts the callback listener. It acknowledges with 202 whatever comes, whatever the method: the judges say what was
 * wrong with it. Deliveries to paths that belong to no call are kept too, without a call.
 * @throws Error with a `code` where the address can't be taken
 */
export async function startListener({
  host,
  port,
  publicUrl,
  unchecked = false,
  recorder,
  holdMs = 40,
  timing,
  maxDeliveries,
  maxConnections = MAX_CONNECTIONS,
}: ListenerOptions): Promise<Listener> {
  const keys = new Map<string, string>();
  const held = new Map<string, Set<Promise<unknown>>>();
  const listeners: ((delivery: Delivery) => void)[] = [];
  const allowance = new DeliveryQuota(maxDeliveries);
  let dropped = 0;
  let ended = 0;
  let closing = false;
  let accepted = 0;
  const times = timing && new DeliveryTimes(timing);

  /** Waits until a delivery whose body was read at some time may be acknowledged. */
  async function withhold(call: string | undefined, bodyAt: number): Promise<void> {
    const outstanding = [...(held.get(call ?? '') ?? [])];
    if (outstanding.length > 0) {
      const answered = Promise.allSettled(outstanding).then(() => true);
      const over = new AbortController();
      // In steps: where this process was kept from running, an answer that is there by now is read before the time is up.
      const until = recorder.now() + holdMs;
      for (let step = 0; step < HOLD_STEPS || recorder.now() < until; step += 1) {
        const waited = sleep(holdMs / HOLD_STEPS, false, { signal: over.signal });
        if (await Promise.race([answered, waited])) break;
      }
      over.abort();
    }
    // A sender that waits for it shows itself by a gap that is longer than the slack.
    const rest = timing ? bodyAt + Math.min(timing.slackMs, MAX_HOLD_MS) + TIMER_MARGIN_MS - recorder.now() : 0;
    if (rest > 0) await sleep(rest);
    // What was sent before this delivery, on a new connection, may not have been accepted and read yet: it began earlier.
    // Node accepts one a turn, so many that came together take many turns, while those that are open are read at once.
    const enough = recorder.now() + MAX_ACCEPT_WAIT_MS;
    for (let calm = 0; calm < ACCEPT_TURNS && recorder.now() < enough;) {
      const before = accepted;
      await turn();
      calm = accepted === before ? calm + 1 : 0;
    }
  }

  function receive(req: IncomingMessage, res: ServerResponse): void {
    const headersAt = recorder.now();
    const path = (req.url ?? '/').split('?')[0] ?? '/';
    const token = path.split('/').filter(Boolean).at(-1) ?? '';
    if (token === ready) {
      // By this, senders on other machines tell how far their clocks are off.
      res.writeHead(200, { 'Content-Type': 'text/plain', [CLOCK_HEADER]: String(headersAt) }).end(ready);
      return;
    }
    const call = keys.get(token);
    const source = call ?? '';
    if (closing || !allowance.admit(source)) {
      dropped += 1;
      res.writeHead(202, { 'Content-Length': '0', Connection: 'close' }).end();
      req.resume();
      return;
    }
    const n = recorder.reserve();
    const timed = times?.of(req.socket, headersAt);
    const headers = headerPairs(req.rawHeaders);
    const gathered = new BodyBuffer(MAX_BODY_BYTES);
    let total = 0;
    let weight = 0;
    let overweight = false;
    let bodyAt: number | undefined;
    let sentAt: number | undefined;
    let left = false;
    // Its bytes leave now; that they have left is told a little later.
    const acknowledge = (): void => {
      if (res.writableEnded) return;
      sentAt = recorder.now();
      res.writeHead(202, { 'Content-Length': '0' }).end();
    };
    // What there is no room for is let go at once, with all that came before it.
    const weigh = (more: number): void => {
      if (overweight) return;
      if (allowance.grow(source, more)) weight += more;
      else {
        overweight = true;
        gathered.clear();
        allowance.shrink(source, weight);
      }
    };
    // The path is cut out of the whole, and holds on to it.
    weigh(headersMemory(headers) + (req.url ?? '').length);
    req.on('data', (chunk: Buffer) => {
      const part = chunk.subarray(0, Math.max(MAX_BODY_BYTES - total, 0));
      total += chunk.length;
      if (!overweight && part.length > 0) weigh(gathered.add(part));
      if (total > MAX_BODY_BYTES * 8) req.destroy();
    });
    req.on('end', () => {
      bodyAt = recorder.now();
      recent.delete(req.socket);
      recent.add(req.socket);
      void withhold(call, bodyAt).then(acknowledge);
    });
    req.on('error', () => undefined);
    // A sender that ends its side may be gone, or may wait for the acknowledgement: it gets one at once, before node ends
    // this side too, and is not relied on to have taken it.
    const leave = (): void => {
      left = true;
      if (bodyAt !== undefined) acknowledge();
    };
    const { socket } = req;
    socket.prependListener('end', leave);
    res.on('close', () => {
      socket.off('end', leave);
      const body = bodyOf(gathered.toBuffer(), total, bodyAt === undefined);
      weigh(bodyMemory(body, headers) - gathered.capacity);
      if (overweight) {
        dropped += 1;
        return;
      }
      const acknowledgedAt = res.writableFinished && !left ? sentAt : undefined;
      const event = {
        kind: 'delivery' as const,
        method: req.method ?? '',
        path,
        ...(call === undefined ? {} : { call }),
        headers,
        body,
        headersAt,
        bodyAt: bodyAt ?? recorder.now(),
        ...(acknowledgedAt === undefined ? { leftAt: recorder.now() } : { acknowledgedAt }),
        ...timed,
      };
      const delivery = recorder.add(event, n);
      allowance.record(source, weight);
      if (delivery.kind === 'delivery') for (const listener of listeners) listener(delivery);
    });
  }

  const ready = randomBytes(16).toString('hex');
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 1000 },
    receive,
  );
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    times?.opened(socket, recorder.now());
  });
  const recent = limitConnections(server, maxConnections, () => {
    ended += 1;
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  const local = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
  const base = publicUrl ?? local;

  return {
    url: withoutQuery(base).replace(/\/+$/, ''),
    readyUrl: withPathSegment(base, ready),
    unchecked,
    arm: (key) => {
      const token = randomBytes(16).toString('hex');
      keys.set(token, key);
      return withPathSegment(base, token);
    },
    holdAcknowledgements: (key, answered) => {
      const all = held.get(key) ?? new Set();
      held.set(key, all.add(answered));
      const release = (): void => {
        all.delete(answered);
        if (all.size === 0 && held.get(key) === all) held.delete(key);
      };
      answered.then(release, release);
    },
    endCall: (key) => allowance.endCall(key),
    onDelivery: (listener) => void listeners.push(listener),
    remarks: () => [
      ...(unchecked
        ? ['the suite did not check whether the callback URL leads to its listener, because of --callback-unchecked']
        : []),
      ...(dropped > 0
        ? [`${dropped} deliveries were not recorded: there were more than the limit for one call or for the run`]
        : []),
      ...(ended > 0
        ? [
            `${ended} connections were closed because more than ${maxConnections} were open at once, the longest idle first`,
          ]
        : []),
    ],
    close: async () => {
      closing = true;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
