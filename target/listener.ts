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

/** The header in which the listener tells the time, ms by its history's clock. */
export const CLOCK_HEADER = 'x-listener-clock';
/** How long a sender may take for its headers, and for its whole request, ms. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
const MAX_CONNECTIONS = 512;

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
      // By this, senders on other machines tell how far their clocks are off.
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
