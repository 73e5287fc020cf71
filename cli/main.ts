#!/usr/bin/env node
import { reasonOf } from '../common/errors';
import { withReportFaults } from './output';
import { exitCodeOf } from './program';

// Standard error only tells people how it goes: where it takes nothing, as on a full disk, the run goes on.
process.stderr.on('error', () => undefined);
// Standard output may be a report. A reader that closes it, such as head, has what it wanted; any other write error is reported.
let lost: Error | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') lost ??= error;
});

void exitCodeOf(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // What a cut-off run left waiting must not hold the process; output is flushed before it ends.
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
