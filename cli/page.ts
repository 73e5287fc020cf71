import { driftCommand, pageCheckCommand, pageReadCommand, type CommandResult, type DriftOptions } from '../page';
import type { DriftFlags, PageFlags } from './flags';
import { editionFrom } from './options';
import { printOutput } from './output';

function printResult({ text, exitCode }: CommandResult): number {
  printOutput(text.endsWith('\n') ? text : `${text}\n`);
  return exitCode;
}

/** `page read FILE` */
export function pageRead(file: string, { json = false }: PageFlags): number {
  return printResult(pageReadCommand(file, { json }));
}

/** `page check FILE` */
export function pageCheck(file: string, { json = false }: PageFlags): number {
  return printResult(pageCheckCommand(file, { json }));
}

/** `drift FILE` */
export function pageDrift(file: string, flags: DriftFlags): number {
  const format = flags.format ?? (flags.json === true ? 'json' : 'text');
  const options: DriftOptions = { format, update: flags.update ?? false, edition: editionFrom(flags) };
  return printResult(
    driftCommand(file, flags.fingerprints === undefined ? options : { ...options, fingerprints: flags.fingerprints }),
  );
}
