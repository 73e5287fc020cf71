import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BEHAVIORS } from '../../behaviors/catalog';
import { RECORDED } from '../../page/fingerprints';
import {
  drift,
  driftCommand,
  driftJson,
  driftMarkdown,
  driftText,
  fingerprintsOf,
  OWN_FINGERPRINTS,
  pageCheckCommand,
  pageReadCommand,
  parseFingerprints,
  readFingerprints,
  readPage,
  recordedIn,
  updatedFingerprints,
  writeFingerprints,
} from '../../page';
import { UsageError } from '../../target/errors';
import { madeUpPage } from './made-up-page';

const { markdown, sources } = madeUpPage();
const page = readPage(markdown);
const fingerprints = fingerprintsOf(page, sources);
const CHANGED = markdown
  .replace('at most 256', 'at most 512 | `<b>` @somebody')
  .replace('## Examples', '## News\n\nMore.\n\n## Examples');

let folder = '';
const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the fingerprints in the package', () => {
  const own = readFingerprints(OWN_FINGERPRINTS);

  test('cover every behaviour that comes from the page, by the lines of its record', () => {
    const recorded = BEHAVIORS.flatMap(({ id, source }) => ('lines' in source ? [[id, [...source.lines]]] : []));
    expect([...own.behaviors].map(([id, one]) => [id, one.recorded])).toEqual(recorded);
    for (const { places } of own.behaviors.values()) expect(places).not.toEqual([]);
  });

  test('give a new record its places without the page', () => {
    const found = recordedIn(own, new Map([...RECORDED, ['a.new', [50]]]));
    expect(found.behaviors.get('a.new')?.places).toEqual(found.behaviors.get('response.status-200')?.places);
    expect(new Map([...found.behaviors].filter(([id]) => id !== 'a.new'))).toEqual(own.behaviors);
    expect(() => recordedIn(own, new Map([['a.new', [51]]]))).toThrow('a.new: line 51 of the page has no content');
  });

  test('contain hashes, and no words', () => {
    const { page: units } = JSON.parse(readFileSync(OWN_FINGERPRINTS, 'utf8')) as { page: string[] };
    const shape =
      /^\d+(?:-\d+)? [a-z-]+ \d+\.\d+ [0-9a-f]{16} (?:[0-9a-f]{16}|-) (?:(?:[0-9a-f]{2})+|-)(?: (?:(?:[0-9a-f]{4})+|-))?$/;
    expect(units.filter((unit) => !shape.test(unit))).toEqual([]);
    expect(units.length).toBeGreaterThan(400);
  });
});

describe('a file of fingerprints', () => {
  test('is read as it was written', () => {
    const file = join(folder, 'own.json');
    writeFingerprints(file, fingerprints);
    const report = drift(page, readFingerprints(file));
    expect(report.counts).toMatchObject({ stands: sources.size, moved: 0, changed: 0, gone: 0, uncovered: 0 });
  });

  test.each([
    ['a file that is not JSON', '{', 'not JSON'],
    ['another format', '{"format": 3}', 'not of format 1 or 2'],
    ['a file that is not a page', '{"format": 1, "title": "", "behaviors": {}}', 'is missing'],
    ['an unknown unit', '{"format": 1, "title": "", "behaviors": {}, "page": ["1 word"]}', 'not a unit: "1 word"'],
    [
      'invalid places',
      '{"format": 1, "title": "", "behaviors": {"a.b": 1}, "page": []}',
      'the places of a.b are invalid',
    ],
  ])('with %s is refused', (_name, text, why) => {
    expect(() => parseFingerprints(text, 'file')).toThrow(UsageError);
    expect(() => parseFingerprints(text, 'file')).toThrow(why);
  });
});

describe('renewing the fingerprints', () => {
  const moved = readPage(markdown.replace('Namespace: microsoft.graph\n', 'Namespace: microsoft.graph\n\n\n'));

  test('finds the places again, and lists the records that name other lines', () => {
    const update = updatedFingerprints(moved, fingerprints, sources);
    const line = sources.get('request.route')?.[0] ?? 0;
    expect(update.gone).toEqual([]);
    expect(update.moved).toHaveLength(sources.size);
    expect(update.moved).toContainEqual({ id: 'request.route', recorded: [line], now: [line + 2] });
    expect(drift(moved, update.fingerprints).exitCode).toBe(0);
  });

  test('accepts a change, after which the page matches', () => {
    const changed = readPage(CHANGED);
    const update = updatedFingerprints(changed, fingerprints, sources);
    expect(drift(changed, fingerprints).exitCode).toBe(1);
    expect(drift(changed, update.fingerprints).exitCode).toBe(0);
  });

  test('does not make a removed place match', () => {
    const without = readPage(markdown.replace(/\| clientContext \| String.*\n/, ''));
    const update = updatedFingerprints(without, fingerprints, sources);
    expect(update.gone).toEqual(['request.client-context-at-limit', 'request.client-context-over-limit']);
    expect(drift(without, update.fingerprints).counts.gone).toBe(2);
  });

  test('follows a record whose lines have changed', () => {
    const [route = 0] = sources.get('request.route') ?? [];
    const other = new Map([...sources, ['request.group-calls-only', [route]]] as [string, number[]][]);
    const update = updatedFingerprints(page, fingerprints, other);
    expect(update.fingerprints.behaviors.get('request.group-calls-only')?.places).toEqual(
      update.fingerprints.behaviors.get('request.route')?.places,
    );
  });

  test('refuses another page, and a line without text', () => {
    const other = readPage(markdown.replace('# robot: call in', '# robot: call out'));
    expect(() => updatedFingerprints(other, fingerprints, sources)).toThrow('is not the page that was fingerprinted');
    expect(() => fingerprintsOf(page, new Map([['a.b', [99_999]]]))).toThrow('a.b: line 99999');
  });
});

describe('the reports', () => {
  const report = drift(readPage(CHANGED), fingerprints);

  test('as text name the behaviours, the lines and the new text', () => {
    const text = driftText(report);
    expect(text).toContain('request.client-context-at-limit');
    expect(text).toMatch(/parameter, line \d+: clientContext \| String/);
    expect(text).toMatch(/a section, lines \d+-\d+: News/);
  });

  test('tell each difference once, what matters first, and what to do', () => {
    const text = driftText(drift(readPage(CHANGED.replace(/\| participants \| \[.*\n/, '')), fingerprints));
    expect(text.match(/parameter, line \d+ → \d+: clientContext/g)).toHaveLength(1);
    expect(text).toMatch(/\nTo do: decide for each behaviour .*; decide for new and removed content .*--update/);
    const headlines = ['\nChanged:', '\nNew,', '\nRemoved,', '\nMoved:', '\nFrom linked pages'];
    const places = headlines.map((headline) => text.indexOf(headline));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(driftText(drift(page, fingerprints))).not.toContain('To do');
  });

  test('as JSON are the report', () => {
    expect(JSON.parse(driftJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  test('as Markdown escape all text of the page', () => {
    const text = driftMarkdown(report);
    expect(text).toContain(
      '| `request.client-context-at-limit`, `request.client-context-over-limit` | stated | parameter |',
    );
    expect(text).not.toContain('<b>');
    expect(text).not.toContain('@somebody');
    for (const row of text.split('\n').filter((line) => line.startsWith('| `'))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
    }
  });
});

describe('the commands', () => {
  const written = (): string => {
    const file = join(folder, 'fingerprints.json');
    writeFingerprints(file, fingerprints);
    return file;
  };

  test('read prints every part with its lines, or all of it as JSON', async () => {
    const file = fileOf('page.md', markdown);
    expect(await pageReadCommand(file)).toEqual({
      exitCode: 0,
      text: expect.stringContaining('POST /communications') as string,
    });
    expect(JSON.parse((await pageReadCommand(file, { json: true })).text)).toMatchObject({ title: page.title });
  });

  test('check prints its findings, as text and as JSON', async () => {
    const file = fileOf('page.md', markdown);
    const { text, exitCode } = await pageCheckCommand(file);
    expect(text).toContain('example-2-operation-path');
    expect(exitCode).toBe(0);
    expect(JSON.parse((await pageCheckCommand(file, { json: true })).text)).toHaveProperty('findings');
  });

  test('drift has its exit codes', async () => {
    const path = written();
    const exitCodeOf = async (text: string): Promise<number> =>
      (await driftCommand(fileOf('page.md', text), { fingerprints: path, format: 'markdown' })).exitCode;
    expect(await exitCodeOf(markdown)).toBe(0);
    expect(await exitCodeOf(CHANGED)).toBe(1);
    expect(await exitCodeOf(markdown.replace('See how it is done.', 'See how it is done. It is easy.'))).toBe(3);
  });

  test('an incomplete update writes nothing', async () => {
    const path = written();
    const before = readFileSync(path, 'utf8');
    // These fingerprints belong to other lines than the catalogue's records, and the page has no such lines.
    const update = driftCommand(fileOf('page.md', markdown), { fingerprints: path, update: true });
    await expect(update).rejects.toBeInstanceOf(UsageError);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('an update writes only the fingerprints, and lists the records to correct', async () => {
    const path = join(folder, 'fingerprints.json');
    const [anywhere] = fingerprints.behaviors.values();
    const behaviors = new Map(
      [...RECORDED].map(([id, recorded]) => {
        const places = (fingerprints.behaviors.get(id) ?? anywhere)?.places ?? [];
        return [id, { recorded, places }];
      }),
    );
    writeFingerprints(path, { ...fingerprints, behaviors });
    const file = fileOf('page.md', CHANGED);
    const { text, exitCode } = await driftCommand(file, { fingerprints: path, update: true });
    expect(exitCode).toBe(0);
    expect(text).toContain('no record, statement or judge was changed');
    expect(text).toMatch(/behaviors\/request\.ts {2}request\.route: 32 → \d+/);
    expect((await driftCommand(file, { fingerprints: path })).exitCode).toBe(0);
  });

  test.each([
    ['a missing file', () => join(folder, 'none.md'), "can't read"],
    ['a folder', () => folder, "can't read"],
    ['a file that is not a page', () => fileOf('page.md', 'words'), 'page.md: this is not a page'],
  ])('refuse %s', async (_name, file, why) => {
    for (const command of [pageReadCommand, pageCheckCommand, driftCommand]) {
      await expect(command(file())).rejects.toBeInstanceOf(UsageError);
      await expect(command(file())).rejects.toThrow(why);
    }
  });

  test('a made-up page is another page, and refused as such', async () => {
    const refused = driftCommand(fileOf('page.md', markdown));
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    // Its examples are those of the real page, as in a translation.
    await expect(refused).rejects.toThrow('2 of the 39 sentences');
  });
});
