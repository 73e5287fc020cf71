import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * What GitHub's own reader finds wrong with an action or a workflow. It is a module of a kind that tests can't load, so
 * it reads in a process of its own.
 */
export function faultsOf(kind: 'action' | 'workflow', content: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'github-reader.mjs'), kind], {
    input: content,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}
