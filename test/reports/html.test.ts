import { BEHAVIORS } from '../../behaviors/catalog';
import type { Finding } from '../../behaviors/behavior';
import { htmlReport } from '../../reporters/html';
import { linesOf } from '../../reporters/html/coverage';
import { embedded, markup } from '../../reporters/html/markup';
import { payloadOf, placeOf, pointsOf } from '../../reporters/html/payload';
import { timeline } from '../../reporters/html/timeline';
import { Wire } from '../../reporters/html/wire';
import type { Delivery, Exchange } from '../../history/events';
import { judged, recorded } from './recorded';
import { goodResult, holdsControls, HOSTILE_TEXT, mixedResult } from './samples';

const history = recorded(HOSTILE_TEXT);
const page = htmlReport(judged(history), history);

function finding(events: number[], seen = 'something else'): Finding {
  return { expected: 'x', seen, where: 'single/one/1', hint: 'y', events };
}

describe('the page', () => {
  test('holds two scripts, one style and no other active content, whatever the target sends', () => {
    for (const html of [page, htmlReport(mixedResult(HOSTILE_TEXT))]) {
      expect(html.match(/<script/g)).toHaveLength(2);
      expect(html.match(/<\/script/g)).toHaveLength(2);
      expect(html.match(/<style/g)).toHaveLength(1);
      expect(html.match(/<\/style/g)).toHaveLength(1);
      expect(html).not.toContain('<!--');
      expect(html).not.toMatch(/<(img|iframe|object|embed|base)\b/);
      expect(html).not.toMatch(/ on\w+=["']/);
      expect(html).not.toMatch(/href="(?!#|https:\/\/github\.com\/|data:,)/);
      expect(holdsControls(html)).toBe(false);
    }
  });

  test('the policy allows nothing but its own style and script', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toMatch(
      /^default-src &#39;none&#39;; style-src &#39;sha256-\S+&#39;; script-src &#39;sha256-\S+&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
    );
  });

  test('shows every behaviour once', () => {
    for (const { id } of BEHAVIORS) expect(page.split(`id="${id}"`)).toHaveLength(2);
  });

  test('says of a good run what passed, and does without a history', () => {
    const html = htmlReport(goodResult());
    expect(html).toContain('<h1>PASS</h1>');
    expect(html).not.toContain('<svg class="timeline"');
    expect(html).toContain('<script type="application/json" id="payloads">[]</script>');
  });

  test('stays of a sensible size with many long bodies', () => {
    const big = recorded('x'.repeat(900_000));
    expect(htmlReport(judged(big), big).length).toBeLessThan(3_000_000);
  });
});

test('markup takes every value for text, unless it is markup', () => {
  expect(markup`<a title="${'"><b>'}">${['<', markup`<i>`, 1, undefined]}</a>`.html).toBe(
    '<a title="&quot;&gt;&lt;b&gt;">&lt;<i>1</a>',
  );
});

test('embedded JSON reads back and holds no tag', () => {
  const { html } = embedded(HOSTILE_TEXT);
  expect(html).not.toMatch(/[<>]/);
  expect(JSON.parse(html)).toBe(HOSTILE_TEXT);
});

describe('payloads', () => {
  const [exchange, roster, , broken] = history.events.filter(
    (event): event is Exchange | Delivery => event.kind === 'exchange' || event.kind === 'delivery',
  );
  const of = (event: Exchange | Delivery | undefined) => {
    if (!event) throw new Error('no event');
    return payloadOf(event);
  };

  test.each([
    ['a member', '$.value[0].changeType', /"changeType": "updated"/],
    ['a quoted member', "$['@odata.type']", /commsNotifications/],
    ['what stands deeper', '$.value[0].resourceData[0].isMuted', /"isMuted": true/],
  ])('%s is found in the lines', (_, path, line) => {
    const payload = of(roster);
    const [from, to] = placeOf(payload, path)?.place ?? [];
    expect(from).toBe(to);
    expect(payload.lines[from ?? -1]).toMatch(line);
  });

  test('of what is absent, the nearest member around it is found', () => {
    const payload = of(roster);
    expect(placeOf(payload, '$.value[0].absent.deeper')).toEqual(placeOf(payload, '$.value[0]'));
    expect(placeOf(payload, '$.value[0].absent')?.known).toBe('$.value[0]'.length);
    expect(placeOf(payload, 'no-header')).toBeUndefined();
  });

  test('of an exchange, the answer is meant: its status, its headers, its body', () => {
    const payload = of(exchange);
    const line = (path: string): string | undefined => payload.lines[placeOf(payload, path)?.place[0] ?? -1];
    expect(line('status')).toBe('200');
    expect(line('content-type')).toBe('content-type: application/json');
    expect(line('$.id')).toContain('"id": "66666666');
  });

  test('what is no JSON, too deep or too long is shown as it came', () => {
    expect(of(broken).lines.at(-1)).toContain('is no JSON');
    const content = (text: string): string[] =>
      payloadOf({ ...(roster as Delivery), body: { encoding: 'utf8', content: text, bytes: 1, truncated: false } })
        .lines;
    expect(content('['.repeat(5000) + ']'.repeat(5000)).at(-1)).toMatch(/^\[{5000}/);
    expect(content(JSON.stringify('x'.repeat(50_000))).at(-1)).toMatch(/^\(the first 16384 characters/);
    expect(content('').at(-1)).toBe('(no body)');
  });

  test('no line holds control characters', () => {
    const lines = [exchange, roster, broken].flatMap((event) => of(event).lines);
    expect(lines.filter((line) => holdsControls(line, ''))).toEqual([]);
  });
});

test.each([
  ["$['@odata.type'] is nothing", [{ path: "$['@odata.type']" }]],
  ['delivery 5, $.value[0].changeType is "x"', [{ n: 5 }, { n: 5, path: '$.value[0].changeType' }]],
  ['Location is "x"', [{ path: 'location' }]],
  ['the status is 201', [{ path: 'status' }]],
  ['the response has no Location header', [{ path: 'status' }]],
  ['no roster update came', []],
])('%s points at what it names', (seen, points) => {
  expect(pointsOf(seen)).toEqual(points);
});

describe('a scene', () => {
  const wire = new Wire(history);

  test('holds what happened on the call, and marks what the finding points at', () => {
    const scene = wire.scene(finding([3, 4, 5], 'delivery 4, $.value[0].resourceData is first'));
    expect(scene?.spans.map(({ n, guilty, marks }) => [n, guilty, marks.length])).toEqual([
      [3, false, 0],
      [4, true, 1],
      [5, false, 0],
      [6, false, 0],
    ]);
    expect(scene?.endedAt).toBe(700);
  });

  test.each([
    ['$.value[0].changeType is "x"', 5],
    ['$.value[0].absent is nothing', 5],
    ['$.status is "x"', 3],
    ['$.absent is nothing', 3],
    ['the status is 201', 3],
  ])('finds the event in which %s', (seen, n) => {
    const scene = wire.scene(finding([3, 5], seen));
    expect(scene?.spans.filter(({ guilty }) => guilty).map((span) => span.n)).toEqual([n]);
    expect(scene?.spans.filter(({ marks }) => marks.length > 0).map((span) => span.n)).toEqual([n]);
  });

  test('is none where a finding points at nothing on the wire', () => {
    expect(wire.scene(finding([]))).toBeUndefined();
    expect(wire.scene(finding([1, 99]))).toBeUndefined();
  });

  test('leaves out what is too much', () => {
    const many: Delivery[] = Array.from({ length: 60 }, (_, i) => ({
      ...(history.events[3] as Delivery),
      n: 100 + i,
      headersAt: 200 + i,
    }));
    const scene = new Wire({ ...history, events: [...history.events, ...many] }).scene(finding([3, 159]));
    expect([scene?.spans.length, scene?.leftOut]).toEqual([24, 40]);
    expect(scene?.spans.some(({ n }) => n === 159)).toBe(true);
  });

  test('is drawn to scale: twice the time, twice the width', () => {
    const span = { kind: 'delivery' as const, label: 'x', guilty: false, marks: [] };
    const { html } = timeline(
      {
        spans: [
          { ...span, n: 1, from: 0, until: 100 },
          { ...span, n: 2, from: 200, until: 400 },
        ],
        leftOut: 0,
      },
      'a title',
    );
    const widths = [...html.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="14"/g)].map(([, w]) =>
      Number(w),
    );
    expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(2, 1);
    expect(html).toContain('aria-label="a title"');
  });
});

test.each([
  ['the page, line 50', [50]],
  ['the page, lines 504, 505, 506', [504, 505, 506]],
  ['the page, line 52; linked: inviteParticipantsOperation', [52]],
  ['linked: metadata, entity: id is the key', []],
])('%s names its lines', (source, lines) => {
  expect(linesOf(source)).toEqual(lines);
});
