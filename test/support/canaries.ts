import { readdirSync, readFileSync } from 'node:fs';

/** A text with the escapes of JSON, URLs and HTML decoded, also nested ones. */
function unescaped(text: string): string {
  let read = text.replaceAll(/\0|\\u0000/g, '');
  for (let within = 0; within < 2; within += 1) {
    read = read
      .replace(/\\+u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/&#x([0-9a-f]{1,4});/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/&#([0-9]{1,5});/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replace(/\\+([/"\\])/g, '$1');
  }
  return read;
}

/**
 * The decoded content of every run of base64 in a text, at each of the four alignments, and of hexadecimal digits. Zero
 * bytes, as in UTF-16, are left out.
 */
function decoded(text: string): string[] {
  const ascii = (bytes: Buffer): string => bytes.toString('latin1').replaceAll('\0', '');
  const base64 = text.match(/[\w+/-]{16,}/g) ?? [];
  const hex = text.match(/[\da-f]{16,}/gi) ?? [];
  return [
    ...base64.flatMap((run) => [0, 1, 2, 3].map((from) => ascii(Buffer.from(run.slice(from), 'base64')))),
    ...hex.flatMap((run) => [0, 1].map((from) => ascii(Buffer.from(run.slice(from), 'hex')))),
  ];
}

/** Describes how each of the secrets can be read in a text; empty if none can. Independent of the code that redacts secrets. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  if (secrets.length === 0) return [];
  const [plain, encoded] = [unescaped(text), decoded(text)];
  return secrets.flatMap((secret) => [
    ...(text.includes(secret) ? ['unencoded'] : []),
    ...(plain.includes(secret) ? ['with escapes'] : []),
    ...(encoded.some((bytes) => bytes.includes(secret)) ? ['in base64 or hexadecimal'] : []),
  ]);
}

const told = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8');

/**
 * The argv and the environment of all descendants of a process; Linux only, else empty. A child that has not started
 * its own program yet shows its parent's, and is skipped.
 */
export function childrenOf(pid: number): string {
  try {
    const own = told(pid, 'cmdline');
    const children = readdirSync(`/proc/${pid}/task`)
      .flatMap((task) => told(pid, `task/${task}/children`).split(' ').filter(Boolean).map(Number))
      .filter((child) => told(child, 'cmdline') !== own);
    return children.flatMap((child) => [told(child, 'cmdline'), told(child, 'environ'), childrenOf(child)]).join('\n');
  } catch {
    // The process has just ended.
    return '';
  }
}
