import { styleText } from 'node:util';
import { JudgeError } from '../verdicts/verdict';
import { HistoryFileError } from '../history/store';
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
  const what =
    error instanceof JudgeError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  say(
    `${title('invite-conformance, a fault of its own; please report it:')} ${what.split('\n').map(plain).join('\n')}\n`,
  );
  return 5;
}
