import type { BehaviorResult, Result } from '../verdicts/result';
import { clip } from './finding';
import { plain } from './plain';

/** For how long a failure is waived by the entry that is suggested for it, days. */
const DAYS = 30;

/** The day on which a waiver ends that is written on the day of a run: `YYYY-MM-DD`. */
function lastDay({ startedAt }: Pick<Result, 'startedAt'>): string {
  const end = new Date(startedAt);
  end.setUTCDate(end.getUTCDate() + DAYS);
  return end.toISOString().slice(0, 10);
}

/** An entry for a waivers file, in one line of YAML that can be pasted as it is; what was seen is the reason. */
export function waiverEntry({ id, counted, findings }: BehaviorResult, result: Pick<Result, 'startedAt'>): string {
  const reason = JSON.stringify(clip(plain(findings[0]?.seen ?? 'no finding was kept'), 100));
  const note = counted ? '' : ' # not counted at this gate';
  return `- { behavior: ${id}, owner: who answers for it, expires: ${lastDay(result)}, reason: ${reason} }${note}`;
}
