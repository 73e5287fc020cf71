#!/usr/bin/env node
import { reasonOf } from '../common/errors';
import { withReportFaults } from './output';
import { exitCodeOf } from './program';

// Standard error shows only progress and messages: if it can't be written, as on a full disk, the run continues.
process.stderr.on('error', () => undefined);
// Standard output may be a report. A reader that closes it, such as head, has read enough; other write errors are
// reported.
let lost: Error | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') lost ??= error;
});

void exitCodeOf(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // An interrupted run may leave timers and sockets that must not keep the process alive; output is flushed before it
  // ends.
  process.stdout.write('', () => {
    // A failed write calls back before its error event.
    setImmediate(() => {
      const last =
        lost === undefined
          ? code
          : withReportFaults(code, [{ message: `can't write standard output: ${reasonOf(lost)}`, internal: false }]);
      process.stderr.write('', () => process.exit(last));
    });
  });
});
