import { redactor } from '../../history/redact';
import { CATALOG_DIGEST } from '../../behaviors/catalog';
import type { RunSettings } from '../../suites/conduct';
import { openSession, unlessInterrupted } from '../../target/session';
import type { Stopped } from '../../verdicts/stopped';
import type { Phone } from '../../target/phone';
import type { ContractResult } from '../../verdicts/contract-result';
import { startGateway } from './gateway';
import { Inbox } from './inbox';
import { interactionsToVerify, type Interaction, type NamedPact } from './pact-file';
import { sender } from './sending';
import { tryInteraction, type Seen, type Trial } from './trial';
import { startVerifier, verifierDeadline, type PactVerifier } from './verifier';

/** What verifying contracts depends on. */
export type ContractSettings = Pick<
  RunSettings,
  | 'target'
  | 'tokens'
  | 'tls'
  | 'provisioning'
  | 'callback'
  | 'invitees'
  | 'capabilities'
  | 'timeoutMs'
  | 'concurrency'
  | 'allowPstn'
  | 'maxDials'
> & {
  phone?: Phone;
  /** Pacts of other bots. */
  pacts?: readonly NamedPact[];
  /** Whether the project's own contract is verified; default true. */
  own?: boolean;
  /** What is shown nowhere beside the tokens, such as what a broker was asked with. */
  secrets?: readonly string[];
};

export interface ContractHooks {
  /** What to run in place of Pact's Verifier; for tests of what goes wrong in its process. */
  verifierModule?: string;
  /** A Verifier that runs already, and goes on afterwards: who verifies many times pays for its start once. */
  verifier?: PactVerifier;
  /** Told what the target gave for each interaction that could be run, as it was handed to the Verifier. */
  witness?: (interaction: Interaction, seen: Seen) => void;
  /** Ends the verification early. */
  signal?: AbortSignal;
  /** Told what is worth knowing of the verification and is no fault. */
  remark?: (text: string) => void;
  /** Told why the verification could not go on, where the target was gone. */
  stopped?: (stop: Stopped) => void;
}

/** An interaction that ended with the target. */
function notRun({ name, consumer, covers }: Interaction): ContractResult {
  const whose = consumer === undefined ? {} : { consumer };
  const reason = { why: 'stopped' as const };
  return { interaction: name, ...whose, result: 'untested', behaviors: covers, mismatches: [], reason };
}

/** A failure, or what could not be run, that may have come of the target's end alone. */
function endedWithTheTarget(one: ContractResult): ContractResult {
  if (one.result !== 'failed' && one.result !== 'untested') return one;
  return { ...one, result: 'untested', mismatches: [], reason: { why: 'stopped' } };
}

/** What of a result a pact's words stand in. */
function wordsOf({ interaction, consumer, mismatches, reason }: ContractResult): Partial<ContractResult> {
  return {
    interaction,
    ...(consumer === undefined ? {} : { consumer }),
    mismatches,
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * Verifies the project's own contract, and those of other bots that are named, against a target.
 * @returns one result an interaction, in the contracts' order: each interaction is there, and passed only where the
 *   Verifier said so
 * @throws EnvironmentError where the target or the callback listener can't be reached, or nothing can be provisioned
 * @throws UsageError for a pact that holds nothing, or too much
 * @throws Interrupted where it was ended early
 */
export async function verifyContracts(
  settings: ContractSettings,
  hooks: ContractHooks = {},
): Promise<ContractResult[]> {
  const { tokens, timeoutMs, pacts = [], own = true, secrets = [] } = settings;
  const interactions = interactionsToVerify(pacts, own);
  const { verifierModule, witness, signal } = hooks;
  const session = await openSession({ ...settings, quietMs: 0 }, { catalogDigest: CATALOG_DIGEST, signal });
  const { base, client, health, listener, provisioner, recorder } = session;
  const redact = recorder.clean;
  // These are known to a broker alone, whose words stand in names and mismatches: the evidence is none of their matter.
  const hide = redactor(secrets);
  const closing: (() => Promise<unknown>)[] = [() => session.close()];
  try {
    const verifier =
      hooks.verifier ??
      startVerifier({
        timeoutMs: verifierDeadline(timeoutMs),
        ...(verifierModule === undefined ? {} : { module: verifierModule }),
      });
    if (!hooks.verifier) closing.push(() => verifier.close());
    const inbox = new Inbox();
    listener.onDelivery((delivery) => inbox.take(delivery));
    await session.prove();
    let retries = 0;
    const send = sender(base, client, tokens, timeoutMs, () => {
      retries += 1;
    });
    const gateway = await startGateway(send, redact);
    closing.push(() => gateway.close());
    const means = { provisioner, listener, phone: settings.phone ?? session.phone, settings };
    const shared = { means, send, inbox, gateway, verifier, timeoutMs, clean: redact };
    const trial: Trial = { ...shared, ...(witness ? { witness } : {}) };
    const tried = interactions.map((one, i) =>
      Promise.race([tryInteraction(one, `contracts#${i}`, trial), health.stopped.then(() => notRun(one))]),
    );
    const seen = await unlessInterrupted(signal, Promise.all(tried));
    if (retries > 0)
      hooks.remark?.(`requests of contracts were sent again ${retries} times, as the target asked to wait`);
    // What did not come may not have come as the target was gone by then.
    if (seen.some(({ result }) => result === 'failed')) await unlessInterrupted(signal, health.look());
    const { stop } = health;
    if (stop) hooks.stopped?.(stop);
    const results = stop ? seen.map(endedWithTheTarget) : seen;
    return secrets.length === 0 ? results : results.map((result) => ({ ...result, ...hide(wordsOf(result)) }));
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
}
