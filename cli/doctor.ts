import { styleText } from 'node:util';
import { withCandidate } from '../api/candidate';
import type { DoctorFlags } from '../config/flags';
import { verbatim } from '../common/printable';
import { plain } from '../reporters/plain';
import { checkTarget, type TargetCheck } from '../suites/target-checks';
import { withTarget } from '../api/embedded-mock';
import { optionLines, optionsFor } from './options';
import { printMessage, reportCandidateEnd, showsColour, printOutput, warnMistakableTokens } from './output';

const MARKS: Record<TargetCheck['result'], [string, 'green' | 'yellow' | 'red']> = {
  ok: ['✓', 'green'],
  missing: ['?', 'yellow'],
  broken: ['✗', 'red'],
};

/** `doctor`: runs only the preflight, layer by layer, with advice for each; exit 4 if one is broken. */
export async function doctor(flags: DoctorFlags, signal: AbortSignal): Promise<number> {
  const { options: given, listed } = await optionsFor(flags, signal);
  const { options, disposable, close } = await withTarget(given);
  try {
    if (given.target === undefined) printMessage('No target given: checking the embedded mock.\n');
    warnMistakableTokens(options.tokens);
    printOutput(`options\n${optionLines(listed).join('\n')}\n\n`);
    const seen = await withCandidate(options, undefined, signal, reportCandidateEnd, () =>
      checkTarget(options, { signal, disposable }),
    );
    for (const { what, result, message, advice } of seen) {
      const [mark, colour] = MARKS[result];
      const painted = showsColour(process.stdout) ? styleText(colour, mark) : mark;
      printOutput(verbatim(painted));
      printOutput(` ${what.padEnd(36)} ${plain(message)}\n`);
      if (advice !== '') printOutput(`  ${' '.repeat(36)} try: ${plain(advice)}\n`);
    }
    return seen.some(({ result }) => result === 'broken') ? 4 : 0;
  } finally {
    await close();
  }
}
