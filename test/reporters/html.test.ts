import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BEHAVIORS } from '../../behaviors/catalog';
import { htmlReport } from '../../reporters/html';
import { embedded, link, markup } from '../../reporters/html/markup';
import { judged, recorded } from './recorded';
import { goodResult, holdsControls, HOSTILE_TEXT, mixedResult, resultWith } from './samples';

const history = recorded(HOSTILE_TEXT);
const page = htmlReport(judged(history), history);

/** The readable part of a page: without style, script and payloads. */
function read(html: string): string {
  return html.replaceAll(/<(style|script)[^]*?<\/\1>/g, '');
}

test('the style and the script are those of their files', () => {
  const script = join(__dirname, '../../scripts/generate-page-assets.mjs');
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

describe('the page', () => {
  test('contains two scripts, one style and no other active content, whatever the target sends', () => {
    for (const html of [page, htmlReport(mixedResult(HOSTILE_TEXT))]) {
      expect(html.match(/<script/g)).toHaveLength(2);
      expect(html.match(/<\/script/g)).toHaveLength(2);
      expect(html.match(/<style/g)).toHaveLength(1);
      expect(html.match(/<\/style/g)).toHaveLength(1);
      expect(html).not.toContain('<!--');
      expect(html).not.toMatch(/<(img|iframe|object|embed|base)\b/);
      expect(html).not.toMatch(/ on\w+=["']/);
      expect(html).not.toMatch(
        /href="(?!#|https:\/\/(?:github\.com|learn\.microsoft\.com|graph\.microsoft\.com)\/|data:,)/,
      );
      expect(holdsControls(html)).toBe(false);
    }
  });

  test('has a policy that allows only its own style and script', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toMatch(
      /^default-src &#39;none&#39;; style-src &#39;sha256-\S+&#39;; script-src &#39;sha256-\S+&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
    );
  });

  test('shows every behaviour once', () => {
    for (const { id } of BEHAVIORS) expect(page.split(`id="${id}"`)).toHaveLength(2);
  });

  test('lists what passed in a good run, and needs no history', () => {
    const html = htmlReport(goodResult());
    expect(html).toContain('<title>PASS — http://127.0.0.1:1/v1.0</title>');
    expect(html).toContain(
      `<h1><span class="word">PASS</span> <span class="meaning">${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours`,
    );
    expect(html).not.toContain('What failed');
    expect(html).not.toContain('<svg class="timeline"');
    expect(html).toContain('<script type="application/json" id="payloads">[]</script>');
  });

  test('begins with the verdict and what was tested', () => {
    expect(page).toContain('<title>FAIL: 8 causes — http://127.0.0.1:1/v1.0</title>');
    const [head = ''] = page.slice(page.indexOf('<header')).split('</header>');
    expect(head).toContain('<span class="word">FAIL</span> <span class="meaning">8 causes: 9 behaviours failed');
    expect(head).toContain(
      '<code>http://127.0.0.1:1/v1.0</code> against the page of 2021-02-16, by invite-conformance',
    );
    for (const term of ['level stated', 'level shown', 'level linked', 'gate shown', 'exit code 1']) {
      expect(head).toContain(`<dt>${term}</dt>`);
    }
  });

  test('shows each cause once, with its consequences, before the areas', () => {
    const { causes } = judged(history);
    const cards = page.split('<article class="cause').slice(1);
    expect(cards).toHaveLength(causes.length);
    causes.forEach(({ behaviors, notChecked }, i) => {
      const card = (cards[i] ?? '').split('</article>')[0] ?? '';
      for (const id of [...behaviors, ...notChecked]) expect(card).toContain(`<a href="#${id}">${id}</a>`);
      expect(card).toContain('<svg class="timeline"');
    });
    expect(page.indexOf('id="causes"')).toBeLessThan(page.indexOf('id="areas-title"'));
    expect(cards[0]).toContain('curl -i -g -X POST http://127.0.0.1:1/v1.0/communications/calls/');
  });

  test('closes the areas in which all passed, and opens the others', () => {
    expect(htmlReport(goodResult())).not.toMatch(/<details class="area"[^>]* open/);
    expect(page).toMatch(/<details class="area" id="area-response" open/);
    expect(page).toMatch(/<details class="area" id="area-pstn"/);
    expect(htmlReport(mixedResult())).toMatch(
      /<a href="#area-contracts">contracts<\/a>[^]*<details class="area" id="area-contracts" open/,
    );
  });

  test('shows a stopped run as one cause, with what to do, without a list of its consequences', () => {
    const reasons = [
      { reason: { why: 'stopped' as const }, attempt: { scenario: 'single', name: 'one' }, events: [3] },
    ];
    const behaviors = goodResult().behaviors.map((one, i) =>
      i < 40 ? one : { ...one, verdict: 'untested' as const, reasons },
    );
    const stopped = { cause: 'unreachable' as const, exchange: 293, inFlight: ['single/one/1'], seen: 'ECONNREFUSED' };
    const html = htmlReport(resultWith(behaviors, { exitCode: 4, stopped }));
    const [head = ''] = html.slice(html.indexOf('<header')).split('</header>');
    expect(head).toContain('the target stopped answering at exchange 293: ECONNREFUSED');
    expect(head).toContain('Look in the target&#39;s log for why it stopped, start it again, and run again.');
    expect(html).toContain('<title>STOPPED — http');
    expect(head).toContain('40 behaviours were judged before that; the others were not');
    // Behaviours that are untested because the run ended are named there and in their own rows, not in a list.
    expect(html).not.toContain('id="not-checked"');
    expect(html.split('the run stopped before it was checked')).toHaveLength(behaviors.length - 40 + 1);
  });

  test('names the source of a merged finding, and draws no timeline of another run', () => {
    const result = judged(history);
    const causes = result.causes.map((cause) => ({ ...cause, finding: { ...cause.finding, of: 'eu <1>' } }));
    const [card = ''] =
      htmlReport({ ...result, causes }, history)
        .split('<article')[1]
        ?.split('</article>') ?? [];
    expect(card).toContain('<code>event 3, $.status</code> of eu &lt;1&gt;');
    expect(card).not.toContain('<svg');
    expect(card).not.toContain('curl');
  });

  test('contains no literal backtick', () => {
    for (const html of [htmlReport(mixedResult()), htmlReport(goodResult())]) expect(read(html)).not.toContain('`');
  });

  test('has a limited size with many long bodies', () => {
    const big = recorded('x'.repeat(900_000));
    expect(htmlReport(judged(big), big).length).toBeLessThan(3_000_000);
  });
});

test('markup escapes every value that is not markup', () => {
  expect(markup`<a title="${'"><b>'}">${['<', markup`<i>`, 1, undefined]}</a>`.html).toBe(
    '<a title="&quot;&gt;&lt;b&gt;">&lt;<i>1</a>',
  );
});

test('embedded JSON is unchanged when read back, and contains no tag', () => {
  const { html } = embedded(HOSTILE_TEXT);
  expect(html).not.toMatch(/[<>]/);
  expect(JSON.parse(html)).toBe(HOSTILE_TEXT);
});

test('only public pages are linked', () => {
  expect(link('https://example.org/', 'x').html).toBe('<a href="https://example.org/" rel="noreferrer">x</a>');
  expect(link('javascript:alert(1)', '<x>').html).toBe('&lt;x&gt;');
});
