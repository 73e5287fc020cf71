import { readdirSync, readFileSync } from 'node:fs';

/** Text with the escapes of JSON, URLs and HTML read, also those within another. */
function unescaped(text: string): string {
  let read = text;
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

/** What every run of base64 in a text says, wherever in it a group of four begins. */
function decoded(text: string): string[] {
  const runs = text.match(/[\w+/-]{16,}/g) ?? [];
  return runs.flatMap((run) => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1')));
}

/** How a secret can be read in a text, in words; nothing where it can't. It knows nothing of how secrets are taken out. */
export function leaksIn(text: string, secret: string): string[] {
  return [
    ...(text.includes(secret) ? ['as it is'] : []),
    ...(unescaped(text).includes(secret) ? ['with escapes'] : []),
    ...(decoded(text).some((bytes) => bytes.includes(secret)) ? ['in base64'] : []),
  ];
}

const told = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8');

/**
 * The argv and the environment of all that a process has started, and they in turn; nothing where only another system
 * tells. A child that has begun nothing of its own yet shows its parent's, and is passed over.
 */
export function childrenOf(pid: number): string {
  try {
    const own = told(pid, 'cmdline');
    const children = readdirSync(`/proc/${pid}/task`)
      .flatMap((task) => told(pid, `task/${task}/children`).split(' ').filter(Boolean).map(Number))
      .filter((child) => told(child, 'cmdline') !== own);
    return children.flatMap((child) => [told(child, 'cmdline'), told(child, 'environ'), childrenOf(child)]).join('\n');
  } catch {
    // One that has just ended.
    return '';
  }
}
