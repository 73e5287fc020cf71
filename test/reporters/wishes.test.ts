import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMAT_NAMES, outputIsForMachines, readWishes, report, writeReport } from '../../reporters';
import { UsageError } from '../../target/errors';
import { resultWith } from './results';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

function written(texts: readonly string[], colour = false): { machine: string; people: string } {
  const out = { machine: '', people: '' };
  report(resultWith(), readWishes(texts), {
    machine: (text) => {
      out.machine += text;
    },
    people: (text) => {
      out.people += text;
    },
    colour,
  });
  return out;
}

test('a wish is a format, or a format and a file', () => {
  expect(readWishes(['console', 'json=a=b.json'])).toEqual([
    { format: 'console' },
    { format: 'json', file: 'a=b.json' },
  ]);
  expect(readWishes([])).toEqual([]);
});

test.each([
  ['jsno', 'json'],
  ['JSON', 'json'],
  ['consol', 'console'],
  ['__proto__', ''],
  ['constructor', ''],
  ['', ''],
])('a format that is none is refused with the nearest one: %s', (format, nearest) => {
  const said = refusal(() => readWishes([format]));
  expect(said).toContain(`--report: no format ${JSON.stringify(format)}; did you mean ${nearest}`);
  for (const known of FORMAT_NAMES) expect(said).toContain(known);
});

test('two machine formats on standard output, two reports in one file, and a file without a name are refused', () => {
  const [one, other] = FORMAT_NAMES.filter((name) => name !== 'console');
  expect(refusal(() => readWishes([one ?? '', other ?? '']))).toContain(
    `${one} and ${other} would both go to standard`,
  );
  expect(refusal(() => readWishes(['json', 'json']))).toContain('json and json would both go to standard output');
  expect(refusal(() => readWishes(['json=a', 'console=./a']))).toContain('two reports would both go to');
  expect(refusal(() => readWishes(['json=']))).toBe('--report json=: names no file');
});

test('what people read goes elsewhere where standard output belongs to a machine', () => {
  expect(outputIsForMachines(readWishes(['console']))).toBe(false);
  expect(outputIsForMachines(readWishes(['console', 'json=x']))).toBe(false);
  expect(outputIsForMachines(readWishes(['console', 'json']))).toBe(true);
  const { machine, people } = written(['console', 'json']);
  expect(JSON.parse(machine)).toEqual(JSON.parse(JSON.stringify(resultWith())));
  expect(people).toContain('PASS  81 of 81 behaviours');
});

test('a report in a file has no colours, and nobody else may read it', () => {
  const file = join(folder, 'deep', 'down', 'report.txt');
  expect(written([`console=${file}`], true)).toEqual({ machine: '', people: '' });
  expect(readFileSync(file, 'utf8')).not.toContain('\u001b');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file that cannot be written is told with its name', () => {
  const plain = join(folder, 'plain');
  writeFileSync(plain, '');
  expect(refusal(() => writeReport(folder, ''))).toBe(`can't write ${folder}: EISDIR`);
  const under = join(plain, 'x.json');
  expect(refusal(() => writeReport(under, ''))).toMatch(/^can't write .*plain\/x\.json: (ENOTDIR|EEXIST)$/);
});
