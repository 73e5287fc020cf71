import { rmSync } from 'node:fs';

/** Removes what the test files of this run have shared. */
export default function tearDown(): void {
  const folder = process.env['SHARED_BY_TESTS'];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
