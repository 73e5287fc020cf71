import { whyText } from '../reporters/finding-lines';
import { plain } from '../reporters/plain';
import { UsageError } from '../target/errors';
import { compare } from '../verdicts/compare';
import type { CompareFlags } from './flags';
import { printOutput } from './output';
import { readResult } from './result-file';

/** `compare A B`: lists the behaviours whose verdict changed; exit 1 if one got worse. */
export async function compareFiles(before: string, after: string, flags: CompareFlags): Promise<number> {
  const a = await readResult(before);
  const b = await readResult(after);
  if (a.edition !== b.edition && flags.otherCatalog !== true) {
    throw new UsageError(
      `${before} is of the edition ${plain(a.edition)}, ${after} of ${plain(b.edition)}; --other-catalog compares them anyway`,
    );
  }
  if (a.suite.catalogDigest !== b.suite.catalogDigest && flags.otherCatalog !== true) {
    throw new UsageError(
      `${before} and ${after} were judged by different versions of the behaviours (${a.suite.catalogDigest}, ${b.suite.catalogDigest}); --other-catalog compares them anyway`,
    );
  }
  const changes = compare(a, b);
  for (const { id, before: was, after: is, worse } of changes) {
    printOutput(`${worse ? 'worse ' : 'better'} ${plain(id)}: ${was} → ${is}\n`);
    const now = worse ? b.behaviors.find((one) => one.id === id) : undefined;
    if (now) printOutput(`         ${whyText(now, b.gate)}\n`);
  }
  const worse = changes.filter((change) => change.worse).length;
  printOutput(`${changes.length} changed, ${worse} got worse\n`);
  return worse > 0 ? 1 : 0;
}
