import type { Level } from '../../behaviors/behavior';
import { BEHAVIORS } from '../../behaviors/catalog';
import { explain } from '../../cli/explain';
import { list } from '../../cli/list';
import type { Explanation } from '../../reporters/explanation';
import { UsageError } from '../../target/errors';
import { printed } from './printed';

test.each(BEHAVIORS.map(({ id }) => id))('explain %s', (id) => {
  const behavior = BEHAVIORS.find((one) => one.id === id);
  const text = printed(() => explain(id));
  expect(text.split('\n')[0]).toBe(id);
  expect(text).toContain(`  must hold  ${behavior?.statement}`);
  expect(text).toContain(`  level      ${behavior?.level}`);
  expect(text).toMatch(/^ {2}source {5}\S/m);
  expect(text).toMatch(/^ {2}tried by {3}[\w-]+\/[\w-]+/m);
  expect(text).toContain(`  judged in  behaviors/${id.split('.')[0]}.ts`);
});

test.each(BEHAVIORS.map(({ id }) => id))(
  'explain %s as JSON has fixes, related behaviours and a passing example',
  (id) => {
    const said = JSON.parse(printed(() => explain(id, { json: true }))) as Explanation;
    const text = printed(() => explain(id));
    expect(said).toMatchObject({ id, statement: BEHAVIORS.find((one) => one.id === id)?.statement });
    expect(said.fixes.length).toBeGreaterThan(0);
    expect(said.triedBy.length).toBeGreaterThan(0);
    expect(said.related.restsOn).not.toContain(id);
    for (const other of said.related.neededBy) {
      expect(BEHAVIORS.find((one) => one.id === other)?.restsOn).toContain(id);
    }
    const [request, ...others] = said.example.messages;
    expect([request?.from, request?.startLine]).toEqual([
      'bot',
      expect.stringMatching(/^POST \/communications\/calls\//),
    ]);
    expect(others.length).toBeGreaterThan(0);
    // The console output contains the same facts.
    for (const fact of [...said.fixes, ...said.related.neededBy, `  passes     ${said.example.invitation}`]) {
      expect(text).toContain(fact);
    }
    for (const { from, startLine, headers } of said.example.messages) {
      for (const line of [startLine, ...headers])
        expect(text.split('\n')).toContain(`    ${from === 'bot' ? '>' : '<'} ${line}`);
    }
  },
);

/** The messages of the target in a behaviour's passing example. */
function shownBy(id: string): { startLine: string; headers: string[]; body?: unknown }[] {
  const { example } = JSON.parse(printed(() => explain(id, { json: true }))) as Explanation;
  return example.messages.filter(({ from }) => from === 'target');
}

test.each<[string, object[]]>([
  [
    'response.location',
    [{ startLine: '200', headers: expect.arrayContaining([expect.stringMatching(/^location: .*\/operations\//)]) }],
  ],
  ['authorization.status-401', [{ startLine: '401' }]],
  ['request.content-type', [{ startLine: '415', body: { error: { code: expect.any(String) } } }]],
  [
    'completion.status',
    [
      {
        startLine: 'POST /callback',
        body: { value: [{ changeType: 'deleted', resourceData: { status: 'completed' } }] },
      },
    ],
  ],
  [
    'failure.announced',
    [
      {
        body: {
          value: [
            { changeType: 'deleted', resourceData: { status: 'failed', resultInfo: { code: expect.any(Number) } } },
          ],
        },
      },
    ],
  ],
  ['roster.invitees', [{ body: { value: [{ changeType: 'updated', resourceData: [{ isMuted: false }] }] } }]],
  [
    'ordering.completion-before-roster',
    [{ body: { value: [{ changeType: 'deleted' }] } }, { body: { value: [{ changeType: 'updated' }] } }],
  ],
  [
    'replace.peer-call-deleted',
    [
      { body: { value: [{ resourceData: { state: 'terminating' } }] } },
      { body: { value: [{ changeType: 'deleted' }] } },
    ],
  ],
])('a passing example of %s', (id, messages) => {
  expect(shownBy(id)).toMatchObject(messages);
});

test('a passing example contains no token and no address of the recording machine', () => {
  const all = BEHAVIORS.map(
    ({ id }) => (JSON.parse(printed(() => explain(id, { json: true }))) as Explanation).example,
  );
  const headers = all.flatMap(({ messages }) => messages.flatMap((one) => one.headers));
  const tokens = headers.filter((header) => header.startsWith('authorization: '));
  expect(tokens.length).toBeGreaterThan(10);
  expect(tokens.filter((header) => !/^authorization: [A-Za-z]+ …$/.test(header))).toEqual([]);
  expect(JSON.stringify(all)).not.toMatch(/127\.0\.0\.1|redacted/);
});

test.each([
  ['response.loction', 'response.location'],
  ['Roster.Joined', 'roster.joined'],
])('an unknown id is refused with the nearest one: %s', (id, nearest) => {
  expect(() => explain(id)).toThrow(UsageError);
  expect(() => explain(id)).toThrow(`no behaviour ${JSON.stringify(id)}; did you mean ${nearest}?`);
});

test('explain lists all behaviours of an area', () => {
  const inArea = BEHAVIORS.filter(({ id }) => id.startsWith('pstn.')).map(({ id }) => id);
  expect(inArea.length).toBeGreaterThan(1);
  expect(() => explain('pstn')).toThrow(`no behaviour "pstn"; that is an area. Its behaviours: ${inArea.join(', ')}`);
});

test.each<[Level | undefined, Level[]]>([
  [undefined, ['stated', 'shown', 'linked']],
  ['linked', ['stated', 'shown', 'linked']],
  ['shown', ['stated', 'shown']],
  ['stated', ['stated']],
])('list up to level %s', (level, levels) => {
  const expected = BEHAVIORS.filter((one) => levels.includes(one.level));
  const flags = level === undefined ? {} : { level };
  const lines = printed(() => list(flags))
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(expected.map(({ id }) => id));
  const json = JSON.parse(printed(() => list({ ...flags, json: true }))) as unknown[];
  expect(json).toMatchObject(expected.map(({ id, level: of, statement }) => ({ id, level: of, statement })));
});

test('list of some areas, up to a level', () => {
  const wanted = BEHAVIORS.filter(({ id, level }) => /^(?:response|pstn)\./.test(id) && level !== 'linked');
  expect(wanted.length).toBeGreaterThan(5);
  const json = JSON.parse(printed(() => list({ area: ['pstn', 'response'], level: 'shown', json: true }))) as unknown[];
  expect(json).toMatchObject(wanted.map(({ id }) => ({ id })));
});

test.each([
  ['respons', 'no "respons"; did you mean response? Known: request, authorization'],
  ['response.location', 'no "response.location"'],
  ['', 'no ""'],
])('an unknown area is refused: %j', (area, message) => {
  expect(() => list({ area: [area] })).toThrow(UsageError);
  expect(() => list({ area: [area] })).toThrow(`--area: ${message}`);
});
