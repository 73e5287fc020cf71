import type { DriftReport, DriftStatus } from '../../page';
import { driftOf, markdown, replaced, sources } from './drifted';

function standing(report: DriftReport, ...which: DriftStatus[]): string[] {
  return report.behaviors
    .filter((behavior) => which.includes(behavior.standing))
    .map(({ id }) => id)
    .toSorted();
}

/** Behaviours with a place in another part of the page, not just on another line. */
function relocated(report: DriftReport): string[] {
  return report.behaviors
    .filter(({ standing: how, places }) => how === 'moved' && places.some(({ elsewhere }) => elsewhere === true))
    .map(({ id }) => id)
    .toSorted();
}

/** A section, from its heading to the next of the same level or higher. */
function section(heading: string): string {
  const start = markdown.indexOf(heading);
  if (start === -1) throw new Error(`the page has no ${heading}`);
  const level = /^#+/.exec(heading)?.[0].length ?? 1;
  const rest = markdown.slice(start + heading.length);
  const end = rest.search(new RegExp(`\\n#{1,${level}} (?!\\[)`));
  return heading + (end === -1 ? rest : rest.slice(0, end + 1));
}

const NOTE = '> **Note:** Calls between two parties are left out here.\n';
const SUCCESS = ['response.location', 'response.location-operation', 'response.status-200'];
const ONE_SAYS_FIVE = ['multiple.accepted', 'multiple.five-accepted', 'multiple.six-refused'];
const FIRST_ONLY = ['accepted', 'completion', 'response', 'roster'].map((what) => `replace.first-only-${what}`);
const COMPLETION_HEADING = [
  'completion.announced',
  'completion.once',
  'ordering.completion-before-roster',
  'ordering.concurrent-invitations',
  'ordering.response-first',
];

interface Edit {
  page: () => string;
  changed?: string[];
  gone?: string[];
  reworded?: string[];
  /** The parts reported as new, in order. */
  uncovered?: string[];
}

const EDITS: Record<string, Edit> = {
  'the limit of a parameter': {
    page: () => replaced('at most 256', 'at most 512'),
    changed: ['request.client-context-at-limit', 'request.client-context-over-limit'],
  },
  'the number of participants': { page: () => replaced('Up to 5 people', 'Up to 10 people'), changed: ONE_SAYS_FIVE },
  'what several participants need': {
    page: () => replaced('has to have a chat', 'has to have no chat'),
    changed: ['multiple.accepted', 'multiple.chat-info-required'],
  },
  'the status of success': { page: () => replaced('`200 OK`, with', '`202 Accepted`, with'), changed: SUCCESS },
  'a header that is no longer promised': {
    page: () => replaced(/, with a location header that names the \[operation\]\(.*?\)/, ''),
    changed: SUCCESS,
  },
  'a note removed': { page: () => replaced(NOTE, ''), gone: ['request.group-calls-only'] },
  'a note reworded': {
    page: () => replaced('Calls between two parties are left out here', 'Calls between two parties are supported here'),
    changed: ['request.group-calls-only'],
  },
  'a parameter added': {
    page: () =>
      replaced('| clientContext |', '| sendEmail | Boolean | Whether to send a mail as well. |\n| clientContext |'),
    uncovered: ['a parameter'],
  },
  'a parameter removed': {
    page: () => replaced(/\| clientContext \| String.*\n/, ''),
    gone: ['request.client-context-at-limit', 'request.client-context-over-limit'],
  },
  'a parameter that no behaviour covers changed': {
    page: () => replaced('Whom to ask in.', 'Whom to ask in, at most 5.'),
    uncovered: ['a parameter'],
  },
  'an example with another status': {
    page: () => replaced('HTTP/1.1 200 OK', 'HTTP/1.1 202 Accepted'),
    uncovered: ['a status line'],
  },
  'a permission renamed': {
    page: () => replaced('Calls.InitiateGroupCall.All', 'Calls.Invite.All'),
    changed: ['authorization.application-permission'],
  },
  'a permission added': {
    page: () => replaced('| Application |', '| Application (of a partner) | Calls.Partner.All |\n| Application |'),
    uncovered: ['a permission'],
  },
  'delegated permissions allowed': {
    page: () => replaced('| Delegated (of a company)    | None |', '| Delegated (of a company) | Calls.Own |'),
    changed: ['authorization.delegated'],
  },
  'a request header no longer needed': {
    page: () => replaced('Bearer {token}. Needed.', 'Bearer {token}. Optional.'),
    changed: ['authorization.bearer', 'authorization.required', 'authorization.unknown-token'],
  },
  'the route': {
    page: () => replaced('```http\nPOST /communications/calls/{id}', '```http\nPOST /voice/calls/{id}'),
    changed: ['request.route'],
  },
  'a status in an example': {
    page: () => replaced('"status": "Running"', '"status": "Pending"'),
    changed: ['response.status-running'],
  },
  'the end of an operation': {
    page: () => replaced('"status": "completed"', '"status": "done"'),
    changed: ['completion.status'],
  },
  'a change type': {
    page: () => replaced('"changeType": "deleted"', '"changeType": "updated"'),
    changed: ['completion.change-type'],
  },
  'a property of a response left out': {
    page: () => replaced('  "resultInfo": null,\n', ''),
    gone: ['response.result-info'],
  },
  'a property added to a response': {
    page: () => replaced('  "resultInfo": null,\n', '  "resultInfo": null,\n  "region": "emea",\n'),
    uncovered: ['a value in an example'],
  },
  'a heading renamed that behaviours come from': {
    page: () => replaced('##### Notification - the end', '##### Notification - the end failed'),
    changed: COMPLETION_HEADING,
  },
  'a heading renamed that none comes from': {
    page: () => replaced('## Request body', '## What to send'),
    uncovered: ['a heading'],
  },
  'a sentence added': {
    page: () => replaced('Send a JSON object with these.', 'Send a JSON object with these. Other members are refused.'),
    uncovered: ['a sentence'],
  },
  'a rule of two sentences removed in part': {
    page: () => replaced('Of several who are named the first one counts\nand the others are passed over.\n', ''),
    changed: FIRST_ONLY,
  },
  'an example added': {
    page: () =>
      replaced(
        '### Example 4',
        `${section('### Example 2').replace('Several people', 'A crowd').replace('chat', 'room')}### Example 4`,
      ),
    uncovered: ['an example'],
  },
  'a section added': {
    page: () => replaced('## Examples', '## Limits\nTen calls a second, no more.\n\n## Examples'),
    uncovered: ['a section'],
  },
  'the callback asked with another method': {
    page: () => replaced('POST https://robot.example/hook', 'PUT https://robot.example/hook'),
    changed: ['notification.post'],
  },
};

describe('an edited page', () => {
  test.each(Object.entries(EDITS))('%s', (_name, { page, changed = [], gone = [], reworded = [], uncovered = [] }) => {
    const report = driftOf(page());
    expect(standing(report, 'changed')).toEqual(changed.toSorted());
    expect(standing(report, 'gone')).toEqual(gone.toSorted());
    expect(standing(report, 'reworded')).toEqual(reworded.toSorted());
    expect(relocated(report)).toEqual([]);
    expect(report.uncovered.map(({ what }) => what)).toEqual(uncovered);
    expect(report.exitCode).toBe(changed.length + gone.length > 0 ? 1 : uncovered.length > 0 ? 3 : 0);
  });

  test('a change is reported with both of its lines and the present text', () => {
    const report = driftOf(
      replaced('Namespace: microsoft.graph\n', 'Namespace: microsoft.graph\n\n\n').replace(
        'at most 256',
        'at most 512',
      ),
    );
    const [line = 0] = sources.get('request.client-context-at-limit') ?? [];
    expect(report.behaviors.find(({ id }) => id === 'request.client-context-at-limit')?.places).toEqual([
      expect.objectContaining({
        standing: 'changed',
        kind: 'parameter',
        was: line,
        now: line + 2,
        says: expect.stringContaining('512') as string,
      }),
    ]);
  });

  test('new text is reported with its place, and with the place of the text that it replaces', () => {
    const [one] = driftOf(replaced('Whom to ask in.', 'Whom to ask in, at most 5.')).uncovered;
    expect(one?.was).toBe(one?.line);
    expect(one?.says).toContain('at most 5');
  });
});

/** Edits that do not change the content of the page. */
const SAME: Record<string, () => string> = {
  nothing: () => markdown,
  'Windows line ends': () => markdown.replaceAll('\n', '\r\n'),
  'a byte order mark': () => `\uFEFF${markdown}`,
  'spaces at the end of lines': () => markdown.replace(/(?<=[a-z.|])\n/g, '  \n'),
  'tabs in JSON': () => markdown.replace(/^( {2})+(?=["{}[\]])/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
  'JSON on one line': () => markdown.replace(/^\{\n[\s\S]*?^\}$/gm, (text) => JSON.stringify(JSON.parse(text))),
  'more empty lines': () => markdown.replaceAll('\n\n', '\n\n\n\n'),
  'columns of tables': () => markdown.replace(/ *\| */g, '   |  ').replace(/:-+/g, ':------------'),
  'targets of links': () => markdown.replace(/(?<!sample-code)\]\(\.\.\/[^)]*\)/g, '](https://elsewhere.example/x)'),
  anchors: () =>
    markdown
      .replace('## Response', '<a name="there"></a>\n## Response')
      .replace('## Permissions', '## Permissions {#may}'),
  emphasis: () => markdown.replace('at once', '**at once**').replace('`200 OK`', '200 *OK*'),
  'another way to write a note': () => markdown.replaceAll('> **Note:** ', '> [!NOTE]\n> '),
  'a sentence on two lines': () => markdown.replace('a location header that', 'a location header\nthat'),
  'identifiers in examples': () =>
    markdown.replaceAll('f2fa86af-3c51-4bc2-8fc0-475452d9764f', '01234567-89ab-cdef-0123-456789abcdef'),
  'the order of members': () => markdown.replace(/( {2}"status": "Running",\n)( {2}"clientContext": ".*",\n)/g, '$2$1'),
  'code of another language': () => markdown.replaceAll('[!INCLUDE [sample-code]', '[!INCLUDE [other-code]'),
};

describe('a page with the same content', () => {
  test.each(Object.entries(SAME))('%s', (name, page) => {
    const changed = page();
    expect(changed === markdown).toBe(name === 'nothing');
    const report = driftOf(changed);
    expect(standing(report, 'reworded', 'included', 'changed', 'gone')).toEqual([]);
    expect(relocated(report)).toEqual([]);
    expect(report.uncovered).toEqual([]);
    expect(report.reworded).toEqual([]);
    expect(report.removed).toEqual([]);
    expect(report.exitCode).toBe(0);
  });
});

describe('text in another place', () => {
  test('a moved section moves its behaviours', () => {
    const body = section('## Request body');
    const report = driftOf(markdown.replace(body, '').replace('## Permissions', `${body}## Permissions`));
    expect(relocated(report)).toEqual(['request.client-context-at-limit', 'request.client-context-over-limit']);
    expect(standing(report, 'changed', 'gone')).toEqual([]);
    expect(report.uncovered).toEqual([]);
    expect(report.exitCode).toBe(0);
  });

  test('swapped examples are not drift', () => {
    const [third, fourth] = [section('### Example 3'), section('### Example 4')];
    const report = driftOf(markdown.replace(third + fourth, `${fourth}\n${third}`));
    expect(standing(report, 'changed', 'gone')).toEqual([]);
    expect(report.uncovered).toEqual([]);
    expect(relocated(report).every((id) => /^(?:pstn|replace|ordering\.replaced|response\.replaces)/.test(id))).toBe(
      true,
    );
    expect(relocated(report)).not.toEqual([]);
  });

  test('a note that moved to another section has moved', () => {
    const report = driftOf(markdown.replace(NOTE, '').replace('## Examples\n', `## Examples\n${NOTE}\n`));
    expect(relocated(report)).toEqual(['request.group-calls-only']);
    expect(standing(report, 'changed', 'gone')).toEqual([]);
    expect(report.uncovered).toEqual([]);
  });

  test('notifications in another order change the behaviours of the order', () => {
    const [end, roster] = ['##### Notification - the end', '##### Notification - the roster'].map(section);
    const report = driftOf(markdown.replace(`${end ?? ''}${roster ?? ''}`, `${roster ?? ''}\n${end ?? ''}`));
    expect(standing(report, 'changed')).toEqual([
      'ordering.completion-before-roster',
      'ordering.concurrent-invitations',
    ]);
    expect(standing(report, 'gone')).toEqual([]);
  });
});
