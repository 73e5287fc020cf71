import { join } from 'node:path';
import { catalogOf } from '../behaviors/catalog';
import { EDITION } from '../behaviors/edition';
import { RESULT_FILE } from '../api/run-folder';
import { baseUrl } from '../common/urls';
import { jsonText } from '../common/printable';
import { WriteError } from '../common/write-file';
import { assemble, type Assembled } from '../history/import/assemble';
import { gather, type RecordedFile } from '../history/import/gather';
import type { History } from '../history/events';
import { VERSION } from '../history/package-file';
import { HISTORY_FILE, openHistory } from '../history/history-file';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { checkWritable, writeReport, type ReportFault } from '../reporters';
import { recordingLines } from '../reporters/wording/recording-text';
import { DEFAULTS } from '../schemas/options';
import { editionShown, recordedPlanFor } from '../suites/recorded-edition-plan';
import { UsageError } from '../target/errors';
import { recordedResultOf } from '../verdicts/recorded-result';
import type { Judging, Result } from '../verdicts/result';
import type { JudgeFlags } from './flags';
import { printMessage } from './output';

/** An invitee's phone may ring for a minute before an operation ends. */
const TIMEOUT_MS = 120_000;

/** The files of recorded traffic in the flags. */
export function recordedFiles({ har = [], ngrok = [], wiremock = [] }: JudgeFlags): RecordedFile[] {
  const of = (kind: RecordedFile['kind'], files: readonly string[]): RecordedFile[] =>
    files.map((file) => ({ kind, file }));
  return [...of('har', har), ...of('ngrok', ngrok), ...of('wiremock', wiremock)];
}

/** Writes each history to a run's folder while it is judged: the header first, and the end once. */
function* keptIn(folder: string, { header, histories }: Assembled): Generator<History> {
  const file = openHistory(folder);
  try {
    let begun = false;
    let last: History['events'][number] | undefined;
    for (const history of histories) {
      if (!begun) file.write({ ...header(), plan: history.header.plan });
      begun = true;
      for (const event of history.events) {
        if (event.kind === 'end') last = event;
        else file.write(event);
      }
      yield history;
    }
    if (last) file.write(last);
  } finally {
    file.close();
  }
}

/**
 * Judges recorded traffic.
 * @param flags name the files
 * @returns the result, the history for the reports, and the folder that contains both if one was requested
 * @throws UsageError if a file can't be read, is of another kind, or contains no invitation
 */
export function judgeRecordedTraffic(
  flags: JudgeFlags,
  judging: Judging,
): { result: Result; history: History; folder?: string; faults: ReportFault[] } {
  const { out, timeoutMs = TIMEOUT_MS } = flags;
  const target = flags.target === undefined ? undefined : baseUrl(flags.target, '--target');
  if (out !== undefined) for (const name of [HISTORY_FILE, RESULT_FILE]) checkWritable(join(out, name));
  const files = recordedFiles(flags);
  const settings = {
    target,
    timeoutMs,
    quietMs: DEFAULTS.quietMs,
    suiteVersion: VERSION,
  };
  const gathered = gather(files);
  const edition = flags.edition ?? editionShown(gathered.invitations);
  const assembled = assemble(gathered, {
    ...settings,
    catalogDigest: catalogOf(edition).digest,
    ...(edition === EDITION ? {} : { edition }),
    planOf: recordedPlanFor(edition),
  });
  try {
    const { header, targets } = assembled;
    const shown = flags.edition === undefined && edition !== EDITION ? edition : undefined;
    printMessage(recordingLines(header(), { ...assembled, shown }).join('\n') + '\n');
    if (header().recording?.invitations === 0) throw new UsageError(noInvitations(files, target, targets));
    const histories = out === undefined ? assembled.histories : keptIn(out, assembled);
    const { result, history } = recordedResultOf(
      { header, histories },
      { ...judging, pageFingerprint: ownPageFingerprint(edition) },
    );
    if (out === undefined) return { result, history, faults: [] };
    return { result, history, folder: out, faults: keepResult(out, result) };
  } finally {
    assembled.close();
  }
}

function keepResult(out: string, result: Result): ReportFault[] {
  try {
    writeReport(join(out, RESULT_FILE), `${jsonText(result, 2)}\n`);
    return [];
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return [{ message: error.message, internal: false }];
  }
}

function noInvitations(
  files: readonly RecordedFile[],
  target: string | undefined,
  targets: ReadonlyMap<string, number>,
): string {
  const names = files.map(({ file }) => file).join(', ');
  if (target !== undefined && targets.size > 0) {
    return `no invitation of ${names} goes to ${target}; they go to ${[...targets.keys()].slice(0, 5).join(', ')}`;
  }
  return `${names} ${files.length === 1 ? 'contains' : 'contain'} no invitation: no POST with a path that ends in /communications/calls/{id}/participants/invite`;
}
