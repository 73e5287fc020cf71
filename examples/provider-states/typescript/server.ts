import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallingService, Refusal } from './service.ts';
import { answerState } from './states.ts';

/** The permission of each token. A real service checks the tokens of its issuer instead. */
const TOKENS: Record<string, 'invite' | 'nothing'> = {
  'bot-that-may-invite': 'invite',
  'bot-that-may-not': 'nothing',
  somebody: 'nothing',
};
const service = new CallingService();

async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new Refusal(400, 'BadRequest', 'The body is not JSON.');
  }
}

function send(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  res.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function authorize(req: IncomingMessage): void {
  const [scheme, token = ''] = (req.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !Object.hasOwn(TOKENS, token)) {
    throw new Refusal(401, 'InvalidAuthenticationToken', 'The request needs a valid bearer token.');
  }
  if (TOKENS[token] !== 'invite') throw new Refusal(403, 'Forbidden', 'The token does not permit invitations.');
}

async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
  // The service ignores a query, for example one with a token.
  const [path = ''] = (req.url ?? '').split('?');
  if (req.method === 'POST' && path === '/provider-states' && process.env['NODE_ENV'] !== 'production') {
    const { status, body } = answerState(service, await readJson(req));
    return send(res, status, body);
  }
  const [, callId] = /^\/v1\.0\/communications\/calls\/([^/]+)\/participants\/invite$/.exec(path) ?? [];
  if (req.method !== 'POST' || callId === undefined) throw new Refusal(404, 'NotFound', 'The path is unknown.');
  authorize(req);
  if (!/^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'UnsupportedMediaType', 'The body must be application/json.');
  }
  const answered = new Promise((resolve) => res.once('close', resolve));
  const { operation, location } = service.invite(callId, await readJson(req), answered);
  return send(res, 200, operation, { Location: location });
}

const server = createServer((req, res) => {
  handle(req, res).catch((error: unknown) => {
    const { status, code, message } =
      error instanceof Refusal ? error : { status: 500, code: 'InternalServerError', message: 'Internal error.' };
    send(res, status, { error: { code, message } });
  });
});
server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
