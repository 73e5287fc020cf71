import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface PackageFile {
  version: string;
  homepage: string;
}

/** Reads this package's package.json: the nearest one above with its name, from the sources as well as from dist/. */
export function packageFile(folder: string = __dirname): PackageFile {
  try {
    const content = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile & { name: string };
    if (content.name === 'invite-conformance') return content;
  } catch {
    // No package.json here: continue in the parent folder.
  }
  const above = dirname(folder);
  if (above === folder) throw new Error('the package.json of invite-conformance is missing');
  return packageFile(above);
}

export const VERSION: string = packageFile().version;
