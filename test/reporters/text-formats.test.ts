import MarkdownIt from 'markdown-it';
import { githubReport } from '../../reporters/github';
import { markdownReport } from '../../reporters/markdown';
import type { FactId } from '../../behaviors/facts';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { BehaviorResult, ContractResult } from '../../verdicts/result';
import { findingOf, reasonsOf } from './results';
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

  test('hostile text does not change the structure', () => {
    const shape = (text: string): string[] =>
      [...render(markdownReport(mixedResult(text))).matchAll(/<[^!>][^>]*>/g)].map(String);
    expect(shape(HOSTILE_TEXT)).toEqual(shape('plain'));
  });

  test('nobody is mentioned: an @ is in code or before a comment', () => {
    const html = render(markdownReport(mixedResult(HOSTILE_TEXT)));
    expect(html.replaceAll(/<code>[^]*?<\/code>/g, '')).not.toMatch(/@\w/);
  });

  test('the verdict comes first, then the failures, and passed behaviours are only counted', () => {
    const text = markdownReport(mixedResult());
    expect(text).toMatch(/^## ❌ participant: invite: FAIL {2}\d+ causes\\: \d+ behaviours and 1 contract failed;/m);
    const places = ['### Failed\n', '### Failed, not counted', '### Waived', '### Untested'];
    for (const place of places) expect(text).toContain(place);
    expect(places.map((place) => text.indexOf(place))).toEqual(
      places.map((place) => text.indexOf(place)).toSorted((a, b) => a - b),
    );
    expect(text).toContain('contradictions of the page met');
    expect(markdownReport(goodResult())).not.toContain('###');
  });

  test("stays within GitHub's limit, whatever the target sends", () => {
    expect(Buffer.byteLength(markdownReport(mixedResult(HOSTILE_TEXT.repeat(50))))).toBeLessThan(1_000_000);
  });
});

describe('github', () => {
  const sample = mixedResult(HOSTILE_TEXT);
  const lines = githubReport(sample).trimEnd().split('\n');

  test('every line is a single command of the report', () => {
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::[^\r\n]*$/);
    expect(holdsControls(lines.join(''))).toBe(false);
  });

  test('percent signs are escaped, so that none decodes into a line break', () => {
    const rest = lines.join('').replaceAll(/%(25|0A|3A|2C)/g, '');
    expect(rest).not.toContain('%');
    expect(lines.join('')).toContain('%250A');
  });

  test('there are at most ten, the verdict first, then failures; the last one names the omitted ones', () => {
    const failures = sample.behaviors.filter(({ verdict, counted }) => verdict === 'failed' && counted);
    expect(failures.length).toBeGreaterThan(9);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^::error title=participant%3A invite::FAIL {2}/);
    expect(lines.slice(1, 9).every((line) => line.startsWith('::error title='))).toBe(true);
    expect(lines[9]).toMatch(/^::warning title=and \d+ more::/);
    for (const { id } of failures) expect(lines.join('\n')).toContain(id);
  });

  test('causes with consequences come first; failures that do not close the gate are one annotation per kind', () => {
    const [first, second, third] = ['response.location', 'response.json', 'response.operation-id'];
    const failing = (one: BehaviorResult): BehaviorResult => ({
      ...one,
      verdict: 'failed',
      findings: [findingOf('x', { fact: one.id as FactId, at: [{ event: 1, part: 'body', path: `$.${one.id}` }] })],
    });
    const behaviors = goodResult().behaviors.map((one): BehaviorResult => {
      if (one.id === first || one.id === second || one.level === 'linked') return failing(one);
      return one.id === third ? { ...one, verdict: 'untested', waitsFor: ['response.json'] } : one;
    });
    const contracts: ContractResult[] = [
      { interaction: 'i', result: 'failed', behaviors: ['response.json'], mismatches: [] },
    ];
    const said = githubReport(resultWith(behaviors, { exitCode: 1, contracts }))
      .trimEnd()
      .split('\n');
    expect(said.map((line) => /title=(.*?)::/.exec(line)?.[1])).toEqual([
      'participant%3A invite',
      expect.stringMatching(/^The response is /),
      expect.stringMatching(/^The response's Location header is /),
      expect.stringMatching(/^\d+ failed%2C not counted at this gate$/),
    ]);
    expect(said[1]).toContain('failed      response.json; contracts: i%0Anot checked response.operation-id');
  });

  test('a good run is one notice', () => {
    expect(githubReport(goodResult())).toMatch(
      new RegExp(
        `^::notice title=participant%3A invite::PASS {2}${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours[^\\n]*\\n$`,
      ),
    );
  });

  test('behaviours untested for the same reason are one annotation', () => {
    const untested = goodResult().behaviors.map((one): BehaviorResult => ({
      ...one,
      verdict: 'untested',
      reasons: reasonsOf('a token'),
    }));
    const text = githubReport(resultWith(untested, { exitCode: 3 }));
    expect(text.split('\n').filter((line) => line.startsWith('::warning '))).toHaveLength(1);
  });
});
