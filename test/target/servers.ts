import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Servers of one test file on 127.0.0.1; each is closed with its sockets after its test. */
export interface Servers {
  /** A server of raw bytes. @param take called with each connection, whose errors are ignored */
  tcp: (take: (socket: Socket) => void) => Promise<string>;
  /** A server that sends these bytes as soon as a connection has sent something. */
  saying: (bytes: string, then?: (socket: Socket) => void) => Promise<string>;
  http: (listener: RequestListener) => Promise<string>;
  /** A server with a self-signed certificate. */
  selfSigned: (listener: RequestListener) => Promise<string>;
  /** A server with a given certificate. */
  https: (certificate: { key: Buffer; cert: Buffer }, listener: RequestListener) => Promise<string>;
}

/** The port of a listening server. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** The origin of a server when it listens. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${portOf(server)}`;
}

/** A self-signed certificate for 127.0.0.1, and its key. */
function certificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject];
  execFileSync('openssl', args, { stdio: 'ignore' });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}

/** A certificate for 127.0.0.1 from a private authority, its key, and the file of the authority's certificate. */
export function vouchedFor(folder: string): { key: Buffer; cert: Buffer; ca: string } {
  const at = (name: string): string => join(folder, name);
  const ca = at('ca.pem');
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  openssl('req', '-x509', ...made, '-keyout', at('ca.key'), '-out', ca, '-subj', '/CN=Private authority');
  openssl('req', ...made.slice(0, 3), '-keyout', at('key.pem'), '-out', at('request.pem'), '-subj', '/CN=127.0.0.1');
  writeFileSync(at('names.txt'), 'subjectAltName=IP:127.0.0.1\n');
  const signing = ['-CA', ca, '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', at('names.txt')];
  openssl('x509', '-req', '-in', at('request.pem'), ...signing, '-out', at('cert.pem'));
  return { key: readFileSync(at('key.pem')), cert: readFileSync(at('cert.pem')), ca };
}

/** Servers that are closed after each test of the file. */
export function servers(): Servers {
  const open = new Set<Server>();
  const sockets = new Set<Socket>();
  const keep = (server: Server): Server => {
    open.add(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket.on('error', () => undefined));
      socket.once('close', () => sockets.delete(socket));
    });
    return server;
  };
  afterEach(async () => {
    const ended = [...open].map(
      async (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
        }),
    );
    for (const socket of sockets) socket.destroy();
    open.clear();
    await Promise.all(ended);
  });
  const tcp = async (take: (socket: Socket) => void): Promise<string> => listening(keep(createTcpServer(take)));
  return {
    tcp,
    saying: async (bytes, then = () => undefined) =>
      tcp((socket) => {
        socket.once('data', () => socket.write(bytes, () => then(socket)));
      }),
    http: async (listener) => listening(keep(createHttpServer(listener))),
    https: async ({ key, cert }, listener) =>
      (await listening(keep(createHttpsServer({ key, cert }, listener)))).replace('http:', 'https:'),
    selfSigned: async (listener) =>
      (await listening(keep(createHttpsServer(certificate(), listener)))).replace('http:', 'https:'),
  };
}

/** An origin without a server. */
export async function deserted(): Promise<string> {
  const server = createTcpServer();
  const origin = await listening(server);
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return origin;
}
