import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mock } from '../../mock';
import { authority, type Authority } from '../target/certificates';

type Certificate = ReturnType<Authority['issues']>;

export interface SecuredTarget {
  /** The origin of the server, such as https://127.0.0.1:4711. */
  origin: () => string;
  own: Authority;
  client: Certificate;
  /** A certificate of another authority. */
  stranger: Certificate;
  /** The config's `tls`: the authority and the name of the server's certificate. */
  trust: { ca: { file: string }; serverName: string };
  /** The config's `tls`: the client certificate and its key. */
  pair: { cert: { file: string }; key: { file: string } };
}

/** An https server before the mock, with an authority of its own, that requires a client certificate; for one test file. */
export function securedTarget(mock: () => Mock): SecuredTarget {
  const folder = mkdtempSync(join(tmpdir(), 'invite-tls-'));
  const own = authority(folder, 'authority');
  const server = own.issues('server', 'DNS:calls.example');
  const client = own.issues('client');

  function pass(req: IncomingMessage, res: ServerResponse): void {
    const { hostname, port } = new URL(mock().url);
    const { method, headers, url: path } = req;
    const onward = request({ hostname, port, method, headers, path }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    req.pipe(onward.on('error', () => res.destroy()));
  }

  const secured = createServer({ ...server, ca: own.cert, requestCert: true, rejectUnauthorized: true }, pass);
  beforeAll(() => new Promise<void>((resolve) => void secured.listen(0, '127.0.0.1', resolve)));
  afterAll(async () => {
    const closed = new Promise((resolve) => secured.close(resolve));
    secured.closeAllConnections();
    await closed;
    rmSync(folder, { recursive: true });
  });
  return {
    origin: () => `https://127.0.0.1:${(secured.address() as AddressInfo).port}`,
    own,
    client,
    stranger: authority(folder, 'other').issues('stranger'),
    trust: { ca: { file: own.files.cert }, serverName: 'calls.example' },
    pair: { cert: { file: client.files.cert }, key: { file: client.files.key } },
  };
}
