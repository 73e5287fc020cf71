import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformance } from '../../runners/conformance';
import type { Runner } from '../../runners/runner';
import type { Result } from '../../verdicts/result';

jest.setTimeout(60_000);

/** Makes the run of a test file, of the scenarios that are its shard of the suite. */
async function ranShard(scenarios: readonly string[]): Promise<void> {
  const prepared: (() => Promise<void>)[] = [];
  const runner: Runner = {
    describe: (_title, body) => body(),
    test: () => undefined,
    skip: () => undefined,
    before: (body) => void prepared.push(body),
    after: () => undefined,
  };
  conformance(runner, undefined, scenarios);
  for (const prepare of prepared) await prepare();
}

test('with INVITE_RESULTS each shard of a suite keeps its result in a file of its own, named for its scenarios', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  process.env['INVITE_RESULTS'] = folder;
  try {
    await ranShard(['failure']);
    await ranShard(['pstn', 'replace']);
    const files = readdirSync(folder).toSorted();
    expect(files).toEqual(['failure.json', 'pstn-replace.json']);
    const passed = files.map((file) => {
      const { behaviors } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Result;
      return behaviors.filter(({ verdict }) => verdict === 'passed').map(({ id }) => id);
    });
    expect(passed).toEqual([
      expect.arrayContaining(['failure.announced']),
      expect.arrayContaining(['pstn.accepted', 'replace.accepted']),
    ]);
    expect(passed[0]).not.toContain('pstn.accepted');
  } finally {
    delete process.env['INVITE_RESULTS'];
    rmSync(folder, { recursive: true });
  }
});
