import { contradictions } from '../../behaviors/contradictions';
import { checkPage, readPage, type PageReport } from '../../page';
import { cleanBodies, cleanPage } from './clean-page';
import { madeUpPage, type Json } from './made-up-page';

function rules(report: PageReport): string[] {
  return report.findings.map(({ rule }) => rule).toSorted();
}

describe('a page whose examples contradict its rules', () => {
  // The kept bodies in a page whose text also has the contradictions of the prose.
  const page = madeUpPage({
    path: (n) =>
      `/communications/calls/${n === 2 ? '7531d31f-d10d-44de-802f-c569dbca451c' : '{id}'}/participants/invite`,
  })
    .markdown.replace('Calls.InitiateGroupCall.All', 'Calls.InitiateGroupCalls.All')
    .replace('The robot needs a number of its own.', 'The robot needs a number, and the peer-to-peer call ends.')
    .replace(/(Example 4[\s\S]*?Content-Type: application\/json\n)/, '$1Content-Length: 12\n');
  const report = checkPage(readPage(page));

  test('shows all known contradictions except the one that only a reader sees', () => {
    const known = contradictions.map(({ id }) => id).filter((id) => id !== 'roster-extent');
    expect(report.contradictions).toEqual({ found: known, notFound: [], needReader: ['roster-extent'] });
    expect(report.exitCode).toBe(0);
  });

  test('has a line for each finding', () => {
    const lines = page.split('\n');
    const at = (rule: string): string[] =>
      report.findings.filter((one) => one.rule === rule).map(({ lines: { first } }) => lines[first - 1] ?? '');
    expect(at('response.location')).toEqual(Array(4).fill('HTTP/1.1 200 OK'));
    expect(at('completion.operation-id')).toEqual([expect.stringContaining('"id": null')]);
    expect(at('roster.resource-url')).toEqual(Array(2).fill(expect.stringContaining('"resourceUrl"')));
    expect(at('permission names')).toEqual([expect.stringContaining('Calls.InitiateGroupCalls.All')]);
    expect(at('content-length')).toEqual(['Content-Length: 12']);
  });

  test('has every message checked against a schema', () => {
    expect(report.holdings).toHaveLength(16);
    expect(report.holdings.filter(({ schemas }) => schemas.length === 0)).toEqual([]);
  });
});

describe('a page whose examples follow its rules', () => {
  test('has no findings', () => {
    const report = checkPage(readPage(cleanPage()));
    expect(report.findings).toEqual([]);
    expect(report.contradictions.found).toEqual([]);
    expect(report.judged).toHaveLength(4);
    expect(report.exitCode).toBe(0);
  });

  /** The page with one body of Example 1 changed. */
  function withChange(
    kind: 'request' | 'response' | 'completion' | 'roster',
    change: (body: Json) => void,
  ): PageReport {
    return checkPage(
      readPage(
        cleanPage((n, which) => {
          const body = structuredClone(cleanBodies(n, which));
          if (n === 1 && which === kind) change(body);
          return body;
        }),
      ),
    );
  }

  const notification = (body: Json): Json => (body['value'] as Json[])[0] ?? {};

  test.each<[string, PageReport, string[]]>([
    [
      'a context that is not returned',
      withChange('response', (body) => (body['clientContext'] = 'x')),
      ['response.client-context'],
    ],
    [
      'a context that is too long',
      withChange('request', (body) => (body['clientContext'] = 'x'.repeat(257))),
      ['completion.client-context', 'response.client-context', 'schema invitation-request'],
    ],
    [
      'the completion of another call',
      withChange(
        'completion',
        (body) => (notification(body)['resourceUrl'] = '/communications/calls/x/operations/operation-1'),
      ),
      ['completion.resource-url', 'notification.resource-url'],
    ],
    [
      'an unknown changeType',
      withChange('roster', (body) => (notification(body)['changeType'] = 'altered')),
      ['notification.change-type', 'notification.envelope', 'roster.change-type'],
    ],
    [
      'an invitee who is missing from the response',
      withChange('response', (body) => (body['participants'] = [])),
      ['response.participants'],
    ],
  ])('%s is found, and is not a known contradiction', (_name, report, expected) => {
    expect(rules(report)).toEqual(expect.arrayContaining(expected.slice(0, 1)));
    expect(rules(report).filter((rule) => !expected.includes(rule))).toEqual([]);
    expect(report.contradictions.found).toEqual([]);
    expect(report.exitCode).toBe(1);
  });

  test('an example with another status is found', () => {
    const report = checkPage(readPage(cleanPage().replace('HTTP/1.1 200 OK', 'HTTP/1.1 202 Accepted')));
    expect(rules(report)).toEqual(['response.status-200']);
  });

  test('an example of a refusal is judged as a refusal', () => {
    const refused = cleanPage().replace(
      /HTTP\/1\.1 200 OK[\s\S]*?```/,
      'HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n{"error": {"code": "Forbidden"}}\n```',
    );
    expect(rules(checkPage(readPage(refused)))).toContain('refusal.error-body');
  });

  test('six accepted participants are found', () => {
    const six = cleanPage((n, kind) => {
      const body = cleanBodies(n, kind);
      if (n !== 2 || kind !== 'request') return body;
      return {
        ...body,
        participants: Array.from({ length: 6 }, (_, i) => ({ identity: { user: { id: `user ${i}` } } })),
      };
    });
    expect(rules(checkPage(readPage(six)))).toEqual(['multiple.six-refused']);
  });

  test('omissions of a shortened example are not findings', () => {
    const report = withChange('response', (body) => delete body['clientContext']);
    expect(report.findings).toEqual([]);
  });
});
