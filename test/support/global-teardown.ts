import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Removes the build that the test files of this run have shared. */
export default function tearDown(): void {
  const folder = process.env['SHARED_TEST_BUILD'];
  if (folder !== undefined) rmSync(dirname(folder), { recursive: true, force: true });
}
