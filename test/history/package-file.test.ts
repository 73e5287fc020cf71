import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile, VERSION } from '../../history/package-file';

test("this package's file is the nearest one above with its name", () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"name":"invite-conformance","version":"1.2.3"}');
    expect(packageFile(join(folder, 'history'))).toMatchObject({ version: '1.2.3' });
    writeFileSync(join(folder, 'package.json'), '{"name":"a-bot","version":"1.2.3"}');
    expect(() => packageFile(join(folder, 'history'))).toThrow('the package.json of invite-conformance is missing');
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(packageFile(__dirname).version).toBe(VERSION);
});
