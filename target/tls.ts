import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { UsageError } from '../common/errors';
import { readTextNow, MAX_TEXT_BYTES } from '../common/read-file';
import type { RunOptions } from '../schemas/run-options';

/** TLS settings for the target in addition to Node's defaults. */
export type TlsSettings = NonNullable<RunOptions['tls']>;

/** The name of each setting where the user gave it. */
export type TlsNames = Record<keyof TlsSettings, string>;

/** The names in the config. */
export const TLS_NAMES: TlsNames = { cert: 'tls.cert', key: 'tls.key', ca: 'tls.ca', serverName: 'tls.serverName' };

/** The options of a connection of Node's. */
export interface SecureOptions {
  secureContext: SecureContext;
  servername?: string;
}

const CERTIFICATE =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** @throws UsageError if the text contains no certificate, or an unreadable one */
function certificatesIn(pem: string, name: string): X509Certificate[] {
  const found = pem.match(CERTIFICATE) ?? [];
  if (found.length === 0)
    throw new UsageError(`${name} contains no certificate in PEM format (-----BEGIN CERTIFICATE-----)`);
  return found.map((one, i) => {
    try {
      return new X509Certificate(one);
    } catch {
      throw new UsageError(
        `${name}: certificate ${i + 1} of ${found.length} can't be parsed; it is damaged or cut off`,
      );
    }
  });
}

/**
 * @throws UsageError if the text contains no private key that is readable without a passphrase; it never shows the text
 */
function keyIn(pem: string, name: string): KeyObject {
  if (!/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem))
    throw new UsageError(`${name} contains no private key in PEM format (-----BEGIN PRIVATE KEY-----)`);
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type:\s*4,\s*ENCRYPTED/.test(pem))
    throw new UsageError(
      `${name} is encrypted: decrypt it first, for example with openssl pkey -in KEY -out KEY-DECRYPTED`,
    );
  try {
    return createPrivateKey(pem);
  } catch {
    throw new UsageError(`${name}: the private key can't be parsed; it is damaged, cut off, or of an unsupported kind`);
  }
}

function checkPair({ cert, key }: TlsSettings, names: TlsNames): void {
  if (cert === undefined && key === undefined) return;
  if (cert === undefined) throw new UsageError(`${names.key} without ${names.cert}: TLS needs both`);
  if (key === undefined) throw new UsageError(`${names.cert} without ${names.key}: TLS needs both`);
  const certificates = certificatesIn(cert, names.cert);
  const own = keyIn(key, names.key);
  const at = certificates.findIndex((certificate) => certificate.checkPrivateKey(own));
  if (at === 0) return;
  if (at > 0)
    throw new UsageError(
      `${names.cert}: the certificate that belongs to ${names.key} must come first; it is number ${at + 1}`,
    );
  throw new UsageError(`${names.key} is not the private key of the certificate in ${names.cert}`);
}

/**
 * The authorities of NODE_EXTRA_CA_CERTS, which Node ignores if others are given. Node itself reports an unreadable
 * file.
 */
function extraAuthorities(): string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS'] ?? '';
  if (file === '') return [];
  try {
    return [readTextNow(file, 'NODE_EXTRA_CA_CERTS', MAX_TEXT_BYTES)];
  } catch {
    return [];
  }
}

/**
 * Checks that certificates and keys fit, and converts them into options for Node.
 * @param names the names of the settings, for messages
 * @throws UsageError that names the problem, and shows nothing of a key
 */
export function secureOptions(tls: TlsSettings, names: TlsNames = TLS_NAMES): SecureOptions {
  const { cert, key, ca, serverName } = tls;
  checkPair(tls, names);
  if (ca !== undefined) certificatesIn(ca, names.ca);
  if (
    serverName !== undefined &&
    (isIP(serverName) !== 0 || !/^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/.test(serverName))
  )
    throw new UsageError(`${names.serverName} must be a host name; it is ${JSON.stringify(serverName.slice(0, 80))}`);
  try {
    const secureContext = createSecureContext({
      ...(cert === undefined ? {} : { cert, key }),
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ...extraAuthorities(), ca] }),
    });
    return { secureContext, ...(serverName === undefined ? {} : { servername: serverName }) };
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string };
    const given = Object.entries(names).filter(([name]) => name !== 'serverName' && name in tls);
    throw new UsageError(`${given.map(([, name]) => name).join(', ')}: TLS does not accept it (${code})`);
  }
}
