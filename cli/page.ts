import {
  DRIFT_FORMATS,
  driftCommand,
  pageCheckCommand,
  pageReadCommand,
  type CommandResult,
  type DriftOptions,
} from '../page';
import { UsageError } from '../target/errors';
import { print } from './output';
import { didYouMean } from '../common/nearest';

function told({ text, exitCode }: CommandResult): number {
  print(text.endsWith('\n') ? text : `${text}\n`);
  return exitCode;
}

/** `page read FILE` */
export function pageRead(file: string, { json = false }: { json?: boolean }): number {
  return told(pageReadCommand(file, { json }));
}

/** `page check FILE` */
export function pageCheck(file: string, { json = false }: { json?: boolean }): number {
  return told(pageCheckCommand(file, { json }));
}

/** `drift FILE` */
export function pageDrift(
  file: string,
  flags: { format?: string; json?: boolean; fingerprints?: string; update?: boolean },
): number {
  const wanted = flags.format ?? (flags.json === true ? 'json' : 'text');
  const format = DRIFT_FORMATS.find((one) => one === wanted);
  if (!format) {
    throw new UsageError(
      `--format: no ${JSON.stringify(wanted)}${didYouMean(wanted, DRIFT_FORMATS)} Known: ${DRIFT_FORMATS.join(', ')}`,
    );
  }
  const options: DriftOptions = { format, update: flags.update ?? false };
  return told(
    driftCommand(file, flags.fingerprints === undefined ? options : { ...options, fingerprints: flags.fingerprints }),
  );
}
