import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { bench, readResult } from '../cli/command';
import { servers } from '../target/servers';
import { bytesOf } from '../support/bytes-of';

const { inProcess: command, folder, mock } = bench();
const { http } = servers();
jest.setTimeout(120_000);

/** A front end that checks only the form of a request, as a router and a validator do before authentication. */
async function strictFront(target: string): Promise<string> {
  const to = new URL(target);
  const refuse = (res: ServerResponse, status: number): void => {
    const error = { error: { code: 'Odd', message: 'This is not a request of the API.' } };
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(error));
  };
  const forward = (req: IncomingMessage, res: ServerResponse, body: Buffer): void => {
    const options = { hostname: to.hostname, port: to.port, path: req.url, method: req.method, headers: req.headers };
    request(options, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    }).end(body);
  };
  return http((req, res) => {
    void bytesOf(req).then((body) => {
      if (req.url?.includes('?') === true) refuse(res, 404);
      else if (body.includes('"access_token"')) refuse(res, 400);
      else forward(req, res, body);
    });
  });
}

test('a service that answers 404 to a query and 400 to an unknown property before it checks the token conforms', async () => {
  const target = await mock();
  const front = await strictFront(target.url);
  const env = {
    INVITE_TOKEN: target.tokens.valid,
    INVITE_TOKEN_WITHOUT_PERMISSION: target.tokens.withoutPermission,
    INVITE_TOKEN_DELEGATED: target.tokens.delegated,
  };
  const args = ['run', '--target', `${front}/v1.0`, '--states', target.states, '--scenario', 'authorization'];
  const { code } = await command([...args, '--gate', 'linked', '--out', 'run'], { env });
  const { behaviors } = readResult(join(folder(), 'run'));
  expect(behaviors.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id)).toEqual([]);
  expect(behaviors.find(({ id }) => id === 'authorization.required')?.verdict).toBe('passed');
  expect(code).toBe(0);
});
