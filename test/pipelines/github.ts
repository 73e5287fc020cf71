import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** An action or a workflow, as text. */
export interface File {
  kind: 'action' | 'workflow';
  content: string;
}

/**
 * What GitHub's own reader finds wrong with each of some files. It is a module of a kind that tests can't load, so it
 * reads them in a process of its own.
 */
export function faultsOf(files: readonly File[]): string[][] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'github-reader.mjs')], {
    input: JSON.stringify(files),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}
