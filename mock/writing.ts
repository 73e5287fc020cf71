import type { Request, RequestHandler, Response } from 'express';
import { cut } from './delivery';
import { errorBody } from './errors';
import type { Answer } from './hooks';
import type { World } from './world';

/** The request's body; empty if it has none. */
export function bytesOf(request: Request): Uint8Array {
  const body: unknown = request.body;
  return body instanceof Uint8Array ? body : new Uint8Array();
}

/**
 * Writes an answer.
 * @returns when it has left, or the client is gone
 */
export async function write(world: World, response: Response, answer: Answer): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    response.once('finish', resolve);
    response.once('close', resolve);
  });
  if (!(await world.dispatcher.pause(answer.delayMs)) || response.destroyed) return;
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  const body = Buffer.from(text);
  if (answer.pieces) {
    response.writeHead(answer.status, answer.headers);
    for (const piece of cut(body, answer.pieces.count)) {
      response.write(piece);
      if (!(await world.dispatcher.pause(answer.pieces.pauseMs)) || response.destroyed) return;
    }
    response.end();
  } else {
    const length = answer.status === 204 ? {} : { 'Content-Length': String(body.length) };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    response.end(body);
  }
  await gone;
}

/** Refuses a method a path does not have. */
export function only(...methods: string[]): RequestHandler {
  return (request, response) => {
    const body = errorBody('BadRequest', `The method ${request.method} is not allowed here.`);
    response
      .writeHead(405, { 'Content-Type': 'application/json', Allow: methods.join(', ') })
      .end(JSON.stringify(body));
  };
}
