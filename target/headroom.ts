import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { devNull } from 'node:os';
import { codeOf, isOutOfFiles, shortageOf } from '../common/errors';

/** How often it is looked besides, ms. */
const STEP = 25;

/** So few free places after a connection was closed say that there may have been none before. */
const FEW = 8;

/**
 * Looks whether this process can open so many more files.
 * @returns what it lacks, in words; undefined where it can
 */
export function lackOfFiles(places = 1): string | undefined {
  const opened: number[] = [];
  try {
    while (opened.length < places) opened.push(openSync(devNull, 'r'));
    return undefined;
  } catch (error) {
    return isOutOfFiles(error) ? shortageOf(codeOf(error)) : undefined;
  } finally {
    for (const one of opened) closeSync(one);
  }
}

/** Who is told; a run and its contracts watch at once, and it is looked once for both. */
const watching = new Set<(lacks: string) => void>();
const CHANNELS = ['net.client.socket', 'net.server.socket'];
let timer: NodeJS.Timeout | undefined;

function look(places = 1): void {
  const lacks = watching.size === 0 ? undefined : lackOfFiles(places);
  if (lacks !== undefined) for (const onLack of watching) onLack(lacks);
}

function connectionMade(message: unknown): void {
  const { socket } = message as { socket: Socket };
  socket.once('close', () => look(FEW));
  if (socket.connecting || socket.pending) socket.once('connect', () => look());
  else look();
}

/**
 * Watches whether this process can open one more file. Where it can't, a connection that somebody makes to it is taken and
 * dropped by the runtime, and nobody is told: what the target sends is lost without a trace. So it is looked each time
 * that a connection has taken a place, which may have been the last one, and when it has given it back.
 * @param onLack told what this machine lacks, in words
 * @returns ends the watch
 */
export function watchHeadroom(onLack: (lacks: string) => void): () => void {
  if (watching.size === 0) {
    for (const channel of CHANNELS) subscribe(channel, connectionMade);
    timer = setInterval(() => look(FEW), STEP).unref();
  }
  watching.add(onLack);
  return () => {
    if (!watching.delete(onLack) || watching.size > 0) return;
    clearInterval(timer);
    for (const channel of CHANNELS) unsubscribe(channel, connectionMade);
  };
}
