import {
  drift,
  driftMarkdown,
  driftText,
  fingerprintsOf,
  parseFingerprints,
  readPage,
  updatedFingerprints,
  type DriftReport,
} from '../../page';
import { fingerprintText } from '../../page/fingerprint-file';
import { UsageError } from '../../target/errors';
import { driftOf, fingerprints, markdown, replaced, sources } from './drifted';
import { DOCUMENTED } from '../support/documented';

const ids = (report: DriftReport, standing: string): string[] =>
  report.behaviors.filter((one) => one.standing === standing).map(({ id }) => id);

const PERMISSIONS = /\| Permission type[\s\S]*?InitiateGroupCall\.All \|\n/;
const INCLUDE = '[!INCLUDE [permissions-table](../includes/permissions/robot-call-in.md)]\n';
const FILE = 'includes/permissions/robot-call-in.md';

describe('text that moved from the page into an included file', () => {
  const moved = replaced(PERMISSIONS, INCLUDE);

  test('a table is not reported as gone', () => {
    const report = driftOf(moved);
    expect(ids(report, 'included')).toEqual(['authorization.delegated', 'authorization.application-permission']);
    expect(ids(report, 'gone')).toEqual([]);
    expect(report.uncovered).toEqual([expect.objectContaining({ what: 'an include', says: FILE })]);
    expect(report.exitCode).toBe(3);
    expect(driftText(report)).toContain(`moved out of the page into ${FILE}`);
    expect(driftMarkdown(report)).toContain('in includes/permissions/robot-call-in.md');
  });

  test('is not reported as gone after an update, or from a file', () => {
    const { fingerprints: anew, gone } = updatedFingerprints(readPage(moved), fingerprints, sources);
    expect(gone).toEqual([]);
    const report = drift(readPage(moved), parseFingerprints(fingerprintText({ ...anew }), 'file'));
    expect(ids(report, 'included')).toEqual(['authorization.delegated', 'authorization.application-permission']);
    expect(report.uncovered).toEqual([]);
    expect(report.exitCode).toBe(0);
    expect(driftText(report)).toContain(`moved out of the page into ${FILE}`);
    // Without the include they are gone.
    expect(ids(drift(readPage(moved.replace(INCLUDE, '')), anew), 'gone')).toHaveLength(2);
  });

  test.each([
    ['a note', /> \*\*Note:\*\* Calls between two parties.*\n/, ['request.group-calls-only']],
    [
      'a section',
      /## Request headers\n[\s\S]*?(?=## Request body)/,
      ['request.content-type', 'authorization.required', 'authorization.bearer', 'authorization.unknown-token'],
    ],
    [
      'an example',
      /### Example 4[\s\S]*$/,
      ['pstn.accepted', 'pstn.number-required', 'pstn.phone-response', 'pstn.phone-completion', 'pstn.phone-roster'],
    ],
  ])('%s', (_name, what, expected) => {
    const report = driftOf(replaced(what, '[!INCLUDE [more](../includes/more.md)]\n\n'));
    expect(ids(report, 'included').toSorted()).toEqual(expected.toSorted());
    expect(ids(report, 'gone')).toEqual([]);
  });

  test.each([
    ['an include elsewhere', replaced(PERMISSIONS, '').replace('## Examples\n', `## Examples\n${INCLUDE}`)],
    [
      'an include that stands on most pages',
      replaced(PERMISSIONS, '[!INCLUDE [x](../../includes/national-cloud-support.md)]\n'),
    ],
    [
      'another table instead of it',
      replaced(PERMISSIONS, `| Permission type | Names |\n|:--|:--|\n| Nobody | X.Y |\n\n${INCLUDE}`),
    ],
  ])('is gone with %s', (_name, page) => {
    const report = driftOf(page);
    expect(ids(report, 'included')).toEqual([]);
    expect(report.counts.gone).toBeGreaterThan(0);
  });

  test('a row that is gone from a remaining table is reported as gone', () => {
    const report = driftOf(replaced(/\| Application \| Calls.*\n/, `\n${INCLUDE}`));
    expect(ids(report, 'gone')).toEqual(['authorization.application-permission']);
  });
});

test('a new include is reported, an existing one is not', () => {
  expect(driftOf(replaced('## Examples\n', '## Examples\n[!INCLUDE [x](../includes/x.md)]\n')).uncovered).toEqual([
    expect.objectContaining({ what: 'an include', says: 'includes/x.md' }),
  ]);
  expect(driftOf(markdown).uncovered).toEqual([]);
});

describe('a change of wording', () => {
  const SUCCESS = 'If all is well, the answer is `200 OK`, with a location header that names the [operation]';
  const NOTE = 'Calls between two parties are left out here.';
  test.each<[string, string, string, string, 'reworded' | 'changed']>([
    ['a mistake corrected', 'If all is well', 'If all is wel', 'response.location', 'reworded'],
    ['another tense', 'everybody is told', 'everybody will be told', 'roster.announced', 'reworded'],
    [
      'other words',
      'Words of yours, at most 256',
      'Text of yours, at most 256',
      'request.client-context-at-limit',
      'reworded',
    ],
    [
      'a reference added',
      'Bearer {token}. Needed.',
      'Bearer {token}. Needed. Learn more about [tokens and their use](/x).',
      'authorization.bearer',
      'reworded',
    ],
    ['a full stop', '(of a company)    | None |', '(of a company)    | None. |', 'authorization.delegated', 'reworded'],
    [
      'a name no longer set as code',
      SUCCESS,
      SUCCESS.replace('`200 OK`', '200 OK').replace('well', 'good'),
      'response.location',
      'reworded',
    ],
    ['another number', 'at most 256', 'at most 255', 'request.client-context-at-limit', 'changed'],
    ['a number in words', 'between two parties', 'between three parties', 'request.group-calls-only', 'changed'],
    ['a negation', 'are left out here', 'are not left out here', 'request.group-calls-only', 'changed'],
    ['a contracted negation', 'are left out here', "aren't left out here", 'request.group-calls-only', 'changed'],
    ['no longer', 'are left out here', 'are no longer left out here', 'request.group-calls-only', 'changed'],
    ['only', NOTE, `Only c${NOTE.slice(1)}`, 'request.group-calls-only', 'changed'],
    ['a modal verb', 'The robot needs a number', 'The robot can have a number', 'pstn.number-required', 'changed'],
    [
      'another modal verb',
      'The call has to have a chat',
      'The call may have a chat',
      'multiple.chat-info-required',
      'changed',
    ],
    ['a status', '`200 OK`, with', '`204 OK`, with', 'response.status-200', 'changed'],
    ['a word set as code', 'After `completed`', 'After `running`', 'replace.peer-call-deleted', 'changed'],
    ['a name by its capital', 'Bearer {token}', 'Basic {token}', 'authorization.bearer', 'changed'],
    ['a type', 'clientContext | String |', 'clientContext | Number |', 'request.client-context-at-limit', 'changed'],
    [
      'a permission',
      'Calls.InitiateGroupCall.All',
      'Calls.InitiateGroupCalls.All',
      'authorization.application-permission',
      'changed',
    ],
    [
      'a clause dropped',
      ', with a location header that names the [operation](../resources/operation.md)',
      '',
      'response.location',
      'changed',
    ],
    [
      'a clause added',
      'left out here.',
      'left out here and a mail is sent to everybody.',
      'request.group-calls-only',
      'changed',
    ],
  ])('%s: %s becomes %s', (_name, from, to, id, standing) => {
    const report = driftOf(replaced(from, to));
    expect(ids(report, standing)).toContain(id);
    expect(report.exitCode).toBe(standing === 'reworded' ? 0 : 1);
  });

  test('a sentence that became part of a longer one is a change, not gone', () => {
    const report = driftOf(replaced('have a chat. Up to 5 people', 'have a chat, and up to 5 people'));
    expect(ids(report, 'gone')).toEqual([]);
    expect(ids(report, 'changed').toSorted()).toEqual(
      ['accepted', 'chat-info-required', 'five-accepted', 'six-refused'].map((id) => `multiple.${id}`),
    );
    // Words that another sentence already had are no reason to look for the sentence there.
    const twice = replaced('See how it is done.', 'Up to 5 people can be asked at once, and see how it is done.');
    const gone = drift(readPage(twice.replace(' Up to 5 people can be asked at once.\n', '\n')), fingerprints);
    expect(ids(gone, 'gone')).toEqual(['multiple.five-accepted', 'multiple.six-refused']);
  });

  test('swapped numbers are a change', () => {
    const page = (a: number, b: number): string =>
      replaced('See how it is done.', `Between ${a} and ${b} people can be asked here.`);
    const report = drift(readPage(page(5, 2)), fingerprintsOf(readPage(page(2, 5)), sources));
    expect(report.uncovered).toEqual([expect.objectContaining({ what: 'a sentence' })]);
    expect(report.reworded).toEqual([]);
  });
});

test('three deleted lines above a sentence move it, and change nothing', () => {
  const page = replaced('Namespace: microsoft.graph\n\nAsks people', 'Asks people').replace('\n\nAsks', '\nAsks');
  const report = driftOf(page);
  expect(markdown.split('\n').length - page.split('\n').length).toBe(3);
  expect(report.counts).toMatchObject({
    stands: 0,
    moved: sources.size,
    reworded: 0,
    included: 0,
    changed: 0,
    gone: 0,
  });
  // One of the lines is a sentence.
  expect(report.removed).toEqual([expect.objectContaining({ what: 'a sentence', was: 8 })]);
});

describe('the numbers', () => {
  test.each([
    ['the same page', markdown],
    [
      'another version of it',
      replaced(PERMISSIONS, INCLUDE)
        .replace('at most 256', 'at most 5')
        .replace(/> \*\*Note:\*\* Calls.*\n/, ''),
    ],
  ])('add up with %s', (_name, page) => {
    const { counts, others } = driftOf(page);
    const { stands, moved, reworded, included, changed, gone } = counts;
    expect(stands + moved + reworded + included + changed + gone).toBe(counts.onPage);
    expect(counts.onPage + counts.linked + counts.notFingerprinted).toBe(counts.total);
    expect(counts.total).toBe(DOCUMENTED.length);
    const linked = DOCUMENTED.filter(([, , place]) => place === 'linked');
    expect(Object.keys(others.linked)).toHaveLength(linked.length);
  });

  test('include the behaviours that are not from the page, by source', () => {
    const text = driftText(driftOf(markdown));
    expect(text).toContain('from linked pages, which are not compared');
    expect(text).toMatch(/\n {2}refusal\.error-body: errors\n/);
  });
});

describe('the outcome', () => {
  test('is the same on other lines, and differs if the report differs', () => {
    const { outcome } = driftOf(markdown);
    expect(driftOf(replaced('Namespace: microsoft.graph\n', 'Namespace: microsoft.graph\n\n\n')).outcome).toBe(outcome);
    const [some, other] = ['at most 5', 'at most 6'].map((text) => driftOf(replaced('at most 256', text)).outcome);
    expect(new Set([outcome, some, other]).size).toBe(3);
    expect(driftMarkdown(driftOf(markdown))).toContain(`<!-- outcome ${outcome} -->`);
  });
});

describe('a page that cannot be compared', () => {
  /** The page with other words, and with its JSON, headers and table names unchanged. */
  const translated = markdown.replace(
    /^(?![\s"{}[\]|#<`]|POST|HTTP|Content|---|doc_type|title).*[a-z].*$/gm,
    'Das steht hier nun in anderen Worten.',
  );

  test.each([
    ['locale: de-de', 'its front matter says locale: de-de'],
    ['ms.locale: zh-cn', 'its front matter says ms.locale: zh-cn'],
    ['ms.contentlocale: ja-jp', 'ms.contentlocale'],
    ['lang: fr', 'lang: fr'],
  ])('in another language: %s', (line, why) => {
    const page = replaced('doc_type: apiPageType', `doc_type: apiPageType\n${line}`);
    expect(() => driftOf(page)).toThrow(UsageError);
    expect(() => driftOf(page)).toThrow(why);
    expect(() => driftOf(page.replace(/(locale|lang): .*/, '$1: en-us'))).not.toThrow();
  });

  test('with hardly a known sentence', () => {
    expect(() => driftOf(translated)).toThrow(
      /this page is in another language, or is another page: \d+ of the \d+ sentences/,
    );
    expect(() => driftOf(translated.replace('# robot: call in', '# Roboter: anrufen'))).toThrow('in another language');
  });

  test('of another subject', () => {
    const other = `# robot: go away\n\nNamespace: microsoft.graph\n\nIt goes.\n\n\`\`\`http\nPOST /away\n\`\`\`\n`;
    expect(() => driftOf(other)).toThrow('"robot: go away" is another page than the one that was fingerprinted');
  });

  test('is not one with only another title', () => {
    const report = driftOf(replaced('# robot: call in', '# robot: let in'));
    expect(report.samePage).toBe(false);
    expect(driftText(report)).toContain('is not the title of the page');
  });
});
