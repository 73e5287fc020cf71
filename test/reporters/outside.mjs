// Runs third-party code that writes the same as the suite: standard input through the named tool to standard output.
import { readFileSync } from 'node:fs';

const given = JSON.parse(readFileSync(0, 'utf8'));
if (process.argv[2] === 'github') {
  const core = await import('@actions/core');
  for (const { level, title, message } of given) core[level](message, { title });
} else {
  const { makeBadge } = await import('badge-maker');
  console.log(JSON.stringify(given.map((badge) => makeBadge(badge))));
}
