import { styleText } from 'node:util';
import { HistoryFileError } from '../history/history-file';
import type { CandidateEnded } from '../api/candidate';
import { codeOf, isOutOfFiles, MachineError } from '../common/errors';
import { WriteError } from '../common/write-file';
import { outOfFiles } from './machine-limits';
import type { ReportFault } from '../reporters';
import { EnvironmentError, Interrupted, UsageError } from '../target/errors';
import { openFilesShortage } from '../target/open-files';
import { verbatim, printableOutput, type Verbatim } from '../common/printable';
import { plain } from '../reporters/plain';
import { mistakableTokens, type Tokens } from '../target/tokens';

/** Prints to standard error. Text that is not `verbatim` is escaped. */
export function printMessage(text: string | Verbatim): void {
  process.stderr.write(printableOutput(text));
}

/** Prints to standard output, in the same way. */
export function printOutput(text: string | Verbatim): void {
  process.stdout.write(printableOutput(text));
}

/**
 * Where reports go: those for machines to standard output, and the console report there too, unless a machine report
 * uses it.
 */
export function reportOutput(forMachines: boolean): {
  machine: (text: string) => void;
  people: (text: string) => void;
  colour: boolean;
} {
  return {
    machine: (text) => printOutput(verbatim(text)),
    people: (text) => (forMachines ? printMessage : printOutput)(verbatim(text)),
    colour: showsColour(forMachines ? process.stderr : process.stdout),
  };
}

/** Prints a warning for each token that can be masked only partly. */
export function warnMistakableTokens(tokens: Tokens): void {
  for (const one of mistakableTokens(tokens)) printMessage(`${one}\n`);
}

/** Reports that the target which the run started has ended, with its last output. */
export function reportCandidateEnd({ what, details }: CandidateEnded): void {
  entitled('invite-conformance, start:', [what, ...details].map(plain).join('\n  '));
}

/** Whether a stream supports colours. */
export function showsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env['NO_COLOR'] === undefined;
}

/** Prints a message after a title, which is red on a terminal. */
function entitled(title: string, message: string): void {
  printMessage(verbatim(showsColour(process.stderr) ? styleText('red', title) : title));
  printMessage(` ${message}\n`);
}

/** Prints an error and returns its exit code; only an internal error has a stack trace. */
export function reportError(error: unknown): number {
  if (error instanceof UsageError || error instanceof HistoryFileError) {
    entitled('invite-conformance:', error.message.split('\n').join('\n  '));
    return 2;
  }
  if (error instanceof EnvironmentError) {
    const details = error.details.map((line) => `\n  ${plain(line)}`).join('');
    entitled(`invite-conformance, ${error.layer}:`, `${plain(error.message)}${details}\n  try  ${plain(error.advice)}`);
    return 4;
  }
  if (error instanceof Interrupted) {
    entitled('invite-conformance:', 'interrupted before any behaviour was judged');
    return 130;
  }
  if (error instanceof WriteError) {
    entitled('invite-conformance:', plain(error.message));
    return 4;
  }
  if (isOutOfFiles(error)) return reportError(outOfFiles(codeOf(error)));
  if (error instanceof MachineError) {
    entitled('invite-conformance, this machine:', `${plain(error.message)}\n  try  ${plain(error.advice)}`);
    return 4;
  }
  // In that case Node reports a module or a file that can't be opened as missing.
  if (openFilesShortage() !== undefined) return reportError(outOfFiles());
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  entitled('invite-conformance, internal error; please report it:', what);
  return 5;
}

/**
 * Prints the errors of reports that could not be rendered or written.
 * @param code the exit code of the run
 * @returns the exit code: 5 for an internal error; 4 if the verdict would be a success otherwise
 */
export function withReportFaults(code: number, faults: readonly ReportFault[]): number {
  for (const { message, internal } of faults) {
    const who = internal ? 'invite-conformance, internal error; please report it:' : 'invite-conformance:';
    entitled(who, message);
  }
  if (faults.some(({ internal }) => internal)) return 5;
  return faults.length === 0 || [1, 5, 130].includes(code) ? code : 4;
}
