import { styleText } from 'node:util';
import { HistoryFileError } from '../history/store';
import { isOutOfFiles, MachineError } from '../common/errors';
import { WriteError } from '../common/write';
import { outOfFiles } from './machine';
import type { ReportFault } from '../reporters';
import { EnvironmentError, Interrupted, UsageError } from '../target/errors';
import { plain } from '../reporters/plain';

/** Standard error, for what people read. */
export function say(text: string): void {
  process.stderr.write(text);
}

/** Whether a stream shows colours. */
export function showsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env['NO_COLOR'] === undefined;
}

function title(text: string): string {
  return showsColour(process.stderr) ? styleText('red', text) : text;
}

/** Tells an error as a message, and which exit code it comes to; a stack trace is shown only for a fault of ours. */
export function tell(error: unknown): number {
  if (error instanceof UsageError || error instanceof HistoryFileError) {
    say(`${title('invite-conformance:')} ${error.message.split('\n').map(plain).join('\n  ')}\n`);
    return 2;
  }
  if (error instanceof EnvironmentError) {
    say(`${title(`invite-conformance, ${error.layer}:`)} ${plain(error.message)}\n  try  ${plain(error.advice)}\n`);
    return 4;
  }
  if (error instanceof Interrupted) {
    say(`${title('invite-conformance:')} interrupted before anything could be judged\n`);
    return 130;
  }
  if (error instanceof WriteError) {
    say(`${title('invite-conformance:')} ${plain(error.message)}\n`);
    return 4;
  }
  if (isOutOfFiles(error)) return tell(outOfFiles());
  if (error instanceof MachineError) {
    say(`${title('invite-conformance, this machine:')} ${plain(error.message)}\n  try  ${plain(error.advice)}\n`);
    return 4;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(
    `${title('invite-conformance, a fault of its own; please report it:')} ${what.split('\n').map(plain).join('\n')}\n`,
  );
  return 5;
}

/**
 * Tells what became of reports that could not be made or written.
 * @param code the exit code of what they report
 * @returns the exit code with that: 5 where the suite is at fault, 4 where the verdict alone would not stop a pipeline
 */
export function withReports(code: number, faults: readonly ReportFault[]): number {
  for (const { message, internal } of faults) {
    const who = internal ? 'invite-conformance, a fault of its own; please report it:' : 'invite-conformance:';
    say(`${title(who)} ${message.split('\n').map(plain).join('\n')}\n`);
  }
  if (faults.some(({ internal }) => internal)) return 5;
  return faults.length === 0 || [1, 5, 130].includes(code) ? code : 4;
}
