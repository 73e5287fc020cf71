import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { withoutBrackets } from '../common/urls';
import { API_PATH, limitServer, STATES_PATH } from './app';
import { makeCertificate } from './certificate';
import { createMock, type MockControls } from './create-mock';
import { checkOptions, type MockOptions, type MockTls } from './options';

/** A mock that listens. */
export interface Mock extends MockControls {
  /** base URL of the API, `http://127.0.0.1:PORT/v1.0` */
  url: string;
  /** URL of the states endpoint */
  states: string;
  /** PEM text of the authority that signed its certificate, if the certificate was made at the start */
  ca: string | undefined;
  /** Stops at once and releases every socket, timer and port. May be called twice. */
  close(): Promise<void>;
}

/** Addresses that mean all addresses of a machine, and the loopback address of each. */
const EVERY_ADDRESS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Whether a mock on this listening address can be reached at all addresses of the machine. */
export function listensEverywhere(host: string): boolean {
  return Object.hasOwn(EVERY_ADDRESS, host);
}

/** The names and addresses at which clients may reach a mock, as far as this machine knows them. */
function reachedBy(host: string, names: readonly string[]): string[] {
  const interfaces = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const everywhere = listensEverywhere(host);
  const others = everywhere ? [hostname(), ...interfaces.map(({ address }) => address)] : [host];
  return [...new Set(['localhost', '127.0.0.1', '::1', ...others, ...names])];
}

function certificateOf(tls: MockTls, host: string): { cert: string; key: string; ca?: string } | undefined {
  if (tls === false) return undefined;
  if (tls !== true && 'cert' in tls) return tls;
  return makeCertificate(reachedBy(host, tls === true ? [] : tls.names));
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken; choose another, or 0 for any that is free',
  EACCES: 'this user may not listen at this port; choose one above 1023, or 0 for any that is free',
  EADDRNOTAVAIL:
    'this machine has no such address; 127.0.0.1 is for this machine alone, 0.0.0.0 for every address of it',
  EAFNOSUPPORT: 'this machine has no addresses of this kind; try 0.0.0.0',
  ENOTFOUND: 'there is no host of this name; 127.0.0.1 is for this machine alone, 0.0.0.0 for every address of it',
  EAI_AGAIN: 'the name of the host could not be looked up',
};

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code = '', message } = error;
  const reason = Object.hasOwn(REASONS, code) ? `${REASONS[code]} (${code})` : message;
  return Object.assign(new Error(`The mock can't listen at ${host}, port ${port}: ${reason}`, { cause: error }), {
    code,
  });
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error): void => reject(listenError(error, host, port));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.removeListener('error', fail);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Starts a mock.
 * @returns once it listens
 * @throws Error for an unknown option, fault or variant, an invalid value of an option, or a host and port on which it
 *   cannot listen (its `code` is node's)
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  checkOptions(options, ['port', 'host', 'tls']);
  const { port = 0, host: given = '127.0.0.1', tls = false, ...rest } = options;
  const host = withoutBrackets(given);
  const mock = createMock(rest);
  const { app, ...controls } = mock;
  const certificate = certificateOf(tls, host);
  const server: Server = certificate
    ? createSecureServer({ cert: certificate.cert, key: certificate.key }, app)
    : createServer(app);
  limitServer(server);
  const listening = await listen(server, host, port);
  const reached = EVERY_ADDRESS[host] ?? host;
  const origin = `${certificate ? 'https' : 'http'}://${reached.includes(':') ? `[${reached}]` : reached}:${listening}`;
  let closing: Promise<void> | undefined;
  return {
    ...controls,
    url: `${origin}${API_PATH}`,
    states: `${origin}${STATES_PATH}`,
    ca: certificate?.ca,
    close() {
      closing ??= new Promise<void>((resolve) => {
        mock.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}
