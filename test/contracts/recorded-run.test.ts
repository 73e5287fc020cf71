import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedMock } from '../../api/embedded-mock';
import { contractAttempts, ownInteractions } from '../../contracts';
import { interactionsIn } from '../../contracts/provider/pact-file';
import type { History } from '../../history/events';
import { openHistory, readHistory } from '../../history/history-file';
import { runView } from '../../history/run-view';
import { htmlReport } from '../../reporters/html';
import { DEFAULTS } from '../../schemas/options';
import { recordRun } from '../../suites/record-run';
import { resultOf, type Judging, type Result } from '../../verdicts/result';

jest.setTimeout(120_000);

const JUDGING: Judging = { gate: 'linked', allowUntested: false, waivers: [], now: 0 };

/** A pact that no service satisfies. */
const another = {
  consumer: { name: 'another-bot' },
  provider: { name: 'participant-invite' },
  interactions: [
    {
      type: 'Synchronous/HTTP',
      description: 'a teapot',
      providerStates: [{ name: 'a group call' }, { name: 'users who can be invited' }],
      request: {
        method: 'POST',
        path: '/communications/calls/of-its-own/participants/invite',
        headers: { 'Content-Type': ['application/json'] },
        body: { content: { participants: [] }, contentType: 'application/json', encoded: false },
      },
      response: { status: 418 },
    },
  ],
  metadata: { pactSpecification: { version: '4.0' } },
};

interface Recorded {
  live: History;
  file: History;
}

/** A run with its contracts against the mock, as recorded in memory and in its file. */
async function recorded(faults: string[] = [], scenarios?: string[]): Promise<Recorded> {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  const file = openHistory(folder);
  const mock = await embeddedMock({ faults });
  const options = { ...DEFAULTS, ...mock.access, timeoutMs: 20_000, quietMs: 100, ...(scenarios ? { scenarios } : {}) };
  const interactions = [...ownInteractions(), ...interactionsIn({ where: 'a test', content: another })];
  try {
    const live = await recordRun(options, {
      contracts: contractAttempts(interactions, options),
      disposable: true,
      sink: (line) => file.write(line),
    });
    return { live, file: readHistory(folder) };
  } finally {
    file.close();
    await mock.close();
    rmSync(folder, { recursive: true });
  }
}

const namesOf = ({ contracts }: Result, result: string): string[] =>
  contracts.flatMap((one) => (one.result === result ? [one.interaction.split(':')[0] ?? ''] : []));

describe('a run with contracts', () => {
  let run: Recorded;
  beforeAll(async () => {
    run = await recorded(['completion.client-context/other', 'response.location/missing']);
  });

  test('gives the same result when it is judged again from its file', () => {
    const result = resultOf(run.live, JUDGING);
    expect(resultOf(run.file, JUDGING)).toEqual(result);
    expect(namesOf(result, 'failed')).toEqual(
      expect.arrayContaining(['completion', 'single', 'multiple', 'another-bot']) as string[],
    );
    expect(namesOf(result, 'untested')).toEqual([]);
    expect(result.contracts).toHaveLength(ownInteractions().length + 1);
    expect(result.exitCode).toBe(1);
  });

  test('combines the findings of contracts and scenarios', () => {
    const { causes } = resultOf(run.file, JUDGING);
    const cause = causes.find(({ behaviors }) => behaviors.includes('response.location'));
    expect(cause?.contracts.map((name) => name.split(':')[0])).toEqual(
      expect.arrayContaining(['single', 'multiple', 'pstn', 'replace']) as string[],
    );
  });

  test('links each mismatch to the event that shows it', () => {
    const { contracts } = resultOf(run.file, JUDGING);
    const events = new Map(run.file.events.map((event) => [event.n, event]));
    for (const { mismatches, attempt, result } of contracts.filter((one) => one.result === 'failed')) {
      expect(attempt).toMatchObject({ scenario: 'contracts', invitation: expect.any(String) as string });
      const seen = mismatches.flatMap(({ at = [] }) => at);
      expect([result, seen.length > 0]).toEqual(['failed', true]);
      for (const { event } of seen) expect(['exchange', 'delivery']).toContain(events.get(event)?.kind);
    }
    const completion = contracts.find(({ interaction }) => interaction.startsWith('completion'));
    const [at] = completion?.mismatches[0]?.at ?? [];
    expect(at).toMatchObject({ part: 'body', path: '$.value[0].resourceData.clientContext' });
    expect(events.get(at?.event ?? 0)).toMatchObject({ kind: 'delivery', call: completion?.attempt?.call });
  });

  test('shows the events of a failed contract in the HTML, and the request to send again', () => {
    const page = htmlReport(resultOf(run.file, JUDGING), run.file);
    const [, own = ''] = page.split('<span class="id">completion: an invitation was carried out</span>');
    const [item = ''] = own.split('<details class="behavior contract');
    expect(item).toContain('Timeline of contracts/completion');
    expect(item).toContain('curl -');
    // A contract that failed without a failed behaviour is a separate cause, with its own timeline.
    const [, alone = ''] = page.split('The contract &quot;another-bot: a teapot&quot; failed.');
    const [card = ''] = alone.split('</article>');
    expect(card).toContain('Timeline of contracts/another-bot-a-teapot');
    expect(card).toContain('invite → 404');
  });

  test('the scenarios are judged as without contracts', () => {
    const { header, events } = run.file;
    const plan = header.plan.filter(({ contract }) => !contract);
    const theirs = (text: string | undefined): boolean => text?.startsWith('contracts/') === true;
    const without = events.filter((event) => {
      if (event.kind === 'exchange') return !theirs(event.invitation) && event.scenario !== 'contracts';
      if (event.kind === 'delivery') return !theirs(event.call);
      return !('scenario' in event) || event.scenario !== 'contracts';
    });
    const alone = resultOf({ header: { ...header, plan }, events: without }, JUDGING);
    const { behaviors } = resultOf(run.file, JUDGING);
    expect(behaviors).toEqual(alone.behaviors);
    expect(runView(run.file).invitations.map(({ record }) => record.scenario)).not.toContain('contracts');
  });
});

test('a run of contracts only reports no behaviours', async () => {
  const { live, file } = await recorded([], []);
  const result = resultOf(file, JUDGING);
  expect(resultOf(live, JUDGING)).toEqual(result);
  expect(result.summary).toMatchObject({ passed: 0, failed: 0, untested: 0 });
  expect(namesOf(result, 'failed')).toEqual(['another-bot']);
  expect(namesOf(result, 'passed')).toHaveLength(ownInteractions().length);
  expect(result.exitCode).toBe(1);
  expect(file.events.filter(({ kind }) => kind === 'invitation')).toHaveLength(ownInteractions().length + 1);
});
