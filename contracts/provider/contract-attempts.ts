import type { PlannedContract } from '../../history/events';
import { redactor } from '../../history/redact';
import type { RunOptions } from '../../schemas/run-options';
import type { ContractAttempt, Contracts, ContractVerdict } from '../../suites/scenario';
import { startGateway, type Gateway } from './gateway';
import type { Interaction } from './pact-file';
import { coveredBehaviors, verifyInteraction, type TargetMessage, type VerifierTools } from './verify-interaction';
import { startVerifier, verifierDeadline, type PactVerifier } from './verifier';

/** What a contract verification needs besides its options. */
export interface ContractHooks {
  /**
   * Values to mask in addition to the tokens, such as a broker's credentials, which may appear in names and mismatches.
   */
  secrets?: readonly string[];
  /** A running Verifier to use and keep, so that repeated verifications start it only once. */
  verifier?: PactVerifier;
  /** Replaces both gateway and Verifier in a dry run. */
  tools?: VerifierTools;
  /** Replaces Pact's Verifier, to test failures of its process. */
  verifierModule?: string;
  /** Called with the target's message for each interaction that ran, as the Verifier got it. */
  witness?: (interaction: Interaction, seen: TargetMessage) => void;
}

/** The longest name of an attempt, in characters. */
const LONGEST_NAME = 48;

/** Makes short, unique names of attempts from the names of interactions. */
function namesOf(contracts: readonly PlannedContract[]): string[] {
  const times = new Map<string, number>();
  return contracts.map(({ interaction, consumer }) => {
    const short = consumer === undefined ? (interaction.split(':')[0] ?? interaction) : interaction;
    const slug = short
      .replaceAll(/[^\w.]+/g, '-')
      .slice(0, LONGEST_NAME)
      .replaceAll(/^-+|-+$/g, '');
    const count = (times.get(slug) ?? 0) + 1;
    times.set(slug, count);
    return count === 1 && slug !== '' ? slug : `${slug}-${count}`;
  });
}

/**
 * The attempts that verify contracts, one per interaction. They provision, send and wait like all others; then Pact's
 * Verifier, in a separate process, compares the result with the contract.
 */
export function contractAttempts(
  interactions: readonly Interaction[],
  { capabilities, timeoutMs }: Pick<RunOptions, 'capabilities' | 'timeoutMs'>,
  hooks: ContractHooks = {},
): Contracts {
  const { secrets = [], verifierModule, witness } = hooks;
  const hide = redactor(secrets);
  let gateway: Promise<Gateway> | undefined;
  let verifier: PactVerifier | undefined;
  let closed = false;

  async function start(): Promise<VerifierTools> {
    if (hooks.tools) return hooks.tools;
    const module = verifierModule === undefined ? {} : { module: verifierModule };
    verifier ??= hooks.verifier ?? startVerifier({ timeoutMs: verifierDeadline(timeoutMs), ...module });
    gateway ??= startGateway();
    return { verifier, gateway: await gateway };
  }

  let tools: Promise<VerifierTools> | undefined;
  const prepare = (): Promise<VerifierTools> => (tools ??= start());
  const verification = { tools: prepare, capabilities, hide, witness };
  const planned = interactions.map((interaction): PlannedContract => {
    const { name, consumer, pending } = interaction;
    return {
      interaction: hide(name),
      ...(consumer === undefined ? {} : { consumer: hide(consumer) }),
      behaviors: hide(coveredBehaviors(interaction)),
      ...(pending ? { pending } : {}),
    };
  });
  const names = namesOf(planned);
  const attempts = planned.map((contract, i): ContractAttempt => {
    const interaction = interactions[i] as Interaction;
    return {
      name: names[i] as string,
      contract,
      act: async (context) => context.recordResult(hidden(await verifyInteraction(interaction, context, verification))),
    };
  });
  const hidden = ({ mismatches, reason, ...verdict }: ContractVerdict): ContractVerdict => ({
    ...verdict,
    mismatches: hide(mismatches),
    ...(reason === undefined ? {} : { reason: hide(reason) }),
  });
  return {
    secrets,
    attempts,
    // If the preparation fails, each attempt reports it.
    prepare: () => void prepare().catch(() => undefined),
    close: async () => {
      if (closed) return;
      closed = true;
      const open = await gateway?.catch(() => undefined);
      await Promise.all([open?.close(), hooks.verifier ? undefined : verifier?.close()]);
    },
  };
}
