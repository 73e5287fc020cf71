import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BEHAVIORS } from '../../behaviors/catalog';
import { bench, readResult, type Mock } from '../cli/command';
import { action, actIn, SOURCE, type Ran } from './act';
import { faultsOf } from './github';

const kit = bench();
// Each test runs one or several whole gates, which takes long on a busy machine.
jest.setTimeout(180_000);

const act = (given: Record<string, string>, env?: Record<string, string>): Promise<Ran> => actIn(kit, given, env);

/** The inputs and the environment to judge a mock. */
function into({ url, states, tokens }: Mock): [Record<string, string>, Record<string, string>] {
  const given = { target: url, states, 'token-without-permission': tokens.withoutPermission };
  return [
    { ...given, token: tokens.valid, 'token-delegated': tokens.delegated, arguments: '--allow-pstn\n--no-contracts\n' },
    { INVITE_PHONE: '+12345678901' },
  ];
}

test("GitHub's parser reports no error in the action, and no script contains an expression", () => {
  const [own, wrong] = faultsOf(
    [SOURCE, SOURCE.replace('inputs.gate', 'input.gate')].map((content) => ({ kind: 'action', content })),
  );
  expect(own).toEqual([]);
  expect(wrong).not.toEqual([]);
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  const read = [...SOURCE.matchAll(/\$\{\{ inputs\.([\w-]+)/g)].map(([, name]) => name ?? '');
  expect([...new Set(read)].toSorted()).toEqual(Object.keys(action.inputs).toSorted());
});

test('a conforming service: the outputs are the verdict, the counts and the reports, and the summary is the report', async () => {
  const [inputs, env] = into(await kit.mock());
  const { code, outputs, summary, log } = await act({ ...inputs, scenarios: 'single', out: 'the reports' }, env);
  const out = join(kit.folder(), 'the reports');
  const { summary: counts } = readResult(out);
  expect(log).toContain(`PASS  what was selected: ${counts.passed} of ${counts.passed} behaviours`);
  expect(code).toBe(0);
  expect(counts.passed + counts.notSelected).toBe(BEHAVIORS.length);
  expect(outputs).toEqual({
    verdict: 'passed',
    'exit-code': '0',
    passed: String(counts.passed),
    failed: '0',
    waived: '0',
    untested: '0',
    'not-applicable': '0',
    'not-selected': String(counts.notSelected),
    reports: out,
    result: join(out, 'result.json'),
    html: join(out, 'report.html'),
    junit: join(out, 'junit.xml'),
    sarif: join(out, 'invite.sarif'),
  });
  expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(action.outputs).toSorted());
  for (const [name, { value }] of Object.entries(action.outputs)) {
    expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
  }
  expect(summary).toMatch(/^## ✅ participant: invite/);
  for (const name of ['html', 'junit', 'sarif']) expect(existsSync(outputs[name] ?? '')).toBe(true);
});

test('a defective service: the step fails with its verdict, annotates, and shows no token', async () => {
  const served = await kit.mock(['--fault', 'response.location/missing']);
  const [inputs, env] = into(served);
  const { code, outputs, summary, log } = await act(
    { ...inputs, scenarios: 'single\n\n', token: '' },
    {
      ...env,
      INVITE_TOKEN: served.tokens.valid,
    },
  );
  expect(code).toBe(1);
  expect(outputs).toMatchObject({ verdict: 'failed', 'exit-code': '1', failed: '1' });
  expect(log).toMatch(
    /^::error title=The response's Location header is missing\.::.*%0A *failed +response\.location(?:%0A|$)/m,
  );
  expect(summary).toMatch(/^## ❌/);
  const { behaviors } = readResult(join(kit.folder(), '.invite-conformance'));
  expect(behaviors.find(({ id }) => id === 'pstn.accepted')?.counted).toBe(false);
  for (const token of Object.values(served.tokens)) expect(log + summary).not.toContain(token);
});

const HOSTILE = [
  '$(touch hurt)',
  '`touch hurt`',
  '"; touch hurt; "',
  "' && touch hurt #",
  '--help',
  '-x $HOME *',
  '../\\\\${{ x }}',
];

test('inputs are only values: none is executed, split, or treated as another output', async () => {
  for (const text of HOSTILE) {
    const hostile = { target: text, states: text, gate: text, scenarios: `${text}\n${text}`, 'allow-untested': text };
    const { code, outputs, log } = await act({ ...hostile, out: `a b ${text}`, arguments: `--timeout-ms=${text}` });
    expect({ text, code, verdict: outputs['verdict'] }).toEqual({ text, code: 2, verdict: 'misconfigured' });
    expect(log).toMatch(/invite-conformance: .*|error: /);
  }
  const { outputs } = await act({ out: 'one\nverdict=passed\nfailed=0', gate: 'no' });
  expect(outputs).toMatchObject({ verdict: 'misconfigured', failed: '', reports: '' });
  expect(
    readdirSync(kit.folder(), { recursive: true }).filter((name) => name.includes('hurt') && !name.includes('touch')),
  ).toEqual([]);
});

test('reports are written to a folder with a hostile name, and those of an earlier run are removed', async () => {
  const out = 'a $(touch hurt) `id`; "x" \'y\' = *';
  const folder = join(kit.folder(), out);
  const [inputs, env] = into(await kit.mock());
  const one = await act({ ...inputs, scenarios: 'single', out }, env);
  expect({ code: one.code, junit: one.outputs['junit'] }).toEqual({ code: 0, junit: join(folder, 'junit.xml') });
  const two = await act({ target: 'http://127.0.0.1:9', states: 'http://127.0.0.1:9', out });
  expect(two.code).toBe(4);
  expect(two.outputs).toMatchObject({ verdict: 'environment', result: '', junit: '', passed: '' });
  expect(two.summary).toContain('nothing was judged (exit code 4)');
  expect(existsSync(join(kit.folder(), 'hurt'))).toBe(false);
});
