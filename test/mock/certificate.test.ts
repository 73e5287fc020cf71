import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../mock/certificate';

const HOSTS = ['localhost', '127.0.0.1', '::1', 'fe80::1:2', '::ffff:10.0.0.1', 'mock.example'];

test('a certificate is signed by its authority, matches its key, and names its hosts', () => {
  const made = makeCertificate(HOSTS);
  const [cert, ca] = [new X509Certificate(made.cert), new X509Certificate(made.ca)];
  expect(cert.checkIssued(ca)).toBe(true);
  expect(cert.verify(ca.publicKey)).toBe(true);
  expect(ca.verify(ca.publicKey)).toBe(true);
  expect(cert.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
  expect([ca.ca, cert.ca]).toEqual([true, false]);
  expect(cert.checkHost('localhost')).toBe('localhost');
  expect(cert.checkHost('mock.example')).toBe('mock.example');
  expect(cert.checkHost('other.example')).toBeUndefined();
  for (const address of ['127.0.0.1', '::1', 'fe80::1:2']) expect(cert.checkIP(address)).toBe(address);
  expect(cert.subjectAltName).toContain('IP Address:0:0:0:0:0:FFFF:A00:1');
  expect(cert.checkIP('127.0.0.2')).toBeUndefined();
  expect(Date.parse(cert.validFrom)).toBeLessThan(Date.now());
  // Clients refuse a certificate that is valid for more than 398 days.
  const days = (Date.parse(cert.validTo) - Date.now()) / 86_400_000;
  expect([days > 300, days < 398]).toEqual([true, true]);
});

test('each mock has its own authority', () => {
  const [one, other] = [makeCertificate(['localhost']), makeCertificate(['localhost'])];
  expect(new X509Certificate(one.cert).verify(new X509Certificate(other.ca).publicKey)).toBe(false);
  expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(other.cert).serialNumber);
});

test('openssl accepts the certificate with strict checks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const { cert, ca } = makeCertificate(HOSTS);
    const [certFile, caFile] = [join(folder, 'cert.pem'), join(folder, 'ca.pem')];
    writeFileSync(certFile, cert);
    writeFileSync(caFile, ca);
    const args = [
      'verify',
      '-x509_strict',
      '-purpose',
      'sslserver',
      '-verify_hostname',
      'localhost',
      '-CAfile',
      caFile,
    ];
    expect(execFileSync('openssl', [...args, certFile], { encoding: 'utf8' })).toBe(`${certFile}: OK\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
