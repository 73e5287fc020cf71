// Adds the places of behaviours whose records are new, or name other lines, to page/fingerprints.json. Does not need
// the page.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { readFingerprints, recordedIn, writeFingerprints } = require('../dist/page/index.js');

const file = fileURLToPath(new URL('../page/fingerprints.json', import.meta.url));
try {
  writeFingerprints(file, recordedIn(readFingerprints(file)));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
