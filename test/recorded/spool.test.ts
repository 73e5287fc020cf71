import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WriteError } from '../../common/write-file';
import { assemble } from '../../history/import/assemble';
import { Spool } from '../../history/import/spool';
import { gathered, harText, invites, planOf } from './small-recording';

/** Values of a recording that are kept outside of memory. */

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('values come back in any order, before and after more are added', () => {
  const spool = new Spool(folder);
  expect([spool.add({ a: 'größe' }), spool.add([])]).toEqual([0, 1]);
  expect([spool.read(1), spool.read(0)]).toEqual([[], { a: 'größe' }]);
  const long = 'x'.repeat(1024 * 1024);
  expect(spool.add(long)).toBe(2);
  expect(spool.add(null)).toBe(3);
  expect([spool.read(2) === long, spool.read(3), spool.read(0)]).toEqual([true, null, { a: 'größe' }]);
  spool.close();
});

test('the file has no name, and is gone when it is closed', () => {
  const spool = new Spool(folder);
  spool.add(1);
  expect(readdirSync(folder)).toEqual([]);
  expect(spool.read(0)).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
  spool.close();
  expect(() => spool.read(0)).toThrow('The value of "fd" is out of range');
  spool.close();
});

test('nothing can be read of a recording that is closed', () => {
  const options = { timeoutMs: 1000, quietMs: 50, suiteVersion: '1', catalogDigest: 'd', planOf };
  gathered([harText([invites('call', 'operation')])], (all) => {
    const made = assemble(all, options);
    expect(all.spool.read(0)).toMatchObject({ request: { method: 'POST' } });
    made.close();
    expect(() => [...made.histories]).toThrow('The value of "fd" is out of range');
  });
});

test('a folder that cannot be written to is named', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const spool = new Spool(file);
  spool.add(1);
  expect(() => spool.read(0)).toThrow(WriteError);
  expect(() => spool.read(0)).toThrow(`can't write the temporary copy of the recording to ${file}`);
});
