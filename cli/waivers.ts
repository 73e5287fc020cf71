import { statSync } from 'node:fs';
import { isSeq, parseDocument, type Document } from 'yaml';
import { readTextNow, MAX_TEXT_BYTES } from '../common/read-file';
import { writeText } from '../common/write-file';
import { shellWord } from '../common/shell';
import { loadWaivers } from '../config/waivers-file';
import { BEHAVIOR_IDS } from '../behaviors/catalog';
import { plain } from '../reporters/plain';
import { suggestedWaivers } from '../reporters/waiver-entry';
import { countText } from '../reporters/verdict-words';
import { UsageError } from '../target/errors';
import { endsSoon, isLive, readWaivers, type Waiver } from '../verdicts/waivers';
import type { WaiversAddFlags } from './flags';
import { printOutput } from './output';
import { readResult } from './result-file';

/** `waivers check FILE`: checks a waivers file; exit 2 if it can't be read, exit 1 for an expired waiver. */
export async function checkWaivers(file: string): Promise<number> {
  const waivers = await loadWaivers(file);
  const now = Date.now();
  for (const waiver of waivers) {
    const state = !isLive(waiver, now) ? 'expired' : endsSoon(waiver, now) ? 'ends soon' : 'live';
    printOutput(
      `${state.padEnd(9)} ${plain(waiver.behavior).padEnd(44)} until ${plain(waiver.expires)}, ${plain(waiver.owner)}\n`,
    );
  }
  const expired = waivers.filter((waiver) => !isLive(waiver, now)).length;
  printOutput(`${waivers.length} waiver(s), ${expired} expired\n`);
  return expired > 0 ? 1 : 0;
}

/**
 * `waivers add --from RUN_DIR`: adds a waiver for each failure of a run that counts at its gate. It keeps the file's
 * entries and comments; a behaviour with a waiver gets no second one.
 * @throws UsageError if the result or the waivers file can't be read, or the flags make an invalid waiver
 */
export async function addWaivers({ from, file, ...accepting }: WaiversAddFlags): Promise<number> {
  const result = await readResult(from);
  const now = Date.now();
  const there = statSync(file, { throwIfNoEntry: false }) !== undefined;
  const before = there ? await loadWaivers(file) : [];
  const wanted = suggestedWaivers(result, accepting, now);
  checkEntries(wanted, now);
  const kept = new Map(before.map((waiver) => [waiver.behavior, waiver]));
  const added = wanted.filter(({ behavior }) => !kept.has(behavior));
  if (added.length > 0)
    writeText(file, withEntries(there ? readTextNow(file, 'waivers file', MAX_TEXT_BYTES) : '', added));
  for (const { behavior, reason } of added) printOutput(`added    ${behavior.padEnd(44)} ${plain(reason)}\n`);
  for (const { behavior } of wanted.filter((one) => kept.has(one.behavior))) {
    const waiver = kept.get(behavior);
    const state = waiver && !isLive(waiver, now) ? 'expired' : 'there';
    printOutput(`${state.padEnd(8)} ${behavior.padEnd(44)} until ${plain(waiver?.expires ?? '')}; unchanged\n`);
  }
  if (wanted.length === 0) printOutput('No failure in this run counts at its gate: there is nothing to waive.\n');
  else {
    const [first] = added;
    const until = first ? `, until ${first.expires}, owner: ${first.owner}` : '';
    printOutput(plain(`${countText(added.length, 'waiver')} added to ${file}${until}`));
    printOutput(`\nTo use them: invite-conformance run --waivers ${plain(shellWord(file))}\n`);
  }
  return 0;
}

/** Checks that the waivers made from flags are valid. @throws UsageError that names each problem */
function checkEntries(wanted: readonly Waiver[], now: number): void {
  const { problems } = readWaivers(wanted.slice(0, 1), BEHAVIOR_IDS);
  if (problems.length > 0) throw new UsageError(`waivers add: ${problems.map(({ text }) => text).join('\n')}`);
  const [first] = wanted;
  if (first && !isLive(first, now)) throw new UsageError(`--expires: ${first.expires} is in the past`);
}

/** Appends entries to the text of a waivers file. */
function withEntries(text: string, added: readonly Waiver[]): string {
  const document: Document = parseDocument(text);
  if (!isSeq(document.contents)) document.contents = document.createNode([]);
  const { contents } = document;
  if (isSeq(contents)) {
    if (contents.items.length === 0) contents.flow = false;
    contents.items.push(...added.map((waiver) => document.createNode(waiver)));
  }
  return document.toString({ lineWidth: 0 });
}
