import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'node:tls';
import { createClient } from '../../target/client';
import { failureCause, failureReason } from '../../target/connection-failure';
import { secureOptions, type TlsSettings } from '../../target/tls';
import { authority, encrypted } from './certificates';
import { aRecorder, sending } from './recording';

const folder = mkdtempSync(join(tmpdir(), 'invite-tls-'));
const own = authority(folder, 'authority');
const other = authority(folder, 'other');
const server = own.issues('server', 'IP:127.0.0.1,DNS:calls.example');
const named = own.issues('calls.example');
const client = own.issues('client');
const stranger = other.issues('stranger');
const open = new Set<Server>();

afterEach(() => {
  for (const one of open) one.close();
  open.clear();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function https(options: ServerOptions): Promise<string> {
  const one = createServer({ cert: server.cert, key: server.key, ...options }, (req, res) => {
    const { subject } = (
      req.socket as unknown as { getPeerCertificate(): { subject?: { CN: string } } }
    ).getPeerCertificate();
    res.setHeader('Connection', 'close').end(subject?.CN ?? 'nobody');
  });
  open.add(one.on('tlsClientError', () => undefined));
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(one.address() as AddressInfo).port}/`;
}

async function answerAt(url: string, tls: TlsSettings | undefined, kept = false): Promise<string | undefined> {
  const one = createClient({ recorder: aRecorder(), timeoutMs: 10_000, concurrency: 1, tls });
  const connection = kept ? one.connection() : undefined;
  const { response, failure } = await one.send(sending(url, { connection }));
  connection?.close();
  return response?.body.content ?? failure?.reason;
}

const REQUIRED = { requestCert: true, rejectUnauthorized: true, ca: own.cert };
const PAIR = { cert: client.cert, key: client.key };

test.each([true, false])('a client certificate is sent; connection kept: %p', async (kept) => {
  expect(await answerAt(await https(REQUIRED), { ...PAIR, ca: own.cert }, kept)).toBe('client');
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'no client certificate, although the server requires one, %s',
  async (version) => {
    const url = await https({ ...REQUIRED, minVersion: version, maxVersion: version });
    expect(await answerAt(url, { ca: own.cert })).toMatch(/client certificate.*tls\.cert and tls\.key/);
  },
);

test.each([
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', /does not trust the issuer of the client certificate \(tls\.cert\)/],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', /rejected the client certificate \(tls\.cert\)/],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', /the client certificate \(tls\.cert\) has expired/],
])('an alert of the server about the client certificate: %s', (code, expected) => {
  const error = Object.assign(new Error('an alert'), { code });
  expect(failureReason(error)).toMatch(expected);
  expect(failureCause(error)).toBe('tls');
});

test("a target's certificate of an unknown authority is accepted with tls.ca", async () => {
  const url = await https({});
  expect(await answerAt(url, undefined)).toMatch(/^issuer not trusted: .*NODE_EXTRA_CA_CERTS .*tls\.ca in the config$/);
  expect(await answerAt(url, { ca: other.cert })).toMatch(/^issuer not trusted: /);
  expect(await answerAt(url, { ca: `${other.cert}${own.cert}` })).toBe('nobody');
});

test("a certificate for another name than the URL's is accepted with tls.serverName", async () => {
  const url = await https({ cert: named.cert, key: named.key });
  expect(await answerAt(url, { ca: own.cert })).toMatch(/for another host name \(tls\.serverName/);
  expect(await answerAt(url, { ca: own.cert, serverName: 'calls.example' })).toBe('nobody');
  expect(await answerAt(url, { ca: own.cert, serverName: 'calls.example' }, true)).toBe('nobody');
  expect(await answerAt(url, { ca: own.cert, serverName: 'other.example' })).toMatch(/for another host/);
});

test.each<[string, TlsSettings, string]>([
  [
    'a key of another certificate',
    { cert: client.cert, key: stranger.key },
    'tls.key is not the private key of the certificate in tls.cert',
  ],
  [
    'a chain in the wrong order',
    { cert: `${own.cert}${client.cert}`, key: client.key },
    'tls.cert: the certificate that belongs to tls.key must come first; it is number 2',
  ],
  ['only a key', { key: client.key }, 'tls.key without tls.cert: TLS needs both'],
  ['only a certificate', { cert: client.cert }, 'tls.cert without tls.key: TLS needs both'],
  [
    'an encrypted key',
    { cert: client.cert, key: encrypted(client.files.key) },
    'tls.key is encrypted: decrypt it first, for example with openssl pkey -in KEY -out KEY-DECRYPTED',
  ],
  [
    'key and certificate swapped',
    { cert: client.key, key: client.cert },
    'tls.cert contains no certificate in PEM format (-----BEGIN CERTIFICATE-----)',
  ],
  [
    'a certificate for the key',
    { cert: client.cert, key: client.cert },
    'tls.key contains no private key in PEM format (-----BEGIN PRIVATE KEY-----)',
  ],
  [
    'a truncated certificate',
    { ca: client.cert.replace(/^[^-]{64}$/m, '') },
    "tls.ca: certificate 1 of 1 can't be parsed; it is damaged or cut off",
  ],
  [
    'a truncated key',
    { cert: client.cert, key: client.key.replace(/^[^-]{64}$/m, '') },
    "tls.key: the private key can't be parsed; it is damaged, cut off, or of an unsupported kind",
  ],
  [
    'an address as the server name',
    { serverName: '127.0.0.1' },
    'tls.serverName must be a host name; it is "127.0.0.1"',
  ],
])('%s', (_name, tls, message) => {
  expect(() => secureOptions(tls)).toThrow(message);
});
