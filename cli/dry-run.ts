import { withoutQuery } from '../common/urls';
import { contractAttempts, ownInteractions } from '../contracts';
import { CONTRACTS } from '../history/events';
import type { ListedOption } from '../config/list-options';
import type { ResolvedOptions } from '../config/run-options';
import { plain } from '../reporters/plain';
import type { MockGivenOptions, RunOptions } from '../schemas/run-options';
import { dryRunAttempts, type DryRunAttempt } from '../suites/dry-run';
import { MOCK_PHONE } from '../api/embedded-mock';
import { optionLines } from './options';

/** Replaces the mock that a run without a target starts. */
const MOCK: MockGivenOptions = {
  target: 'the embedded mock',
  tokens: { valid: '', withoutPermission: '', delegated: '' },
  provisioning: { states: "the mock's own" },
  invitees: { phone: MOCK_PHONE },
  allowPstn: true,
};

const TOKENS = ['valid', 'withoutPermission', 'delegated'] as const;
/** The number of calls that the preflight provisions. */
const OF_PREFLIGHT = 1;

/** Replaces Pact's Verifier and its gateway: nothing is verified. */
const NOTHING = {
  verifier: { verify: () => Promise.resolve({ silence: '' }), close: () => Promise.resolve() },
  gateway: { open: () => '', close: () => Promise.resolve() },
};

/**
 * `run --dry-run`: describes what a run would send to its target. It sends and starts nothing.
 * @param listed the options with their origins
 */
export async function dryRun(given: ResolvedOptions, listed: readonly ListedOption[]): Promise<string> {
  const options: RunOptions = given.target === undefined ? { ...given, ...MOCK } : given;
  const verified = options.contracts
    ? contractAttempts(ownInteractions(options.edition), options, { tools: NOTHING }).attempts
    : [];
  const all = await dryRunAttempts(options, verified);
  const attempts = all.filter(({ scenario }) => scenario !== CONTRACTS);
  const interactions = all.filter(({ scenario, missing }) => scenario === CONTRACTS && missing === undefined);
  const made = attempts.filter(({ missing }) => missing === undefined);
  const left = attempts.filter(({ missing }) => missing !== undefined);
  const facts: [string, string][] = [
    ['calls', callsOf(options, all)],
    ['invitations', invitationsOf(attempts, interactions)],
    ['phones', phonesOf(options, all)],
    ['tokens', tokensOf(options)],
    ['callbacks', callbacksOf(options)],
    ['waits', `${options.timeoutMs} ms for a response or a notification; ${options.concurrency} requests at once`],
  ];
  return [
    `A run would do this to ${plain(options.target)}. Nothing was sent.`,
    '',
    ...facts.map(([name, fact]) => `  ${name.padEnd(12)} ${plain(fact)}`),
    '',
    'Its options:',
    ...optionLines(listed),
    '',
    ...made.flatMap(attemptLines),
    ...(left.length === 0 ? [] : ['', 'What would be untested:']),
    ...left.map((one) => `  ${nameOf(one)} ${plain(one.missing ?? '')}`),
    '',
  ].join('\n');
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
const nameOf = ({ scenario, attempt }: DryRunAttempt): string => `${scenario}/${attempt}`.padEnd(32);

function callsOf({ provisioning, target }: RunOptions, attempts: readonly DryRunAttempt[]): string {
  if ('static' in provisioning) return 'the prepared calls in the config; the suite creates and ends none';
  const groups = sum(attempts.map(({ groupCalls }) => groupCalls)) + OF_PREFLIGHT;
  const peers = sum(attempts.map(({ peerToPeerCalls }) => peerToPeerCalls));
  const how =
    'states' in provisioning
      ? `set up and torn down by POST to ${withoutQuery(provisioning.states)}`
      : `created by POST to ${target}/communications/calls and ended by DELETE`;
  return `${times(groups, 'group call')} and ${times(peers, 'peer-to-peer call')}, ${how}`;
}

function invitationsOf(attempts: readonly DryRunAttempt[], interactions: readonly DryRunAttempt[]): string {
  const own = sum(attempts.map(({ invitations }) => invitations.length));
  return `${times(own, 'invitation')} of scenarios, ${times(interactions.length, 'request')} of contracts. Before them, three invitations without participants check the connection and the token; one of them has no token and names a call that does not exist`;
}

function phonesOf({ invitees, allowPstn, maxDials }: RunOptions, attempts: readonly DryRunAttempt[]): string {
  if (!allowPstn || invitees.phone === undefined) return 'none';
  const dials = sum(attempts.map((one) => one.dials));
  return `${invitees.phone} is invited ${times(dials, 'time')}; a run dials it at most ${maxDials} times (maxDials)`;
}

function tokensOf({ tokens }: RunOptions): string {
  return TOKENS.map((name) => `${name}${tokens[name] === undefined ? ' (not configured)' : ''}`).join(', ');
}

function callbacksOf({ callback: { host, port, url, unchecked = false } }: RunOptions): string {
  const where = `a listener on ${host}, ${port === 0 ? 'any port that is free' : `port ${port}`}`;
  return url === undefined
    ? where
    : `${where}, given to the target as ${withoutQuery(url)}${unchecked ? ' (not checked)' : ''}`;
}

function attemptLines(one: DryRunAttempt): string[] {
  const calls = [
    ...(one.groupCalls > 0 ? [times(one.groupCalls, 'group call')] : []),
    ...(one.peerToPeerCalls > 0 ? [times(one.peerToPeerCalls, 'peer-to-peer call')] : []),
  ];
  // Equal invitations are listed once, with their number.
  const alike = new Map<string, number>();
  for (const { says } of one.invitations) alike.set(says, (alike.get(says) ?? 0) + 1);
  const invitations = [...alike].map(([says, count]) => `${count > 1 ? `${count} times ` : ''}${says}`);
  return [`  ${nameOf(one)} ${[...calls, ...invitations].join('; ')}`];
}
