import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, integer, octets, oid, sequence, set, tagged, text, time, yes } from './der';

/** A freshly made TLS certificate, as PEM. */
export interface MadeCertificate {
  cert: string;
  key: string;
  /** the certificate of the authority that signed it; the authority's key is discarded */
  ca: string;
}

const OIDS = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  altName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

const HOUR = 60 * 60 * 1000;
/** Validity of a certificate, ms: short enough for every client to accept it. */
const VALID = 365 * 24 * HOUR;
const AUTHORITY = 'invite-conformance mock, made at its start';
const ALGORITHM = sequence(oid(OIDS.ecdsaWithSha256));

const newKeys = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const nameOf = (common: string): Buffer => sequence(set(sequence(oid(OIDS.commonName), text(common))));

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

/** An extension. @param critical whether a client that does not understand it must refuse the certificate */
const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [yes()] : []), octets(value));

/** The bytes of an IP address. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // The URL parser normalises IPv6: no embedded IPv4 part, at most one gap. A certificate holds no zone.
  const plain = new URL(`http://[${address.split('%')[0]}]/`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const gap = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return Buffer.from([...before, ...gap, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** A host as a subject alternative name: tag 2 for a DNS name, 7 for an IP address. */
const alternative = (host: string): Buffer =>
  isIP(host) === 0 ? tagged(0x82, Buffer.from(host)) : tagged(0x87, addressBytes(host));

const keyId = (key: KeyObject): Buffer =>
  createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();

interface Draft {
  subject: Buffer;
  publicKey: KeyObject;
  extensions: readonly Buffer[];
}

function signed({ subject, publicKey, extensions }: Draft, issuer: Buffer, issuerKey: KeyObject): string {
  const now = Date.now();
  const serial = randomBytes(16);
  // Keeps the serial number positive and not zero.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ALGORITHM,
    issuer,
    // Valid from an hour ago, because the clocks of other machines may be behind.
    sequence(time(new Date(now - HOUR)), time(new Date(now + VALID))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  return pem(sequence(content, ALGORITHM, bits(sign('sha256', content, issuerKey))));
}

/**
 * Makes an authority and a server certificate that it signs (RFC 5280). Node can sign but cannot write certificates,
 * and openssl is not installed everywhere.
 * @param hosts names and IP addresses of the server; at least one
 */
export function makeCertificate(hosts: readonly string[]): MadeCertificate {
  const [authority, server] = [newKeys(), newKeys()];
  const issuer = nameOf(AUTHORITY);
  const authorityId = keyId(authority.publicKey);
  const ca = signed(
    {
      subject: issuer,
      publicKey: authority.publicKey,
      extensions: [
        extension(OIDS.basicConstraints, true, sequence(yes(), integer(Buffer.from([0])))),
        // Only keyCertSign, the sixth bit.
        extension(OIDS.keyUsage, true, bits(Buffer.from([0b0000_0100]), 2)),
        extension(OIDS.subjectKeyId, false, octets(authorityId)),
      ],
    },
    issuer,
    authority.privateKey,
  );
  const cert = signed(
    {
      subject: nameOf('invite-conformance mock'),
      publicKey: server.publicKey,
      extensions: [
        extension(OIDS.basicConstraints, true, sequence()),
        // Only digitalSignature, the first bit.
        extension(OIDS.keyUsage, true, bits(Buffer.from([0b1000_0000]), 7)),
        extension(OIDS.extendedKeyUsage, false, sequence(oid(OIDS.serverAuth))),
        extension(OIDS.subjectKeyId, false, octets(keyId(server.publicKey))),
        extension(OIDS.authorityKeyId, false, sequence(tagged(0x80, authorityId))),
        extension(OIDS.altName, false, sequence(...hosts.map(alternative))),
      ],
    },
    issuer,
    authority.privateKey,
  );
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return { cert, key, ca };
}
