import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPage, drift, driftCommand, driftText, fingerprintsOf, readPage, type DriftReport } from '../../page';
import { UsageError } from '../../target/errors';
import { contentOf, htmlForm } from './html-form';
import { madeUpPage } from './made-up-page';

const { markdown, sources } = madeUpPage();
const fingerprints = fingerprintsOf(readPage(markdown), sources);
const driftOf = (source: string): DriftReport => drift(readPage(source), fingerprints);
const html = htmlForm(markdown);

/** What a report says, without line numbers: the lines of HTML are others than those of Markdown. */
function saidBy({ behaviors, uncovered, reworded, removed, unread, exitCode }: DriftReport): unknown {
  return {
    exitCode,
    behaviors: behaviors.map(({ id, reordered, places }) => ({
      id,
      reordered,
      places: places.map(({ standing, says, elsewhere = false }) => ({
        standing: standing === 'stands' ? 'moved' : standing,
        says,
        elsewhere,
      })),
    })),
    uncovered: uncovered.map(({ what, says, was }) => ({ what, says, was })),
    reworded: reworded.map(({ what, says, was }) => ({ what, says, was })),
    removed: removed.filter(({ kind }) => kind !== 'include').map(({ what, was }) => ({ what, was })),
    unread: unread.map(({ what, why }) => ({ what, why })),
  };
}

/** Text outside `<pre>`, changed. */
const outsideCode = (change: (text: string) => string): string =>
  html
    .split(/(<pre>[\s\S]*?<\/pre>)/)
    .map((piece, i) => (i % 2 === 1 ? piece : change(piece)))
    .join('');

describe('the same page as HTML', () => {
  test.each<[string, string]>([
    ['as learn.microsoft.com serves it', html],
    ['with line ends of Windows and a byte order mark', `\uFEFF${html.replaceAll('\n', '\r\n')}`],
    ['with as few line ends as possible', outsideCode((text) => text.replace(/\s*\n\s*/g, ' '))],
    [
      'in capitals',
      outsideCode((text) =>
        text.replace(/<(\/?)(\w+)/g, (_, slash: string, name: string) => `<${slash}${name.toUpperCase()}`),
      ),
    ],
    ['without quotation marks around attributes', html.replace(/="([\w-]+)"/g, '=$1')],
    ['without end tags that may be missing', outsideCode((text) => text.replace(/<\/(?:p|li|td|tr|th)>/g, ''))],
    ['saved by a browser', html.replace('\n', '\n<!-- saved from url=(0022)https://example.com/ -->\n')],
    [
      'with marks in its code, and a bar above it',
      html.replace(
        /<pre><code class="lang-(http|json)">([\s\S]*?)<\/code><\/pre>/g,
        (_, language: string, code: string) =>
          `<div class="codeHeader"><span class="language">HTTP</span>\n<button>Copy</button></div><pre tabindex="0"><code class="lang-${language}" data-content="a > b\n"><span>${code.replace(/&quot;(\w+)&quot;:/g, '<span class="attr">&quot;$1&quot;</span>:')}</span></code></pre>`,
      ),
    ],
    ['cut out of the page', (/<main[\s\S]*<\/main>/.exec(html) ?? [''])[0]],
    ['without surroundings', contentOf(markdown)],
    [
      'of a site without marks for its content',
      html.replaceAll('<div class="content">', '<div>').replace(/<section><h2>Feed.*/, ''),
    ],
    [
      'as github.com shows it',
      `<!DOCTYPE html><html lang="en"><body><header><h1>repository</h1></header><main><article class="markdown-body">${contentOf(
        markdown,
      ).replace(
        /<pre><code class="lang-(\w+)">([\s\S]*?)<\/code><\/pre>/g,
        '<div class="highlight highlight-source-$1"><pre>$2</pre></div>',
      )}</article></main></body></html>`,
    ],
  ])('%s is no drift', (_name, source) => {
    expect(readPage(source).format).toBe('html');
    const report = driftOf(source);
    expect(report.counts.stands + report.counts.moved).toBe(sources.size);
    expect([report.uncovered, report.removed, report.reworded, report.unread]).toEqual([[], [], [], []]);
    expect(report.exitCode).toBe(0);
  });

  test('Markdown that begins with HTML is Markdown', () => {
    const page = readPage(markdown.replace(/^---[\s\S]*?\n# (.*)\n/, '<h1>$1</h1>\n\n'));
    expect(page.format).toBe('markdown');
    expect(drift(page, fingerprints).exitCode).toBe(0);
  });

  test('each place is on its line of the HTML', () => {
    const lines = html.split('\n');
    const places = driftOf(html).behaviors.flatMap((behavior) => behavior.places);
    const values = places.filter(({ kind }) => kind === 'example value' || kind === 'heading');
    expect(values.length).toBeGreaterThan(20);
    for (const { now = 0, says = '' } of values) {
      const key = /^\$.*?(\w+)(?:'\])?: /.exec(says)?.[1];
      expect(lines[now - 1]).toContain(key ?? says);
    }
  });

  test('the report lists no lines that only differ because they are those of HTML', () => {
    const text = driftText(driftOf(html));
    expect(text).toContain('The lines of this page are those of its HTML.');
    expect(text).not.toContain('request.route');
    const changed = driftText(driftOf(html.replace('at most 256', 'at most 512')));
    expect(changed).toMatch(/parameter, line \d+ → \d+: clientContext/);
    expect(changed).toContain('take its Markdown source over with --update');
  });

  test('has the same findings', () => {
    const found = (source: string): string[] =>
      checkPage(readPage(source)).findings.map(({ rule, example }) => `${rule} ${example}`);
    expect(found(html)).toEqual(found(markdown));
  });
});

const CHANGES: Record<string, [from: string | RegExp, to: string]> = {
  'another limit': ['at most 256', 'at most 512'],
  'another status': ['`200 OK`', '`201 Created`'],
  'a permission more': [/(\| Application \| Calls.*\n)/, '$1| Application | Calls.JoinGroupCall.All |\n'],
  'a parameter less': [/\| participants \| .*\n/, ''],
  'another type': ['clientContext | String', 'clientContext | Number'],
  'another route': [
    'POST /communications/calls/{id}/participants/invite\n```\n\n## Request headers',
    'PUT /communications/calls/{id}/participants\n```\n\n## Request headers',
  ],
  'a note less': [/> \*\*Note:\*\* Calls between.*\n/, ''],
  'a rule more': ['Namespace: microsoft.graph\n', 'Namespace: microsoft.graph\n\nRobots can not be asked.\n'],
  'a rule reworded': ['everybody is told', 'everybody will be told'],
  'a rule negated': ['are left out here', 'are not left out here'],
  'another value in an example': [/"changeType": "deleted"/, '"changeType": "updated"'],
  'a section less': [/## Request headers\n[\s\S]*?(?=## Request body)/, ''],
  'an example less': [/### Example 2[\s\S]*?(?=### Example 3)/, ''],
  'another order of notifications': [
    /(##### Notification - the end[\s\S]*?)(##### Notification - the roster[\s\S]*?)(?=### Example 2)/,
    '$2$1',
  ],
};

test.each(Object.entries(CHANGES))('%s: HTML and Markdown give the same report', (_name, [from, to]) => {
  const changed = markdown.replace(from, to);
  const report = driftOf(changed);
  expect(changed).not.toBe(markdown);
  expect(report.counts.reworded + report.exitCode).toBeGreaterThan(0);
  expect(saidBy(driftOf(htmlForm(changed)))).toEqual(saidBy(report));
});

test('any words of a paragraph are the same in HTML and Markdown', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9.,;:'"&%$@=+/-]{1,12}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.constantFrom('', '> ', '- '), (words, mark) => {
      const changed = markdown.replace('See how it is done.', (text) => `${text}\n\n${mark}The ${words.join(' ')}`);
      expect(saidBy(driftOf(htmlForm(changed)))).toEqual(saidBy(driftOf(changed)));
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1) * 10 },
  );
});

describe('HTML that cannot be compared', () => {
  test.each([
    [
      'without a heading',
      '<!DOCTYPE html><html><body><p>Hello</p></body></html>',
      'it is HTML with no heading of level 1',
    ],
    [
      'of a page to sign in',
      '<html><body><h1>Sign in</h1><form>Name</form></body></html>',
      'it is HTML with no request',
    ],
    [
      'cut off within a tag',
      `${html.slice(0, html.indexOf('<div class="content">'))}<div class="con`,
      'it is HTML with no heading',
    ],
    ['in another language', html.replace('lang="en-us"', 'lang="de-de"'), 'another language'],
  ])('%s is refused with the reason', (_name, source, why) => {
    expect(() => driftOf(source)).toThrow(UsageError);
    expect(() => driftOf(source)).toThrow(why);
  });

  test.each([
    ['tags without an end', '<a "'],
    ['elements without an end', '<div hidden><b>'],
    ['paragraphs', '<p>a'],
    ['comments without an end', '<!-- {'],
    ['tables within tables', '<table><td>'],
    ['scripts', '<script>'],
    ['headings', '<h2>a</h2>'],
    ['character references', '&lt;&a'],
    ['annotations', '<!-- {"a": 1} -->'],
  ])('many %s are read to the end, or refused with a limit', (_name, piece) => {
    for (const place of ['<main', '<h2>Request body']) {
      const source = html.replace(place, piece.repeat(300_000 / piece.length) + place);
      expect(() => {
        try {
          driftOf(source);
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
        }
      }).not.toThrow();
    }
  });
});

test('HTML gives no fingerprints: records name the lines of the Markdown source', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'html-page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const update = driftCommand(file, { update: true, fingerprints: join(folder, 'fingerprints.json') });
  await expect(update).rejects.toBeInstanceOf(UsageError);
  await expect(update).rejects.toThrow('records name the lines of the Markdown source');
  rmSync(folder, { recursive: true });
});
