import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** An action or a workflow, as text. */
export interface File {
  kind: 'action' | 'workflow';
  content: string;
}

/**
 * The errors of GitHub's parser for each of some files. The parser is an ES module that tests cannot load, so it runs
 * in a separate process.
 */
export function faultsOf(files: readonly File[]): string[][] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'github-reader.mjs')], {
    input: JSON.stringify(files),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}
