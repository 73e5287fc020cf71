import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Delivery } from '../../history/events';
import type { Recorder } from '../../history/recorder';
import { startListener, type Listener, type ListenerOptions } from '../../target/listener';
import { aRecorder } from './recording';

/** A test's callback listener and its deliveries. */
export interface Bench {
  listener: Listener;
  recorder: Recorder;
  deliveries: Delivery[];
  /** Resolves when `count` deliveries have been recorded. */
  recorded: (count: number) => Promise<Delivery[]>;
  /** A connection to the listener, which must have no public URL. */
  connection: () => Promise<Socket>;
}

/** Starts listeners that are closed after each test of the file. */
export function listeners(): (options?: Partial<ListenerOptions>) => Promise<Bench> {
  const open: Listener[] = [];
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(open.splice(0).map(async (listener) => listener.close()));
  });
  return async (options = {}) => {
    const recorder = options.recorder ?? aRecorder();
    const listener = await startListener({ host: '127.0.0.1', port: 0, ...options, recorder });
    open.push(listener);
    const deliveries: Delivery[] = [];
    const waiting = new Set<() => void>();
    listener.onDelivery((delivery) => {
      deliveries.push(delivery);
      for (const look of waiting) look();
    });
    const recorded = async (count: number): Promise<Delivery[]> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (deliveries.length < count) return;
          waiting.delete(look);
          resolve(deliveries);
        };
        waiting.add(look);
        look();
      });
    const connection = async (): Promise<Socket> => {
      const socket = connect(Number(new URL(listener.readyUrl).port), '127.0.0.1');
      sockets.push(socket.on('error', () => undefined));
      await once(socket, 'connect');
      return socket;
    };
    return { listener, recorder, deliveries, recorded, connection };
  };
}

/** Collects the data of a connection until it fits. */
export async function gets(socket: Socket, fits: (text: string) => boolean): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (fits(text)) end();
    };
    const end = (): void => {
      socket.off('data', take);
      resolve(text);
    };
    socket.on('data', take).once('close', end);
  });
}

/** The bytes of a POST with a body. */
export function post(path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
