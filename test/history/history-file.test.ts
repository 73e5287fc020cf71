import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HISTORY_FILE, HistoryFileError, openHistory, readHistory } from '../../history/history-file';
import { judge } from '../../verdicts/verdict';
import { aRun } from '../support/histories';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const history = aRun()
  .control()
  .invite({ expect: 'refused', clientContext: 'line\nbreak \u2028 ü' })
  .refuse()
  .history();
const lines = [history.header, ...history.events].map((line) => JSON.stringify(line));

function write(content: readonly string[]): void {
  writeFileSync(join(folder, HISTORY_FILE), content.join('\n'));
}

function reading(): unknown {
  return readHistory(folder);
}

describe('a history in a file', () => {
  test('is read back as written, and judged the same', () => {
    const store = openHistory(join(folder, 'run', 'deep'));
    for (const line of [history.header, ...history.events]) store.write(line);
    store.close();
    const read = readHistory(join(folder, 'run', 'deep'));
    expect(read).toEqual(history);
    expect(judge(read)).toEqual(judge(history));
  });

  test('is written line by line during the run', () => {
    const store = openHistory(folder);
    store.write(history.header);
    expect(readFileSync(join(folder, HISTORY_FILE), 'utf8')).toBe(`${lines[0]}\n`);
    store.close();
  });

  test('accepts no more lines once closed, even if its descriptor is reused', () => {
    const store = openHistory(join(folder, 'one'));
    store.close();
    const other = openHistory(join(folder, 'other'));
    store.write(history.header);
    store.close();
    other.close();
    expect(readFileSync(join(folder, 'other', HISTORY_FILE), 'utf8')).toBe('');
  });

  test('only its owner can read it', () => {
    openHistory(folder).close();
    expect(statSync(join(folder, HISTORY_FILE)).mode & 0o077).toBe(0);
  });

  test('events that ended late are sorted into their order', () => {
    write([lines[0] ?? '', ...lines.slice(1).toReversed(), '']);
    expect(readHistory(folder)).toEqual(history);
  });
});

describe('an unreadable history', () => {
  test.each([
    ['empty', []],
    ['of another program', ['{"name":"x","version":"1"}']],
    ['a single array', ['[1,2]']],
    ['of another format', [JSON.stringify({ ...history.header, format: 2 })]],
    ['without its header', lines.slice(1)],
    ['whose header has no plan', [JSON.stringify({ ...history.header, plan: undefined })]],
  ])('%s', (_what, content) => {
    write(content);
    expect(reading).toThrow(HistoryFileError);
    expect(reading).toThrow(/line 1/);
  });

  test('names the damaged line', () => {
    write([...lines.slice(0, 3), '{"kind":"deliv']);
    expect(reading).toThrow(HistoryFileError);
    expect(reading).toThrow(/line 4: not JSON; the file is damaged or cut off there/);
  });

  test.each([
    ['not an object', '7', 'not an event'],
    ['an unknown kind', '{"kind":"surprise","n":9}', '$.kind is unknown'],
    ['no kind', '{"n":9}', '$.kind is'],
    ['no number', '{"kind":"end"}', '$.n is missing'],
    ['a second header', lines[0] ?? '', 'a second header'],
    [
      'with a wrong property',
      '{"kind":"attemptEnd","n":9,"scenario":"s","attempt":[],"at":1}',
      '$.attempt must be string',
    ],
    [
      'with a wrong place',
      '{"kind":"end","n":9,"at":1,"interrupted":false,"remarks":[7]}',
      '$.remarks[0] must be string',
    ],
  ])('names the line that is %s', (_what, line, fault) => {
    write([...lines.slice(0, 2), line, ...lines.slice(2)]);
    expect(reading).toThrow(HistoryFileError);
    expect(reading).toThrow(`line 3: ${fault}`);
  });

  test('is reported with the missing file', () => {
    expect(() => readHistory(join(folder, 'nowhere'))).toThrow(HistoryFileError);
    expect(() => readHistory(join(folder, 'nowhere'))).toThrow(join('nowhere', HISTORY_FILE));
  });

  test('is reported with the file that cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openHistory(join(folder, 'file'))).toThrow(HistoryFileError);
    expect(() => openHistory(join(folder, 'file'))).toThrow("can't write");
  });
});
