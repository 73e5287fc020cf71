import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogOf } from '../../behaviors/catalog';
import { EDITION, type Edition } from '../../behaviors/edition';
import type { History } from '../../history/events';
import { assemble } from '../../history/import/assemble';
import { gather, type RecordedFile } from '../../history/import/gather';
import { editionShown, recordedPlanFor } from '../../suites/recorded-edition-plan';
import { recordedResultOf } from '../../verdicts/recorded-result';
import type { Result } from '../../verdicts/result';

export const JUDGING = { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() } as const;

/** A file of recorded traffic, as text or as bytes. */
export type Recorded = { kind: RecordedFile['kind'] } & ({ text: string } | { bytes: Buffer });

/** Judges recorded traffic. @param most maximum number of invitations that are judged together */
export function judgedFrom(
  recorded: readonly Recorded[],
  timeoutMs: number,
  options: { target?: string; most?: number; edition?: Edition } = {},
): { result: Result; history: History } {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  try {
    const files = recorded.map((one, i): RecordedFile => {
      const { kind } = one;
      const file = join(folder, `${i}-${kind}.json`);
      writeFileSync(file, 'text' in one ? one.text : one.bytes);
      return { kind, file };
    });
    const gathered = gather(files);
    const { edition = editionShown(gathered.invitations), ...others } = options;
    const { digest: catalogDigest } = catalogOf(edition);
    const settings = { timeoutMs, quietMs: 500, suiteVersion: '0', catalogDigest };
    const by = edition === EDITION ? {} : { edition };
    const assembled = assemble(gathered, { ...settings, ...by, ...others, planOf: recordedPlanFor(edition) });
    try {
      return recordedResultOf(assembled, JUDGING);
    } finally {
      assembled.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
