import MarkdownIt from 'markdown-it';
import { githubReport } from '../../reporters/github';
import { markdownReport } from '../../reporters/markdown';
import { goodResult, holdsControls, HOSTILE, HOSTILE_TEXT, mixedResult, resultWith } from './samples';

describe('markdown', () => {
  const render = (text: string): string => new MarkdownIt({ html: true, linkify: true }).render(text);
  const ALLOWED = new Set('h2 h3 p strong em code ul li table thead tbody tr th td a br details summary'.split(' '));

  test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('%s stays text when it is rendered', (_, text) => {
    const source = markdownReport(mixedResult(text));
    const html = render(source).replaceAll('<!-- -->', '');
    const tags = [...html.matchAll(/<\/?([^\s>/]+)/g)].map(([, tag]) => tag ?? '');
    expect(tags.filter((tag) => !ALLOWED.has(tag))).toEqual([]);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
    expect(links.filter((href) => !/^https:\/\/[^"]*\/docs\/behaviors\/[\w.-]+\.md$/.test(href))).toEqual([]);
    expect(holdsControls(source)).toBe(false);
  });

  test('hostile text changes nothing in the shape', () => {
    const shape = (text: string): string[] =>
      [...render(markdownReport(mixedResult(text))).matchAll(/<[^!>][^>]*>/g)].map(String);
    expect(shape(HOSTILE_TEXT)).toEqual(shape('plain'));
  });

  test('nobody is mentioned: an @ stands in code or before a comment', () => {
    const html = render(markdownReport(mixedResult(HOSTILE_TEXT)));
    expect(html.replaceAll(/<code>[^]*?<\/code>/g, '')).not.toMatch(/@\w/);
  });

  test('the verdict comes first, then what failed, and what passed is only counted', () => {
    const text = markdownReport(mixedResult());
    expect(text).toMatch(/^## ❌ participant: invite: FAIL {2}\d+ behaviours and 1 contract failed;/m);
    const places = [
      '### Failed\n',
      '### Contracts that failed',
      '### Waived',
      '### Failed, not counted',
      '### Untested',
    ];
    expect(places.map((place) => text.indexOf(place))).toEqual(
      places.map((place) => text.indexOf(place)).toSorted((a, b) => a - b),
    );
    expect(text).toContain('contradictions of the page met');
    expect(markdownReport(goodResult())).not.toContain('###');
  });

  test('stays within what GitHub shows, whatever the target sends', () => {
    expect(Buffer.byteLength(markdownReport(mixedResult(HOSTILE_TEXT.repeat(50))))).toBeLessThan(1_000_000);
  });
});

describe('github', () => {
  const sample = mixedResult(HOSTILE_TEXT);
  const lines = githubReport(sample).trimEnd().split('\n');

  test('every line is one command of ours', () => {
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::[^\r\n]*$/);
    expect(holdsControls(lines.join(''))).toBe(false);
  });

  test('percent signs are escaped, so that nothing decodes into a line break', () => {
    const rest = lines.join('').replaceAll(/%(25|0A|3A|2C)/g, '');
    expect(rest).not.toContain('%');
    expect(lines.join('')).toContain('%250A');
  });

  test('an error for each failure that counts, first; warnings for what is waived or not counted', () => {
    const failures = sample.behaviors.filter(({ verdict, counted }) => verdict === 'failed' && counted);
    expect(lines.slice(0, failures.length).every((line) => line.startsWith('::error '))).toBe(true);
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(failures.length + 2);
    const waived = sample.behaviors.find(({ verdict }) => verdict === 'waived');
    expect(lines.some((line) => line.startsWith(`::warning title=${waived?.id} is waived`))).toBe(true);
  });

  test('a good run is one notice', () => {
    expect(githubReport(goodResult())).toMatch(
      /^::notice title=participant%3A invite::PASS {2}81 of 81 behaviours[^\n]*\n$/,
    );
  });

  test('behaviours that are untested for one reason make one annotation', () => {
    const untested = goodResult().behaviors.map((one) => ({
      ...one,
      verdict: 'untested' as const,
      findings: [{ expected: 'x', seen: 'no answer (exchange 7)', where: 'a/b', hint: 'y', events: [] }],
    }));
    const text = githubReport(resultWith(untested, { exitCode: 3 }));
    expect(text.split('\n').filter((line) => line.startsWith('::warning '))).toHaveLength(1);
  });
});
