import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEvent } from '../../history/events';
import {
  DEFAULT_FOLDER,
  HISTORY_FILE,
  HistoryFileError,
  openHistory,
  parseHistory,
  readHistory,
} from '../../history/history-file';
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

/** A long event, after all others. */
function remark(says: string): HistoryEvent {
  return { kind: 'attemptEnd', n: 1000 + says.length, scenario: 's', attempt: says, at: 1 };
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

  test('is left alone by git in the default folder, and only there', () => {
    const own = join(folder, DEFAULT_FOLDER);
    openHistory(own).close();
    expect(readFileSync(join(own, '.gitignore'), 'utf8')).toBe('*\n');
    writeFileSync(join(own, '.gitignore'), '!*\n');
    openHistory(own).close();
    expect(readFileSync(join(own, '.gitignore'), 'utf8')).toBe('!*\n');
    openHistory(folder).close();
    expect(existsSync(join(folder, '.gitignore'))).toBe(false);
  });

  test('is the own one until another run starts in the same folder, or it is removed', () => {
    const store = openHistory(folder);
    expect(store.isOwn()).toBe(true);
    const other = openHistory(folder);
    expect([store.isOwn(), other.isOwn()]).toEqual([false, true]);
    rmSync(join(folder, HISTORY_FILE));
    expect(other.isOwn()).toBe(false);
    store.close();
    other.close();
  });

  test('may begin with a byte order mark, and have lines that are longer than a read, or empty', () => {
    const long = {
      ...history,
      events: [...history.events, remark('\uFEFF'.repeat(200_000)), remark('x'.repeat(300_000))],
    };
    const written = [long.header, ...long.events].map((line) => JSON.stringify(line)).join('\n\n');
    write([`\uFEFF${written}`]);
    expect(readHistory(folder)).toEqual(long);
    expect(parseHistory(`\uFEFF${written}`, 'a file')).toEqual(long);
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

  test('is missing, a folder, or a named pipe: the reason is one line, and nothing waits', () => {
    const file = join(folder, HISTORY_FILE);
    expect(reading).toThrow(new HistoryFileError(`can't read the history ${file}: the file does not exist (ENOENT)`));
    execFileSync('mkfifo', [file]);
    expect(reading).toThrow(
      new HistoryFileError(`can't read the history ${file}: it is a named pipe, not a regular file`),
    );
    rmSync(file);
    mkdirSync(file);
    expect(reading).toThrow(new HistoryFileError(`can't read the history ${file}: it is a folder, not a regular file`));
  });

  test('has a line that is too long to be one of a run', () => {
    write(lines.slice(0, 1));
    truncateSync(join(folder, HISTORY_FILE), 70 * 1024 * 1024);
    expect(reading).toThrow(/line 1: longer than 64 MiB$/);
    write([...lines.slice(0, 2), '']);
    truncateSync(join(folder, HISTORY_FILE), 70 * 1024 * 1024);
    expect(reading).toThrow(/line 3: longer than 64 MiB$/);
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

  test.each([
    [[], 'line 1: not the header of a history of format 1: $.kind must be "header"'],
    [lines.slice(1), 'line 1: not the header of a history of format 1: $.kind must be "header"'],
    [[`\uFEFF${lines[0] ?? ''}`, '\uFEFF{}'], 'line 2: not JSON'],
    [[lines[0] ?? '', '{"kind":"end","at":1,"remarks":[],"n":"x"}'], 'line 2: $.interrupted is missing'],
    [
      [lines[0] ?? '', '{"kind":"end","at":1,"interrupted":false,"remarks":[],"n":"x"}'],
      '$.n must be number (column 59)',
    ],
  ])('is reported with line and column: %#', (content, message) => {
    write(content);
    expect(reading).toThrow(message);
  });

  test('is closed where reading it ends', () => {
    write([...lines.slice(0, 2), '7']);
    // A new descriptor gets the lowest free number.
    const nextNumber = (): number => {
      const descriptor = openSync(folder, 'r');
      closeSync(descriptor);
      return descriptor;
    };
    const before = nextNumber();
    for (let i = 0; i < 20; i += 1) expect(reading).toThrow('line 3');
    for (let i = 0; i < 20; i += 1) openHistory(join(folder, 'closed')).close();
    expect(nextNumber()).toBeLessThan(before + 20);
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
