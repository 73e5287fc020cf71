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

  test('there are ten at most, the verdict first, then failures; the last one names what is left out', () => {
    const failures = sample.behaviors.filter(({ verdict, counted }) => verdict === 'failed' && counted);
    expect(failures.length).toBeGreaterThan(9);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^::error title=participant%3A invite::FAIL {2}/);
    expect(lines.slice(1, 9).every((line) => /^::error title=[\w.-]+ failed::/.test(line))).toBe(true);
    expect(lines[9]).toMatch(/^::warning title=and \d+ more::/);
    for (const { id } of failures) expect(lines.join('\n')).toContain(`${id} failed`);
  });

  test('a cause comes before what nothing follows from, with what follows; what closes no gate is one annotation a kind', () => {
    const [first, second, third] = ['response.location', 'response.json', 'response.operation-id'];
    const behaviors = goodResult().behaviors.map((one) => {
      const findings = [{ expected: 'e', seen: 's', where: 'w', hint: 'h', events: [] }];
      if (one.id === first || one.id === second) return { ...one, verdict: 'failed' as const, findings };
      if (one.id === third) return { ...one, verdict: 'untested' as const, findings, waitsFor: ['response.json'] };
      return one.level === 'linked' ? { ...one, verdict: 'failed' as const, findings } : one;
    });
    const contracts = [
      { interaction: 'i', result: 'failed' as const, behaviors: ['response.json'], mismatches: ['m'] },
    ];
    const said = githubReport(resultWith(behaviors, { exitCode: 1, contracts }))
      .trimEnd()
      .split('\n');
    expect(said.map((line) => /title=(.*?)::/.exec(line)?.[1])).toEqual([
      'participant%3A invite',
      'response.json failed',
      'response.location failed',
      expect.stringMatching(/^\d+ failed%2C not counted at this gate$/),
    ]);
    expect(said[1]).toContain('not checked because of it: response.operation-id%0Acontracts that failed with it: i');
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
