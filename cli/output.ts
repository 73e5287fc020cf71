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

/** Standard error, for what people read. What is not `verbatim` is made harmless. */
export function printMessage(text: string | Verbatim): void {
  process.stderr.write(printableOutput(text));
}

/** Standard output, in the same way. */
export function printOutput(text: string | Verbatim): void {
  process.stdout.write(printableOutput(text));
}

/** Where reports go: those for machines to standard output, and that for people there too, unless it is taken by them. */
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

/** Tells the user once of each token that can't be hidden as well as others. */
export function warnMistakableTokens(tokens: Tokens): void {
  for (const one of mistakableTokens(tokens)) printMessage(`${one}\n`);
}

/** Tells that the target which the run had started ended by itself, with what it wrote last. */
export function reportCandidateEnd({ what, details }: CandidateEnded): void {
  entitled('invite-conformance, start:', [what, ...details].map(plain).join('\n  '));
}

/** Whether a stream shows colours. */
export function showsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env['NO_COLOR'] === undefined;
}

/** A message under a title of ours, which is red on a terminal. */
function entitled(title: string, message: string): void {
  printMessage(verbatim(showsColour(process.stderr) ? styleText('red', title) : title));
  printMessage(` ${message}\n`);
}

/** Tells an error as a message, and which exit code it comes to; a stack trace is shown only for a fault of ours. */
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
  // Node reports a module or a file that can't be opened for that reason as missing.
  if (openFilesShortage() !== undefined) return reportError(outOfFiles());
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  entitled('invite-conformance, internal error; please report it:', what);
  return 5;
}

/**
 * Tells what became of reports that could not be made or written.
 * @param code the exit code of what they report
 * @returns the exit code with that: 5 for an internal error, 4 where the verdict alone would not stop a pipeline
 */
export function withReportFaults(code: number, faults: readonly ReportFault[]): number {
  for (const { message, internal } of faults) {
    const who = internal ? 'invite-conformance, internal error; please report it:' : 'invite-conformance:';
    entitled(who, message);
  }
  if (faults.some(({ internal }) => internal)) return 5;
  return faults.length === 0 || [1, 5, 130].includes(code) ? code : 4;
}
