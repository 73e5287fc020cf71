import type { HistoryHeader } from '../../history/events';
import { Recorder } from '../../history/recorder';
import { redactor } from '../../history/redact';
import { provisionerFor, type RunSettings } from '../../suites/conduct';
import { VERSION } from '../../suites/version';
import { createClient } from '../../target/client';
import { EnvironmentError } from '../../target/errors';
import { startListener, type Listener } from '../../target/listener';
import { answers, provisions, reachesItself, roundTrip } from '../../target/preflight';
import type { ContractResult } from '../../verdicts/result';
import { startGateway } from './gateway';
import { Inbox } from './inbox';
import { interactionsIn, ownInteractions } from './pact-file';
import { sender } from './sending';
import { tryInteraction, type Trial } from './trial';
import { startVerifier } from './verifier';

/** What verifying contracts depends on. */
export type ContractSettings = Pick<
  RunSettings,
  | 'target'
  | 'tokens'
  | 'provisioning'
  | 'callback'
  | 'invitees'
  | 'capabilities'
  | 'timeoutMs'
  | 'concurrency'
  | 'allowPstn'
> & {
  /** Pact files of other bots. */
  pactFiles?: readonly string[];
  /** Whether the project's own contract is verified; default true. */
  own?: boolean;
};

/** For tests of what goes wrong in the Verifier's process. */
export interface ContractHooks {
  verifierModule?: string;
}

function headerOf(settings: ContractSettings, base: string, roundTripMs: number): HistoryHeader {
  return {
    kind: 'header',
    format: 1,
    suiteVersion: VERSION,
    catalogDigest: '',
    target: base,
    startedAt: new Date().toISOString(),
    timeoutMs: settings.timeoutMs,
    quietMs: 0,
    roundTripMs,
    plan: [],
  };
}

async function listen({ callback }: ContractSettings, recorder: Recorder): Promise<Listener> {
  const { host, port, url } = callback;
  try {
    return await startListener({ host, port, recorder, ...(url === undefined ? {} : { publicUrl: url }) });
  } catch (error) {
    const why = (error as { code?: string }).code ?? String(error);
    const advice = 'Choose another --callback-host or --callback-port; port 0 takes any that is free.';
    throw new EnvironmentError('callback', `can't listen on ${host}:${port} (${why})`, advice);
  }
}

/**
 * Verifies the project's own contract, and those of other bots that are named, against a target.
 * @returns one result an interaction, in the contracts' order: each interaction is there, and passed only where the
 *   Verifier said so
 * @throws EnvironmentError where the target or the callback listener can't be reached, or nothing can be provisioned
 * @throws UsageError for a pact file that can't be read or holds nothing
 */
export async function verifyContracts(
  settings: ContractSettings,
  hooks: ContractHooks = {},
): Promise<ContractResult[]> {
  const { tokens, timeoutMs, concurrency, pactFiles = [], own = true } = settings;
  const interactions = [...(own ? ownInteractions() : []), ...pactFiles.flatMap(interactionsIn)];
  const base = settings.target.replace(/\/+$/, '');
  const roundTripMs = await roundTrip(base);
  const redact = redactor(Object.values(tokens).filter((token): token is string => typeof token === 'string'));
  const recorder = new Recorder(headerOf(settings, base, roundTripMs), redact);
  const listener = await listen(settings, recorder);
  const closing: (() => Promise<void>)[] = [() => listener.close()];
  try {
    const { verifierModule } = hooks;
    // A request of the Verifier's waits for the target's answer, and for as long again where the target asks to wait.
    const deadline = timeoutMs * 2 + 1000;
    const verifier = startVerifier({
      timeoutMs: deadline,
      ...(verifierModule === undefined ? {} : { module: verifierModule }),
    });
    closing.push(() => verifier.close());
    const client = createClient({ recorder, timeoutMs, concurrency });
    const provisioner = provisionerFor({ ...settings, quietMs: 0, scenarios: [] }, base, client);
    const inbox = new Inbox();
    listener.onDelivery((delivery) => inbox.take(delivery));
    await Promise.all([answers(base, client), reachesItself(listener)]);
    await provisions(provisioner, listener.arm('preflight'));
    const send = sender(base, client, tokens, timeoutMs);
    const gateway = await startGateway(send, redact);
    closing.push(() => gateway.close());
    const means = { provisioner, listener, settings };
    const trial: Trial = { means, send, inbox, gateway, verifier, timeoutMs };
    const results = await Promise.all(interactions.map((one, i) => tryInteraction(one, `contracts#${i}`, trial)));
    await provisioner.release();
    return redact(results);
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
}
