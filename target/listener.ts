import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { withPathSegment, withoutQuery } from '../common/urls';
import type { Delivery } from '../history/events';
import type { Recorder } from '../history/recorder';
import { Acknowledgement } from './acknowledgement';
import { AcknowledgementHold } from './acknowledgement-hold';
import { CallbackPaths } from './callback-paths';
import { limitConnections } from './connection-limit';
import { DeliveryBody } from './delivery-body';
import { DeliveryQuota, DeliveryRoom } from './delivery-quota';
import { DeliveryTimes, type DeliveryTiming } from './delivery-times';

/** The header with the listener's time, ms on its history's clock. */
export const CLOCK_HEADER = 'x-listener-clock';
/** The longest time for the headers of a delivery, and for the whole request, ms. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
const MAX_CONNECTIONS = 512;

export interface ListenerOptions {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** The URL at which the target reaches the listener, if it differs from the address. */
  publicUrl?: string;
  /** Whether to skip the check that this URL leads to the listener. */
  unchecked?: boolean;
  recorder: Recorder;
  /** The longest time that an acknowledgement is held while a response is outstanding, ms. */
  holdMs?: number;
  /**
   * Measures arrivals, so that orders can be proved even for senders that do not wait for acknowledgements. Without it,
   * only acknowledgements prove orders, and they are sent at once.
   */
  timing?: DeliveryTiming;
  /** The maximum number of kept deliveries; default 10,000. */
  maxDeliveries?: number;
  /** The maximum number of connections, default 512; above it, the longest idle connection is closed. */
  maxConnections?: number;
}

/** Receives the notifications of the target. */
export interface Listener {
  /** The base URL of the callback paths. */
  url: string;
  /** Answers a GET with 200 if the listener can be reached. */
  readyUrl: string;
  /** Whether to skip the check that this URL leads to the listener. */
  unchecked: boolean;
  /** Creates an unguessable callback URL. @param key the key of its call, which deliveries will have */
  arm(key: string): string;
  /**
   * Until the promise settles, holds the acknowledgements of deliveries to a call: a target that sends the notification
   * before the response then shows a gap that scheduling can't explain.
   */
  holdAcknowledgements(key: string, answered: Promise<unknown>): void;
  /** Ends a call of a load run: its deliveries are no longer kept, and make room. */
  endCall(key: string): void;
  /** Registers a function that is called with each recorded delivery. */
  onDelivery(listener: (delivery: Delivery) => void): void;
  /** Remarks about deliveries that could not be kept. */
  remarks(): string[];
  /** Stops listening and ends pending requests. */
  close(): Promise<void>;
}

/**
 * Starts the callback listener. It acknowledges every request with 202, whatever the method, because the judges report
 * defects. It also keeps deliveries to paths of no call.
 * @throws Error with a `code` if the address can't be used
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
  const now = (): number => recorder.now();
  const paths = new CallbackPaths();
  const hold = new AcknowledgementHold(now, holdMs, timing);
  const quota = new DeliveryQuota(maxDeliveries);
  const times = timing && new DeliveryTimes(timing);
  const listeners: ((delivery: Delivery) => void)[] = [];
  let dropped = 0;
  let ended = 0;
  let closing = false;

  function receive(req: IncomingMessage, res: ServerResponse): void {
    const headersAt = now();
    const path = (req.url ?? '/').split('?')[0] ?? '/';
    if (paths.segmentOf(path) === paths.ready) {
      // Senders on other machines use this time to synchronize their clocks.
      res.writeHead(200, { 'Content-Type': 'text/plain', [CLOCK_HEADER]: String(headersAt) }).end(paths.ready);
      return;
    }
    const call = paths.keyOf(path);
    if (closing || !quota.admit(call ?? '')) {
      dropped += 1;
      res.writeHead(202, { 'Content-Length': '0', Connection: 'close' }).end();
      req.resume();
      return;
    }
    const n = recorder.reserve();
    const unread = times?.of(req.socket, headersAt);
    const room = new DeliveryRoom(quota, call ?? '');
    const received = new DeliveryBody(req, room);
    const acknowledgement = new Acknowledgement(req, res, now);
    let bodyAt: number | undefined;
    req.on('end', () => {
      bodyAt = now();
      recent.delete(req.socket);
      recent.add(req.socket);
      acknowledgement.due();
      void hold.wait(call, bodyAt).then(() => acknowledgement.send());
    });
    req.on('error', () => undefined);
    res.on('close', () => {
      const body = received.toBody(bodyAt === undefined);
      if (room.isExceeded) {
        dropped += 1;
        return;
      }
      const acknowledgedAt = acknowledgement.takenAt;
      const event = {
        kind: 'delivery' as const,
        method: req.method ?? '',
        path,
        ...(call === undefined ? {} : { call }),
        headers: received.headers,
        body,
        headersAt,
        bodyAt: bodyAt ?? now(),
        ...(acknowledgedAt === undefined ? { leftAt: now() } : { acknowledgedAt }),
        ...unread,
      };
      const delivery = recorder.add(event, n);
      room.record();
      if (delivery.kind === 'delivery') for (const listener of listeners) listener(delivery);
    });
  }

  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 1000 },
    receive,
  );
  server.on('connection', (socket: Socket) => {
    hold.connectionAccepted();
    times?.opened(socket, now());
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
    readyUrl: withPathSegment(base, paths.ready),
    unchecked,
    arm: (key) => paths.add(key, base),
    holdAcknowledgements: (key, answered) => hold.add(key, answered),
    endCall: (key) => quota.endCall(key),
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
