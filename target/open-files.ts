import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { devNull } from 'node:os';
import { codeOf, isOutOfFiles, shortageOf } from '../common/errors';

/** The interval of the additional checks, ms. */
const CHECK_MS = 25;

/** If only this many places are free after a connection closed, there may have been none before. */
const FEW_FREE = 8;

/**
 * Checks whether this process can open a number of additional files.
 * @returns the shortage as text; undefined if there is none
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

/** A run and its contracts watch at the same time; one check serves both. */
const watchers = new Set<(lacks: string) => void>();
const CHANNELS = ['net.client.socket', 'net.server.socket'];
let timer: NodeJS.Timeout | undefined;

function checkOpenFiles(places = 1): void {
  const lacks = watchers.size === 0 ? undefined : openFilesShortage(places);
  if (lacks !== undefined) for (const onLack of watchers) onLack(lacks);
}

/** Whether the open files were checked after a connection was closed in this turn of the event loop. */
let checked = false;

/** All connections that close in one turn of the event loop have freed their places by the first of these events. */
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
 * Watches whether this process can open one more file. If it can't, Node accepts incoming connections and drops them
 * silently, so deliveries are lost without a trace. It therefore checks after each connection that took a place, which
 * may have been the last one, and after each that freed one.
 * @param onLack called with the shortage as text
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
