import type { ServerResponse } from 'node:http';
import { cut } from './delivery';
import type { Answer } from './hooks';
import type { World } from './world';

/**
 * Writes an answer.
 * @returns when it has left, or the client is gone
 */
export async function write(world: World, response: ServerResponse, answer: Answer): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
  if (!(await world.dispatcher.pause(answer.delayMs)) || response.destroyed) return;
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  if (answer.pieces) {
    response.writeHead(answer.status, answer.headers).flushHeaders();
    if (!(await world.dispatcher.pause(answer.pieces.afterHeadersMs ?? 0)) || response.destroyed) return;
    for (const piece of cut(Buffer.from(text), answer.pieces.count)) {
      response.write(piece);
      if (!(await world.dispatcher.pause(answer.pieces.pauseMs)) || response.destroyed) return;
    }
    response.end();
  } else {
    const length = answer.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(text)) };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    // As a string it leaves in one piece with the headers.
    response.end(text);
  }
  await gone;
}
