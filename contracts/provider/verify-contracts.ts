import { redactor } from '../../history/redact';
import { baseOf, listen, provisionerFor, recorderFor, type RunSettings } from '../../suites/conduct';
import { createClient } from '../../target/client';
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
  const base = baseOf(settings);
  const run = { ...settings, quietMs: 0, scenarios: [] };
  const recorder = recorderFor(run, await roundTrip(base));
  const redact = redactor(Object.values(tokens).filter((token): token is string => typeof token === 'string'));
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
    const provisioner = provisionerFor(run, base, client);
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
