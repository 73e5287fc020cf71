// Has others' code write what ours writes: what comes by standard input, with the tool that is named, to standard output.
import { readFileSync } from 'node:fs';

const given = JSON.parse(readFileSync(0, 'utf8'));
if (process.argv[2] === 'github') {
  const core = await import('@actions/core');
  for (const { level, title, message } of given) core[level](message, { title });
} else {
  const { makeBadge } = await import('badge-maker');
  console.log(JSON.stringify(given.map((badge) => makeBadge(badge))));
}
