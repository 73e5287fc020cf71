import { rmSync } from 'node:fs';

/** Removes the folder that the test files of this run share. */
export default function tearDown(): void {
  const folder = process.env['SHARED_BY_TESTS'];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
