import { EDITION, isEdition } from '../behaviors/edition';
import { isBehaviorId } from '../behaviors/catalog';
import { UsageError } from '../common/errors';
import type { RunFlags } from '../config/flags';
import type { Verdict } from '../verdicts/judged-behavior';
import { readResult } from './result-file';

/** The verdicts to run again; waived, passed and excluded behaviours are not repeated. */
const AGAIN: readonly Verdict[] = ['failed', 'untested'];

/**
 * Selects the behaviours of `--rerun-failed`: those that failed or were untested in a recorded run.
 * @throws UsageError if the run has no readable result, or nothing to run again
 */
export async function withRerunBehaviors(flags: RunFlags): Promise<RunFlags> {
  const { rerunFailed: folder, behavior } = flags;
  if (folder === undefined) return flags;
  if (behavior) throw new UsageError('--rerun-failed and --behavior both select behaviours; leave one out');
  if (flags.load !== undefined) {
    throw new UsageError('--load and --rerun-failed: a load run uses its own scenario; leave one out');
  }
  const { behaviors, contracts, edition } = await readResult(folder);
  const own = isEdition(edition) && edition !== EDITION ? { edition } : {};
  const again = behaviors.flatMap(({ id, verdict }) => (AGAIN.includes(verdict) && isBehaviorId(id) ? [id] : []));
  if (again.length > 0) return { ...own, ...flags, behavior: again };
  const broken = contracts.some(({ result }) => result === 'failed' || result === 'untested');
  const advice = broken ? '; to verify its contracts again, run `invite-conformance contracts`' : '';
  throw new UsageError(`--rerun-failed: no behaviour failed or was untested in ${folder}${advice}`);
}
