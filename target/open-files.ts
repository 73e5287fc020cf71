import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { devNull } from 'node:os';
import { codeOf, isOutOfFiles, shortageOf } from '../common/errors';

/** How often it is looked besides, ms. */
const CHECK_MS = 25;

/** So few free places after a connection was closed say that there may have been none before. */
const FEW_FREE = 8;

/**
 * Looks whether this process can open so many more files.
 * @returns what it lacks, in words; undefined where it can
 */
export function openFilesShortage(places = 1): string | undefined {
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
const watchers = new Set<(lacks: string) => void>();
const CHANNELS = ['net.client.socket', 'net.server.socket'];
let timer: NodeJS.Timeout | undefined;

function checkOpenFiles(places = 1): void {
  const lacks = watchers.size === 0 ? undefined : openFilesShortage(places);
  if (lacks !== undefined) for (const onLack of watchers) onLack(lacks);
}

/** Whether the open files were checked after a connection was closed in this turn of the event loop. */
let checked = false;

/** Connections that are closed in one turn of the event loop have given all their places back by the first of these events. */
function onClose(): void {
  if (checked) return;
  checked = true;
  setImmediate(() => {
    checked = false;
  });
  checkOpenFiles(FEW_FREE);
}

function onConnection(message: unknown): void {
  const { socket } = message as { socket: Socket };
  socket.once('close', onClose);
  if (socket.connecting || socket.pending) socket.once('connect', () => checkOpenFiles());
  else checkOpenFiles();
}

/**
 * Watches whether this process can open one more file. Where it can't, a connection that somebody makes to it is taken and
 * dropped by the runtime, and nobody is told: what the target sends is lost without a trace. So it is looked each time
 * that a connection has taken a place, which may have been the last one, and when it has given it back.
 * @param onLack told what this machine lacks, in words
 * @returns ends the watch
 */
export function watchOpenFiles(onLack: (lacks: string) => void): () => void {
  if (watchers.size === 0) {
    for (const channel of CHANNELS) subscribe(channel, onConnection);
    timer = setInterval(() => checkOpenFiles(FEW_FREE), CHECK_MS).unref();
  }
  watchers.add(onLack);
  return () => {
    if (!watchers.delete(onLack) || watchers.size > 0) return;
    clearInterval(timer);
    for (const channel of CHANNELS) unsubscribe(channel, onConnection);
  };
}
