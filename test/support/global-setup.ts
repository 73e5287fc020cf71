import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Creates the folder that the test files of this run share (once.ts). */
export default function setUp(): void {
  const base = resolve(__dirname, '../../.invite-conformance');
  mkdirSync(base, { recursive: true });
  process.env['SHARED_BY_TESTS'] = mkdtempSync(join(base, 'build-'));
}
