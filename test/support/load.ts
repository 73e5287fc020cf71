import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHistory, streamHistory } from '../../history/history-file';
import { API_PATH, createApp, STATES_PATH } from '../../mock/app';
import { composeHooks, type Answer, type Hooks } from '../../mock/hooks';
import type { Planned } from '../../mock/model';
import type { Accepted } from '../../mock/hook-builders';
import { World } from '../../mock/world';
import { DEFAULTS } from '../../schemas/options';
import type { LoadOptions } from '../../schemas/run-options';
import type { RunContext } from '../../suites/record-run';
import { recordLoadRun } from '../../suites/load-run';
import type { TargetOptions } from '../../target/session';
import type { Finding } from '../../behaviors/behavior';
import { loadResultOf } from '../../verdicts/load-result';
import type { Result } from '../../verdicts/result';
import type { JudgedBehavior } from '../../verdicts/judged-behavior';

/** What happens to one of many invitations, identified by its key in the history, which is its clientContext. */
export interface Rarely {
  plan?: (planned: Planned[], occasion: Accepted) => Planned[];
  answer?: (answer: Answer, occasion: Accepted) => void;
}

/** Makes hooks that change only a few invitations. */
export function rarely(faults: Record<string, Rarely>): Partial<Hooks> {
  const of = (occasion: Accepted): Rarely | undefined => {
    const key = /^ Invitation {2}(\S+) /.exec(occasion.invitation.clientContext ?? '')?.[1];
    return faults[key ?? ''];
  };
  return {
    plan: (planned, occasion) =>
      occasion.kind === 'accepted' ? (of(occasion)?.plan?.(planned, occasion) ?? planned) : planned,
    answer: (answer, occasion) => {
      if (occasion.kind === 'accepted') of(occasion)?.answer?.(answer, occasion);
      return answer;
    },
  };
}

/** A mock with the hooks of a test. */
export async function mockWith(hooks: Partial<Hooks>): Promise<{ options: TargetOptions; close: () => Promise<void> }> {
  const world = new World(composeHooks([hooks]), 0);
  const server = createServer(createApp(() => world, { base: undefined, allowRemoteCallbacks: false }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    options: {
      ...DEFAULTS,
      target: `${origin}${API_PATH}`,
      tokens: { valid: world.tokens.mint() },
      provisioning: { states: `${origin}${STATES_PATH}` },
      invitees: {},
      timeoutMs: 3000,
      quietMs: 100,
    },
    close: () =>
      new Promise((resolve) => {
        world.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Conducts a load run and judges it; its history is in a temporary folder. */
export async function loaded(
  options: TargetOptions,
  load: LoadOptions,
  context: RunContext = {},
  also: (folder: string) => void = () => undefined,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
  const file = openHistory(folder);
  try {
    await recordLoadRun({ ...options, load }, { ...context, sink: (line) => file.write(line) });
    also(folder);
    return loadResultOf(streamHistory(folder), { gate: 'linked', allowUntested: false, waivers: [], now: 0 }).result;
  } finally {
    file.close();
    rmSync(folder, { recursive: true });
  }
}

/** The failures of a load run: each behaviour, with the invitations or deliveries of its findings. */
export function failures({ behaviors }: Result): Record<string, string[]> {
  const failed = behaviors.filter(({ verdict }) => verdict === 'failed');
  return Object.fromEntries(failed.map(({ id, findings }) => [id, keysOf(findings)]));
}

/** The same from judged behaviours. */
export function failuresOf(judged: readonly JudgedBehavior[]): Record<string, string[]> {
  const failed = judged.filter(({ verdict }) => verdict === 'failed');
  return Object.fromEntries(failed.map(({ id, findings }) => [id, keysOf(findings)]));
}

function keysOf(findings: readonly Finding[]): string[] {
  return findings.map(({ attempt }) => attempt.invitation ?? attempt.call ?? '').toSorted();
}
