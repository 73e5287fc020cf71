import { loadConfig } from '../config/load';
import { runOptions, type Flags } from '../config/settings';
import { verifyContracts } from '../contracts';
import { plain } from '../reporters/plain';
import { contractCounts, WORDS } from '../reporters/words';
import { SCENARIOS } from '../suites/scenarios';
import { embedded } from './embedded';
import { say } from './output';

/** `contracts`: verifies the own contract, or the pact files that are named; exit 1 where an interaction failed. */
export async function contracts(flags: Flags & { json?: boolean }): Promise<number> {
  const { access, settings, allowUntested } = runOptions(
    await loadConfig(flags.config, process.cwd()),
    flags,
    process.env,
    SCENARIOS,
  );
  const mock = access ? undefined : await embedded();
  try {
    const to = access ?? mock?.access;
    if (!to) throw new Error('neither a target nor the mock');
    if (mock) say('No target named: verifying the embedded mock.\n');
    const { pact: pactFiles = [] } = flags;
    const results = await verifyContracts({ ...settings, ...to, pactFiles, own: pactFiles.length === 0 });
    if (flags.json === true) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    else {
      for (const { interaction, result, behaviors, mismatches } of results) {
        process.stdout.write(`${WORDS[result].padEnd(14)} ${plain(interaction)}\n`);
        for (const mismatch of mismatches) process.stdout.write(`           ${plain(mismatch)}\n`);
        if (result === 'failed' && behaviors.length > 0)
          process.stdout.write(`           touches ${behaviors.join(', ')}\n`);
      }
      process.stdout.write(`${contractCounts(results)}\n`);
    }
    if (results.some(({ result }) => result === 'failed')) return 1;
    return results.some(({ result }) => result === 'untested') && !allowUntested ? 3 : 0;
  } finally {
    await mock?.close();
  }
}
