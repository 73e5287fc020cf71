import { cut } from './delivery';
import type { Answer } from './hooks';
import { parseJson } from './json';
import { enterAnswer, type RequestVisit } from './routing';
import type { World } from './world';

/**
 * Writes a response.
 * @returns when it has been sent, or the client has disconnected
 */
export async function write(
  world: World,
  { response, entry }: Pick<RequestVisit, 'response' | 'entry'>,
  answer: Answer,
): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
  const alive = async (ms: number): Promise<boolean> => {
    if (!(await world.dispatcher.pause(ms))) response.destroy();
    return !response.destroyed;
  };
  if (answer.delayMs > 0 && !(await alive(answer.delayMs))) return;
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  if (entry) {
    enterAnswer(
      entry,
      answer.status,
      answer.headers,
      answer.text === undefined ? answer.body : parseJson(Buffer.from(text)),
    );
  }
  if (answer.pieces) {
    response.writeHead(answer.status, answer.headers).flushHeaders();
    if (!(await alive(answer.pieces.afterHeadersMs ?? 0))) return;
    for (const piece of cut(Buffer.from(text), answer.pieces.count)) {
      response.write(piece);
      if (!(await alive(answer.pieces.pauseMs))) return;
    }
    response.end();
  } else {
    const length = answer.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(text)) };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    // Written as one string, it leaves in one piece with the headers.
    response.end(text);
  }
  await gone;
}
