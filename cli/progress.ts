import { plain } from '../reporters/plain';
import { verbatim } from '../common/printable';
import { printMessage } from './output';

/**
 * Shows the progress of a run: one line that is updated on a terminal, otherwise a line from time to time.
 * @param steps the counted items, in the plural
 */
export function progressLine(steps: string): {
  step: (done: number, of: number, name: string) => void;
  end: () => void;
} {
  const live = process.stderr.isTTY;
  let last = 0;
  return {
    step: (done, of, name) => {
      if (live) {
        printMessage(verbatim(`\r\u001b[K${done}/${of} ${steps}, ${plain(name)}`));
      } else if (Math.floor((done * 4) / of) > last || done === of) {
        last = Math.floor((done * 4) / of);
        printMessage(`${done}/${of} ${steps} done\n`);
      }
    },
    end: () => {
      if (live) printMessage(verbatim('\r\u001b[K'));
    },
  };
}
