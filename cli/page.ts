import { driftCommand, pageCheckCommand, pageReadCommand, type CommandResult, type DriftOptions } from '../page';
import type { DriftFlags, PageFlags } from './flags';
import { editionFrom } from './options';
import { printOutput } from './output';

function printResult({ text, exitCode }: CommandResult): number {
  printOutput(text.endsWith('\n') ? text : `${text}\n`);
  return exitCode;
}

/** `page read FILE` */
export async function pageRead(file: string, { json = false }: PageFlags): Promise<number> {
  return printResult(await pageReadCommand(file, { json }));
}

/** `page check FILE` */
export async function pageCheck(file: string, { json = false }: PageFlags): Promise<number> {
  return printResult(await pageCheckCommand(file, { json }));
}

/** `drift FILE` */
export async function pageDrift(file: string, flags: DriftFlags): Promise<number> {
  const format = flags.format ?? (flags.json === true ? 'json' : 'text');
  const options: DriftOptions = { format, update: flags.update ?? false, edition: editionFrom(flags) };
  return printResult(
    await driftCommand(
      file,
      flags.fingerprints === undefined ? options : { ...options, fingerprints: flags.fingerprints },
    ),
  );
}
