import { DEFAULT_FOLDER, streamHistory } from '../history/history-file';
import { eventText } from '../reporters/event-text';
import { UsageError } from '../target/errors';
import { printOutput } from './output';

/**
 * `show N [RUN_DIR]`: prints an event of a run's history with its headers, body and times, and for a request a command
 * that sends it again.
 * @throws UsageError if it is not a number, or no event has it
 * @throws HistoryFileError if the folder contains no history, or a damaged one
 */
export function show(number: string, folder: string = DEFAULT_FOLDER): number {
  if (!/^\d{1,15}$/.test(number)) {
    throw new UsageError(`show: ${JSON.stringify(number)} is not the number of an event, as shown in reports`);
  }
  const n = Number(number);
  let last = 0;
  for (const event of streamHistory(folder).events) {
    if (event.n === n) {
      printOutput(`${eventText(event)}\n`);
      return 0;
    }
    // The end of a run on several machines has no number.
    if (event.kind !== 'end') last = Math.max(last, event.n);
  }
  throw new UsageError(`${folder} has no event ${n}; the last one is ${last}`);
}
