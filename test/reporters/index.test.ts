import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMAT_NAMES, isOutputForMachines, readReportOptions, report } from '../../reporters';
import { UsageError } from '../../target/errors';
import type { History } from '../../history/events';
import { judged, recorded } from './recorded';
import { HOSTILE_TEXT, mixedResult } from './samples';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(texts: string[]): { machine: string; people: string } {
  const said = { machine: '', people: '' };
  report(mixedResult(HOSTILE_TEXT), readReportOptions(texts), {
    machine: (text) => void (said.machine += text),
    people: (text) => void (said.people += text),
    colour: false,
  });
  return said;
}

test('every format can be requested, also all in one run', () => {
  const files = FORMAT_NAMES.map((format) => join(folder, `all.${format}`));
  expect(write(FORMAT_NAMES.map((format, i) => `${format}=${files[i]}`))).toEqual({ machine: '', people: '' });
  for (const file of files) expect(readFileSync(file, 'utf8').length).toBeGreaterThan(50);
});

test.each(FORMAT_NAMES.filter((format) => format !== 'console'))('only %s is on standard output', (format) => {
  const both = write([format, 'console', `json=${join(folder, 'x.json')}`]);
  expect(both.machine).toBe(write([format]).machine);
  expect(both.people).toContain('(gate: shown, ');
  expect(isOutputForMachines(readReportOptions([format]))).toBe(true);
});

test.each([
  ['no such format', ['junti'], 'did you mean junit'],
  ['an inherited name', ['constructor'], 'no format "constructor"'],
  ['a format without its file', ['junit='], 'the file name is empty'],
  ['two formats on standard output', ['junit', 'sarif'], 'both go to standard output'],
  ['two formats in one file', ['junit=a.xml', 'sarif=./a.xml'], 'two reports have the same file ./a.xml'],
])('%s is refused', (_, texts, message) => {
  expect(() => readReportOptions(texts)).toThrow(UsageError);
  expect(() => readReportOptions(texts)).toThrow(message);
});

test('a report that shows messages does so if the history is available', () => {
  const history = recorded('text');
  const page = (given?: History): string => {
    let text = '';
    const out = { machine: (said: string) => void (text += said), people: () => {}, colour: false };
    report(judged(history), readReportOptions(['html']), out, given);
    return text;
  };
  expect(page(history)).toContain('<svg class="timeline"');
  expect(page()).not.toContain('<svg class="timeline"');
});

test('a file that cannot be written is reported, and the other reports are written', () => {
  const unwritable = join(folder, 'all.json', 'below');
  const other = join(folder, 'other.json');
  const out = { machine: () => {}, people: () => {}, colour: false };
  const faults = report(mixedResult(HOSTILE_TEXT), readReportOptions([`junit=${unwritable}`, `json=${other}`]), out);
  expect(faults).toEqual([{ internal: false, message: expect.stringContaining(unwritable) as string }]);
  expect(readFileSync(other, 'utf8')).toMatch(/^\{/);
});
