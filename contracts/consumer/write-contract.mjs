// Runs the consumer's suites and keeps the contract that they write; with --check, fails if the kept one is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The contract of the first edition, and the additions of a bot of a later one. */
const FILES = ['inviting-bot-participant-invite.json', 'inviting-bot-2025-07-23-participant-invite.json'];
const folder = mkdtempSync(join(tmpdir(), 'invite-pact-'));
try {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const { status, stderr } = spawnSync(process.execPath, [jest, '--runInBand', '--silent', 'contracts/consumer'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, INVITE_PACT_FOLDER: folder },
  });
  if (status !== 0) throw new Error(`the consumer's suites failed:\n${stderr}`);
  for (const file of FILES) {
    const kept = join(import.meta.dirname, '..', 'pacts', file);
    const written = readFileSync(join(folder, file), 'utf8');
    if (!process.argv.includes('--check')) writeFileSync(kept, written);
    else if (!existsSync(kept) || readFileSync(kept, 'utf8') !== written) {
      throw new Error(`contracts/pacts/${file} is stale: run npm run pacts and commit it`);
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
