import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of this package: the nearest package.json above tells it, from the sources as well as from dist/. */
function versionOf(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    if (name === 'invite-conformance' && typeof version === 'string') return version;
  } catch {
    // No package.json here: look further up.
  }
  const above = dirname(folder);
  return above === folder ? '0.0.0' : versionOf(above);
}

export const VERSION: string = versionOf(__dirname);
