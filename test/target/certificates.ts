import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PEM text of a certificate and its key. */
export interface Pair {
  cert: string;
  key: string;
}

export interface Authority extends Pair {
  /** The files that contain them. */
  files: { cert: string; key: string };
  /** A certificate that the authority signs. @param names its alternative names, such as IP:127.0.0.1 */
  issues: (name: string, names?: string) => Pair & { files: { cert: string; key: string } };
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A new authority in a test's folder. */
export function authority(folder: string, name: string): Authority {
  const at = (of: string, what: string): string => join(folder, `${of}.${what}`);
  const read = (of: string): Pair & { files: { cert: string; key: string } } => {
    const files = { cert: at(of, 'pem'), key: at(of, 'key') };
    return { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8'), files };
  };
  const own = ['-keyout', at(name, 'key'), '-out', at(name, 'pem')];
  openssl('req', '-x509', ...NEW_KEY, '-days', '2', ...own, '-subj', `/CN=${name}`);
  return {
    ...read(name),
    issues: (of, names = `DNS:${of}`) => {
      openssl('req', ...NEW_KEY, '-keyout', at(of, 'key'), '-out', at(of, 'csr'), '-subj', `/CN=${of}`);
      writeFileSync(at(of, 'txt'), `subjectAltName=${names}\n`);
      const signing = ['-CA', at(name, 'pem'), '-CAkey', at(name, 'key'), '-CAcreateserial', '-days', '2'];
      openssl('x509', '-req', '-in', at(of, 'csr'), ...signing, '-extfile', at(of, 'txt'), '-out', at(of, 'pem'));
      return read(of);
    },
  };
}

/** Encrypts a key with a passphrase. */
export function encrypted(keyFile: string): string {
  const file = `${keyFile}.encrypted`;
  openssl('pkey', '-in', keyFile, '-aes256', '-passout', 'pass:secret', '-out', file);
  return readFileSync(file, 'utf8');
}
