import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, freePort, mock, serving, timed } from './processes.mjs';
import { inTurn, shown, table } from './statistics.mjs';

const PACT_SUITE = new URL('./pact-suite.mjs', import.meta.url).pathname;
const PACT = new URL('../contracts/pacts/inviting-bot-participant-invite.json', import.meta.url).pathname;
const SERVERS = new URL('./servers/', import.meta.url).pathname;
const DELAYS = [0, 250, 1000, 2000];
/** Half of a round trip, ms. */
const ONE_WAY = 50;
const QUIET = 500;

/** One run in a separate process: its time from start to exit, and its phases, ms. */
async function run(args, token) {
  const out = mkdtempSync(join(tmpdir(), 'bench-'));
  const { ms, code, output } = await timed(
    process.execPath,
    [COMMAND, 'run', '--profile', '--out', out, ...args],
    token === undefined ? {} : { env: tokensOf(token) },
  );
  rmSync(out, { recursive: true, force: true });
  if (code !== 0) throw new Error(`run ${args.join(' ')} ended with ${code}: ${output}`);
  const phases = [...output.matchAll(/^ {2}([a-z ]+?) +(\d+)$/gm)].map(([, name, took]) => [name, Number(took)]);
  return { ...Object.fromEntries(phases), process: ms };
}

/** The contracts alone, verified by a suite that is written by hand. */
async function pactSuite({ url, states, tokens }) {
  const wish = JSON.stringify({ url, states, tokens, pact: PACT });
  const { ms, code, output } = await timed(process.execPath, [PACT_SUITE, wish], {
    env: { PACT_DO_NOT_TRACK: 'true' },
  });
  if (code !== 0) throw new Error(`the hand-written suite ended with ${code}: ${output}`);
  return { process: ms };
}

const tokensOf = ({ valid, withoutPermission, delegated }) => ({
  INVITE_TOKEN: valid,
  INVITE_TOKEN_WITHOUT_PERMISSION: withoutPermission,
  INVITE_TOKEN_DELEGATED: delegated,
});

/** Measures runs in turn: the time of the process, and a list of all phases. */
async function runsInTurn(kinds, repetitions) {
  const kept = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
  const measures = Object.entries(kinds).map(([name, one]) => [
    name,
    async () => {
      const phases = await one();
      kept[name].push(phases);
      return phases.process;
    },
  ]);
  await inTurn(Object.fromEntries(measures), repetitions);
  for (const all of Object.values(kept)) all.shift();
  return kept;
}

const series = (all, name) => all.map((phases) => phases[name] ?? 0);
const scenarioTime = (all) => all.map((phases) => phases.scenarios + phases['quiet window']);

/** Its phases are not known. */
const BY_HAND = 'the same, its contracts alone, by a hand-written Pact suite';

/** No phone is configured for a named target, so a few behaviours stay untested. */
const WITHOUT_PHONE = ['--allow-untested'];

/** Complete runs, against the mock in the same process and in another one. */
export async function wholeRuns(repetitions) {
  const other = await mock();
  const there = ['--target', other.url, '--states', other.states, ...WITHOUT_PHONE];
  const kept = await runsInTurn(
    {
      'embedded mock': () => run(['--no-contracts']),
      'embedded mock, with contracts': () => run([]),
      'mock in another process': () => run([...there, '--no-contracts'], other.tokens),
      'mock in another process, with contracts': () => run([...there], other.tokens),
      [BY_HAND]: () => pactSuite(other),
    },
    repetitions,
  );
  await other.stop();
  const phases = [
    'start',
    'mock',
    'preflight',
    'scenarios',
    'quiet window',
    'release',
    'contracts',
    'judging',
    'reports',
  ];
  const { [BY_HAND]: byHand, ...runs } = kept;
  const rows = Object.entries(runs).map(([name, all]) => [
    name,
    shown(series(all, 'process')),
    shown(
      all.map((one) => one.process / (one.scenarios + QUIET)),
      2,
    ),
    shown(
      scenarioTime(all).map((value, i) => value / (all[i].scenarios + QUIET)),
      2,
    ),
  ]);
  rows.push([BY_HAND, shown(series(byHand, 'process')), '', '']);
  const details = Object.entries(runs).map(([name, all]) => [
    name,
    ...phases.map((phase) => shown(series(all, phase)).replace(/ \(.*/, '')),
  ]);
  return [
    table(['target', 'start to exit, ms', 'over scenarios and quiet window', 'of it while conducting'], rows),
    '\nWhere the time goes, medians in ms (`run --profile`):\n',
    `${table(['target', ...phases], details)}\n`,
  ].join('\n');
}

/** Runs against slow targets: with late notifications, or distant. */
export async function slowTargets(repetitions) {
  const mocks = await Promise.all(DELAYS.map((ms) => mock('--latency-ms', String(ms))));
  const kinds = DELAYS.map((ms, i) => {
    const { url, states, tokens } = mocks[i];
    const args = ['--target', url, '--states', states, ...WITHOUT_PHONE, '--no-contracts'];
    return [`notifications ${ms} ms late`, () => run(args, tokens)];
  });
  const far = await behindDelay(mocks[0]);
  kinds.push([`a round trip of ${2 * ONE_WAY} ms`, far.run]);
  const kept = await runsInTurn(Object.fromEntries(kinds), repetitions);
  await Promise.all([...mocks.map((one) => one.stop()), far.stop()]);
  const near = series(kept[kinds[0][0]], 'process');
  const rows = Object.entries(kept).map(([name, all]) => [
    name,
    shown(series(all, 'process')),
    shown(series(all, 'process').map((value, i) => value - near[i])),
    shown(series(all, 'preflight')),
    shown(series(all, 'scenarios')),
    shown(series(all, 'release')),
  ]);
  const head = [
    'target',
    'start to exit, ms',
    'longer than without, ms',
    'preflight, ms',
    'scenarios, ms',
    'release, ms',
  ];
  return `${table(head, rows)}\n`;
}

/** A mock behind proxies that delay both directions. */
async function behindDelay({ url, states, tokens }) {
  const delayed = (to, ...rest) => serving(process.execPath, [`${SERVERS}delay.mjs`, to, String(ONE_WAY), ...rest]);
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const [there, back] = await Promise.all([delayed(new URL(url).host), delayed(host)]);
  const moved = (address) => Object.assign(new URL(address), { host: there.host }).href;
  const args = ['--target', moved(url), '--states', moved(states), ...WITHOUT_PHONE, '--no-contracts'];
  const callback = ['--callback-port', String(port), '--callback-url', `http://${back.host}`];
  return {
    run: () => run([...args, ...callback], tokens),
    stop: () => Promise.all([there.stop(), back.stop()]),
  };
}
