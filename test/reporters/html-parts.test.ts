import type { Finding } from '../../behaviors/behavior';
import type { Place, Value } from '../../behaviors/finding';
import { coverage } from '../../reporters/html/coverage';
import { differingParts, sidesOf, type Part } from '../../reporters/html/difference';
import { linesAt, payloadOf } from '../../reporters/html/payload';
import { timeline } from '../../reporters/html/timeline';
import { Wire, type Span } from '../../reporters/html/wire';
import type { Delivery, Exchange } from '../../history/events';
import { recorded } from './recorded';
import { goodResult, holdsControls, HOSTILE_TEXT } from './samples';

const history = recorded(HOSTILE_TEXT);

function finding(at: Place[], more: Partial<Finding> = {}): Finding {
  return {
    fact: 'completion.change-type',
    expected: { is: 'absent' },
    observed: { is: 'absent' },
    at,
    attempt: { scenario: 'single', name: 'one', invitation: 'single/one/1', call: 'single/one#1' },
    ...more,
  };
}

describe('the difference', () => {
  const marked = (parts: readonly Part[]): string =>
    parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');

  test.each([
    [
      'an id in a URL',
      '/calls/12ab-34/operations/5',
      '/calls/12cd-34/operations/5',
      '/calls/[12ab-34]/operations/5',
      '/calls/[12cd-34]/operations/5',
    ],
    [
      'two of them',
      '/calls/1/operations/2',
      '/calls/3/operations/4',
      '/calls/[1]/operations/[2]',
      '/calls/[3]/operations/[4]',
    ],
    ['text that was cut off', '"Invitation 1"', '"Invit"', '"Invit[ation 1]"', '"Invit"'],
    ['text that was added', '"one"', '"one two"', '"one"', '"one[ two]"'],
    ['white space', '" a  b "', '"a b"', '"[ ]a [ ]b[ ]"', '"a b"'],
    ['nothing', 'same', 'same', 'same', 'same'],
    ['everything', 'abc', 'xyz', '[abc]', '[xyz]'],
    ['a surrogate pair', '𝒜𝒜', '𝒜', '𝒜[𝒜]', '𝒜'],
  ])('%s is marked', (_, expected, observed, left, right) => {
    expect(differingParts(expected, observed).map(marked)).toEqual([left, right]);
  });

  test('both values are shown whole, even if they are long', () => {
    const [a, b] = ['a b '.repeat(2000), 'b a '.repeat(2000)];
    expect(differingParts(a, b).map((parts) => parts.map(({ text }) => text).join(''))).toEqual([a, b]);
  });

  test('of participants, the missing and the unexpected ones are shown', () => {
    const who = (id: string, number: number) => ({
      kind: 'user',
      id,
      role: { of: 'invitee' as const, number, count: 2 },
    });
    const [expected, observed]: Value[] = [
      { is: 'identities', identities: [who('a', 1), who('b', 2)] },
      { is: 'identities', identities: [who('b', 2), { kind: 'user', id: 'c', role: { of: 'unknown' } }] },
    ];
    if (!expected || !observed) throw new Error('no values');
    expect(sidesOf({ expected, observed }).map(marked)).toEqual([
      '[user a (invitee 1 of 2)]\nuser b (invitee 2 of 2)',
      'user b (invitee 2 of 2)[\nuser c (unknown to this run)]',
    ]);
  });

  test('values of different kinds are not compared', () => {
    const sides = sidesOf({
      expected: { is: 'status', status: 200 },
      observed: { is: 'noAnswer', reason: 'it broke off' },
    });
    expect(sides.map(marked)).toEqual(['200', 'no response: it broke off']);
  });
});

describe('payloads', () => {
  const [exchange, roster, , broken] = history.events.filter(
    (event): event is Exchange | Delivery => event.kind === 'exchange' || event.kind === 'delivery',
  );
  const of = (event: Exchange | Delivery | undefined) => {
    if (!event) throw new Error('no event');
    return payloadOf(event);
  };

  const at = (event: Exchange | Delivery | undefined, place: Omit<Place, 'event'>): string[] => {
    const payload = of(event);
    const [from, to] = linesAt(payload, { event: 0, ...place }) ?? [1, 0];
    return payload.lines.slice(from, to + 1);
  };

  test.each([
    ['a member', '$.value[0].changeType', '"changeType": "updated",'],
    ['a quoted member', "$['@odata.type']", '"@odata.type": "#microsoft.graph.commsNotifications",'],
    ['a deeper value', '$.value[0].resourceData[0].isMuted', '"isMuted": true,'],
  ])('%s is found in the lines', (_, path, line) => {
    expect(at(roster, { part: 'body', path }).map((one) => one.trim())).toEqual([line]);
  });

  test.each(['$.value[0].absent', '$.value[0].absent.deeper[3]', "$.value[0]['@odata.absent']"])(
    'of an absent value, the nearest enclosing one is found: %s',
    (path) => {
      expect(at(roster, { part: 'body', path })).toEqual(at(roster, { part: 'body', path: '$.value[0]' }));
    },
  );

  test('a place without a path is not found', () => {
    expect(at(roster, { part: 'body', path: 'x y' })).toEqual([]);
    expect(at(broken, { part: 'body', path: '$' })).toEqual([]);
    expect(at(roster, { part: 'time' })).toEqual([]);
  });

  test('of an exchange, the response is shown: its status, its headers, its body', () => {
    expect(at(exchange, { part: 'status' })).toEqual(['200']);
    expect(at(exchange, { part: 'header', path: 'Content-Type' })).toEqual(['content-type: application/json']);
    expect(at(exchange, { part: 'header', path: 'location' })).toEqual(['200']);
    expect(at(exchange, { part: 'body', path: '$.id' })[0]).toContain('"id": "66666666');
    expect(at(roster, { part: 'method' })).toEqual(['POST /callback']);
  });

  test('of a request without a response, the reason is shown', () => {
    const { response: _, ...unanswered } = exchange as Exchange;
    const failed: Exchange = { ...unanswered, failure: { reason: 'it broke off', at: 50 } };
    expect(at(failed, { part: 'status' })).toEqual(['No answer: it broke off']);
  });

  test('content that is not JSON, too deep or too long is shown as received', () => {
    expect(of(broken).lines.at(-1)).toContain('is no JSON');
    const content = (text: string): string[] =>
      payloadOf({ ...(roster as Delivery), body: { encoding: 'utf8', content: text, bytes: 1, truncated: false } })
        .lines;
    expect(content('['.repeat(5000) + ']'.repeat(5000)).at(-1)).toMatch(/^\[{5000}/);
    expect(content(JSON.stringify('x'.repeat(50_000))).at(-1)).toMatch(/^\(the first 16384 characters/);
    expect(content('').at(-1)).toBe('(no body)');
  });

  test('no line contains control characters', () => {
    const lines = [exchange, roster, broken].flatMap((event) => of(event).lines);
    expect(lines.filter((line) => holdsControls(line, ''))).toEqual([]);
  });
});

describe('a timeline', () => {
  const wire = new Wire(history);

  const shown = (one: Finding): unknown =>
    wire.scene(one)?.spans.map(({ n, guilty, marks }) => [n, guilty, marks.length]);

  test('contains the events of the call, and marks those of the finding', () => {
    const pointing = finding([
      { event: 4, part: 'body', path: '$.value[0].resourceData' },
      { event: 5, part: 'time' },
    ]);
    expect(shown(pointing)).toEqual([
      [3, false, 0],
      [4, true, 1],
      [5, true, 0],
      [6, false, 0],
    ]);
    expect(wire.scene(pointing)?.endedAt).toBe(700);
    expect(wire.request(pointing)?.n).toBe(3);
  });

  test('is absent if the finding has no event of this history', () => {
    expect(wire.scene(finding([]))).toBeUndefined();
    expect(
      wire.scene(
        finding([
          { event: 1, part: 'time' },
          { event: 99, part: 'time' },
        ]),
      ),
    ).toBeUndefined();
    const other = finding([{ event: 4, part: 'time' }], { of: 'another run' });
    expect([wire.scene(other), wire.request(other)]).toEqual([undefined, undefined]);
  });

  test('omits events beyond the limit', () => {
    const many: Delivery[] = Array.from({ length: 60 }, (_, i) => ({
      ...(history.events[3] as Delivery),
      n: 100 + i,
      headersAt: 200 + i,
    }));
    const scene = new Wire({ ...history, events: [...history.events, ...many] }).scene(
      finding([{ event: 159, part: 'time' }]),
    );
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

describe('the labels of a timeline', () => {
  const long: Span = {
    n: 1,
    kind: 'delivery',
    label: 'operation completed, roster',
    guilty: true,
    marks: [],
    from: 0,
    until: 1,
  };
  const wave = Array.from({ length: 20 }, (_, i): Span => ({
    ...long,
    n: i,
    from: (i * 37) % 100,
    until: ((i * 37) % 100) + (i % 7),
  }));

  test.each([
    ['all at once', Array.from({ length: 12 }, (_, i): Span => ({ ...long, n: i + 1000 }))],
    ['one after the other', wave],
    [
      'exchanges too',
      wave.map((span, i): Span => ({ ...span, kind: i % 2 === 0 ? 'exchange' : 'delivery', answeredAt: span.from })),
    ],
  ])('neither overlap nor leave the picture: %s', (_, spans) => {
    const { html } = timeline({ spans: spans.toSorted((a, b) => a.from - b.from), leftOut: 0 }, 'x');
    const labels = [...html.matchAll(/<text x="([\d.]+)" y="(\d+)">([^<]+)</g)].map(([, x, y, text = '']) => {
      return { x: Number(x), y: Number(y) - 11, end: Number(x) + text.length * 6.62 };
    });
    const bars = [...html.matchAll(/<rect x="([\d.]+)" y="(\d+)" width="([\d.]+)" height="14"/g)].map(
      ([, x, y, width]) => {
        return { x: Number(x), y: Number(y), end: Number(x) + Number(width) };
      },
    );
    const boxes = [...labels, ...bars];
    expect(labels).toHaveLength(spans.length);
    const clashes = boxes.filter((a, i) => boxes.some((b, j) => i < j && a.y === b.y && a.x < b.end && b.x < a.end));
    expect(clashes).toEqual([]);
    expect(Math.max(...boxes.map(({ end }) => end))).toBeLessThan(960);
  });
});

test('the map shows the lines from which behaviours come, in the colour of the worst verdict', () => {
  const [first, second, ...others] = goodResult().behaviors;
  if (!first || !second) throw new Error('no behaviours');
  const page = (...lines: number[]) => ({
    page: { name: 'participant-invite' as const, edition: 'x', lines, url: 'x' },
  });
  const linked = { linked: { name: 'errors', url: 'https://learn.microsoft.com/errors' } };
  const behaviors = [
    { ...first, source: page(50, 504) },
    { ...second, verdict: 'failed' as const, source: { ...page(504), ...linked } },
    ...others.map((one) => ({ ...one, source: linked })),
  ];
  const { html } = coverage({ ...goodResult(), behaviors });
  expect(
    [...html.matchAll(/class="cell (\w+)" data-line="(\d+)"/g)].map(([, verdict, line]) => [line, verdict]),
  ).toEqual([
    ['50', 'passed'],
    ['504', 'failed'],
  ]);
  expect(html).toContain('<a href="https://learn.microsoft.com/errors" rel="noreferrer">errors</a>');
});
