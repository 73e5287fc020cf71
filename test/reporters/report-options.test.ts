import { BEHAVIORS } from '../../behaviors/catalog';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withReportFaults } from '../../cli/output';
import {
  checkWritable,
  FORMATS,
  FORMAT_NAMES,
  isOutputForMachines,
  readReportOptions,
  report,
  writeReport,
} from '../../reporters';
import { WriteError } from '../../common/write-file';
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
    if (error instanceof UsageError || error instanceof WriteError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

function written(texts: readonly string[], colour = false): { machine: string; people: string } {
  const out = { machine: '', people: '' };
  report(resultWith(), readReportOptions(texts), {
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

test('a report option is a format, or a format and a file', () => {
  expect(readReportOptions(['console', 'json=a=b.json'])).toEqual([
    { format: 'console' },
    { format: 'json', file: 'a=b.json' },
  ]);
  expect(readReportOptions([])).toEqual([]);
});

test.each([
  ['jsno', 'json'],
  ['JSON', 'json'],
  ['consol', 'console'],
])('an unknown format is refused with the nearest one: %s', (format, nearest) => {
  const said = refusal(() => readReportOptions([format]));
  expect(said).toContain(`--report: no format ${JSON.stringify(format)}; did you mean ${nearest}`);
  for (const known of FORMAT_NAMES) expect(said).toContain(known);
});

test('two machine formats on standard output, two reports in one file, and a file without a name are refused', () => {
  const [one, other] = FORMAT_NAMES.filter((name) => name !== 'console');
  expect(refusal(() => readReportOptions([one ?? '', other ?? '']))).toContain(
    `${one} and ${other} can't both go to standard`,
  );
  expect(refusal(() => readReportOptions(['json', 'json']))).toContain(
    "json and json can't both go to standard output",
  );
  expect(refusal(() => readReportOptions(['json=a', 'console=./a']))).toContain('two reports have the same file');
  expect(refusal(() => readReportOptions(['json=']))).toBe('--report json=: the file name is empty');
});

test('text for people goes to standard error if standard output has a machine format', () => {
  expect(isOutputForMachines(readReportOptions(['console']))).toBe(false);
  expect(isOutputForMachines(readReportOptions(['console', 'json=x']))).toBe(false);
  expect(isOutputForMachines(readReportOptions(['console', 'json']))).toBe(true);
  const { machine, people } = written(['console', 'json']);
  expect(JSON.parse(machine)).toEqual(JSON.parse(JSON.stringify(resultWith())));
  expect(people).toContain(`PASS  ${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours`);
});

test('a report in a file has no colours, and the mode of the umask', () => {
  const before = process.umask(0o027);
  const file = join(folder, 'deep', 'down', 'report.txt');
  expect(written([`console=${file}`], true)).toEqual({ machine: '', people: '' });
  expect(readFileSync(file, 'utf8')).not.toContain('\u001b');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  process.umask(before);
});

test('a file that cannot be written is reported with its name', () => {
  const plain = join(folder, 'plain');
  writeFileSync(plain, '');
  expect(refusal(() => writeReport(folder, ''))).toBe(`can't write ${folder}: it is a folder (EISDIR)`);
  const under = join(plain, 'x.json');
  expect(refusal(() => writeReport(under, ''))).toMatch(
    /^can't write .*plain\/x\.json: a part of its path is not a folder \(ENOTDIR\)$/,
  );
});

test('an unknown format without a similar one is refused without a suggestion', () => {
  for (const format of ['__proto__', 'constructor', '']) {
    const said = refusal(() => readReportOptions([format]));
    expect(said).toContain(`--report: no format ${JSON.stringify(format)}. Known: console, json`);
  }
});

const SILENT = { machine: () => undefined, people: () => undefined, colour: false };

test('a report that cannot be written, or throws, does not prevent other reports', () => {
  const last = join(folder, 'last.json');
  const taken = join(folder, 'taken');
  mkdirSync(taken);
  const formats = {
    ...FORMATS,
    html: () => {
      throw new TypeError('oh');
    },
  };
  const reports = readReportOptions([`json=${taken}`, `html=${join(folder, 'x.html')}`, `json=${last}`]);
  const faults = report(resultWith(), reports, SILENT, undefined, undefined, formats);
  expect(faults).toEqual([
    { message: `can't write ${taken}: it is a folder (EISDIR)`, internal: false },
    {
      message: expect.stringMatching(/^the html report could not be rendered: TypeError: oh/) as string,
      internal: true,
    },
  ]);
  expect(JSON.parse(readFileSync(last, 'utf8'))).toEqual(JSON.parse(JSON.stringify(resultWith())));
});

test.each<[number, boolean[], number]>([
  [0, [], 0],
  [1, [], 1],
  [0, [false], 4],
  [3, [false], 4],
  [1, [false], 1],
  [130, [false], 130],
  [0, [false, true], 5],
  [1, [true], 5],
])('the exit code %d with reports that failed, by an internal error or not (%j), is %d', (code, internal, all) => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(
    withReportFaults(
      code,
      internal.map((ours) => ({ message: 'm', internal: ours })),
    ),
  ).toBe(all);
  jest.restoreAllMocks();
});

test('a symbolic link is replaced, and its target is unchanged', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'mine');
  const file = join(folder, 'report.json');
  symlinkSync(victim, file);
  writeReport(file, 'report');
  expect(readFileSync(victim, 'utf8')).toBe('mine');
  expect(readFileSync(file, 'utf8')).toBe('report');
  expect(readdirSync(folder).toSorted()).toEqual(['report.json', 'victim']);
});

test('a path that is taken, and a folder that cannot be created, are reported before the run', () => {
  expect(refusal(() => checkWritable(folder))).toContain('it is a folder');
  expect(refusal(() => checkWritable('/proc/no-such/report.json'))).toMatch(/cannot create a folder in \/proc$/);
  expect(refusal(() => checkWritable('/dev/no-such'))).toContain("can't write /dev/no-such");
  checkWritable(join(folder, 'deep', 'report.json'));
  checkWritable('/dev/null');
  expect(readdirSync(join(folder, 'deep'))).toEqual([]);
});
