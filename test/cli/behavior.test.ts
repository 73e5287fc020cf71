import { join } from 'node:path';
import { DOCUMENTED } from '../support/documented';
import { startMock, type Mock } from '../../mock';
import { bench, readResult, verdictsOf } from './command';

const { inProcess: command, folder } = bench();

/** A mock without Location in its responses. */
let faulty: Mock;
beforeAll(async () => {
  faulty = await startMock({ faults: ['response.location/missing'] });
});
afterAll(() => faulty.close());

/** The flags and the environment that connect a run to a mock. */
function at(served: Mock): { flags: string[]; options: { env: Record<string, string> } } {
  const { valid, withoutPermission, delegated } = served.tokens;
  return {
    flags: ['--target', served.url, '--states', served.states],
    options: {
      env: {
        INVITE_TOKEN: valid,
        INVITE_TOKEN_WITHOUT_PERMISSION: withoutPermission,
        INVITE_TOKEN_DELEGATED: delegated,
      },
    },
  };
}

/** The flags that select some scenarios: as much as failed, or as ends without a failure, needs. */
const SOME = ['--scenario', 'single', '--scenario', 'multiple'];

const result = (out: string) => readResult(join(folder(), out));

test('run --behavior judges only that behaviour, and reports the others as not selected', async () => {
  const args = [
    'run',
    '--behavior',
    'request.client-context-over-limit',
    '--report',
    'console',
    '--report',
    'badge=b.json',
  ];
  const { code, stdout, stderr } = await command([...args, '--out', 'some']);
  expect(code).toBe(0);
  const others = DOCUMENTED.length - 1;
  expect(stdout).toContain(
    `PASS  what was selected: 1 of 1 behaviour; ${others} not selected (--behavior request.client-context-over-limit)`,
  );
  expect(stderr).toContain('2/2 attempts done');
  const some = result('some');
  expect(some.summary).toMatchObject({ passed: 1, notSelected: others });
  expect(some.selection?.behaviors).toEqual(['request.client-context-over-limit']);
  expect(some.contracts).toEqual([]);
  const badge = await command(['judge', 'some', '--report', 'badge']);
  expect(JSON.parse(badge.stdout)).toMatchObject({ message: `partial 1/${DOCUMENTED.length}, no contracts` });
});

test('a failure of an unselected behaviour is reported but not counted; of a selected one it is counted', async () => {
  const { flags, options } = at(faulty);
  const other = await command(
    ['run', ...flags, '--behavior', 'request.client-context-over-limit', '--out', 'other'],
    options,
  );
  expect(other.code).toBe(0);
  expect(other.stdout).toContain('1 failure of behaviours that were not selected is not counted');
  expect(verdictsOf(result('other'))).toMatchObject({
    'response.location': 'failed',
    'request.client-context-over-limit': 'passed',
    'response.odata-type': 'notSelected',
  });
  const args = [
    'run',
    ...flags,
    '--behavior',
    'response.location',
    '--behavior',
    'multiple.six-refused',
    '--out',
    'own',
  ];
  const own = await command(args, options);
  expect(own.code).toBe(1);
  expect(result('own').summary).toMatchObject({ failed: 1, passed: 1 });
  // Judging the recorded run gives the same result.
  expect((await command(['judge', 'own'])).code).toBe(1);
});

test('run --rerun-failed runs only the behaviours that failed or were untested', async () => {
  const broken = at(faulty);
  expect((await command(['run', ...broken.flags, ...SOME, '--out', 'first'], broken.options)).code).toBe(1);
  const first = verdictsOf(result('first'));
  const again = DOCUMENTED.map(([id]) => id).filter((id) => ['failed', 'untested'].includes(first[id] ?? ''));
  expect(again).toContain('response.location');
  const second = await command(['run', '--rerun-failed', 'first', '--out', 'first']);
  expect(second.code).toBe(0);
  const { selection, summary } = result('first');
  expect(selection?.behaviors).toEqual(again);
  expect(summary).toMatchObject({ passed: again.length, notSelected: DOCUMENTED.length - again.length });
  const third = await command(['run', '--rerun-failed', 'first']);
  expect(third.code).toBe(2);
  expect(third.stderr).toContain('--rerun-failed: no behaviour failed or was untested in first');
});

test('run --bail ends at the first counted failure, and says so', async () => {
  const { flags, options } = at(faulty);
  const { code, stdout } = await command(['run', ...flags, '--bail', '--no-contracts', '--out', 'bailed'], options);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL {2}1 cause: .* \d+ not selected \(--bail\); contracts not verified/);
  const { selection, summary, behaviors } = result('bailed');
  expect(selection).toEqual({ bailed: true });
  expect(summary.failed).toBe(1);
  expect(summary.notSelected).toBeGreaterThan(0);
  expect(behaviors.find(({ id }) => id === 'response.location')).toMatchObject({ verdict: 'failed', counted: true });
  expect((await command(['judge', 'bailed', '--report', 'json'])).code).toBe(1);
});

test('run --bail runs to the end if nothing fails', async () => {
  const { code, stdout } = await command(['run', '--bail', ...SOME, '--out', 'whole']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^PASS {2}what was selected, .* \d+ not selected \(--scenario single, multiple\)/);
  expect(result('whole').selection).toEqual({ scenarios: ['single', 'multiple'] });
});

test.each<[string[], string]>([
  [['--bail', '--load', '5'], '--load and --bail'],
  [['--behavior', 'response.loction'], '--behavior: no "response.loction"; did you mean response.location?'],
  [['--behavior', 'response'], '--behavior: no "response"'],
  [['--behavior', 'response.location', '--load', '5'], '--load and --behavior'],
  [['--rerun-failed', 'nowhere'], 'nowhere'],
  [['--rerun-failed', 'nowhere', '--behavior', 'response.location'], '--rerun-failed and --behavior'],
  [['--rerun-failed', 'nowhere', '--load', '5'], '--load and --rerun-failed'],
])('run %j is refused', async (flags, message) => {
  const { code, stderr } = await command(['run', ...flags]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
