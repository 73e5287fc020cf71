import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Names the folder of the build that the test files of this run share (build.ts). */
export default function setUp(): void {
  const base = resolve(__dirname, '../../.invite-conformance');
  mkdirSync(base, { recursive: true });
  process.env['SHARED_TEST_BUILD'] = join(mkdtempSync(join(base, 'build-')), 'built');
}
