import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../target/errors';

/** Writes a file and the folders above it. @throws UsageError where that can't be done */
export function writeReport(file: string, content: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`can't write ${file}: ${(error as { code?: string }).code ?? String(error)}`);
  }
}
