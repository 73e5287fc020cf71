import { randomUUID } from 'node:crypto';
import { parseJson } from '../../history/body';
import type { Exchange } from '../../history/events';
import { show } from '../../history/values';
import { NotProvided } from '../../target/errors';
import type { ContractResult } from '../../verdicts/result';
import { behaviorsOf } from './attribution';
import { emit, type Broken, type Emitted } from './emission';
import type { Gateway } from './gateway';
import type { Inbox } from './inbox';
import { findingOf, type Mismatch } from './mismatch';
import type { NotificationKind } from './notification-kind';
import type { Interaction, Kind } from './pact-file';
import { CapabilityAbsent, give, type Given, type Means } from './provider-states';
import type { Send } from './sending';
import { otherThanStated } from './state-values';
import type { PactVerifier } from './verifier';

/** What all interactions of a verification share. */
export interface Trial {
  means: Means;
  send: Send;
  inbox: Inbox;
  gateway: Gateway;
  verifier: PactVerifier;
  timeoutMs: number;
}

const GENERAL: Record<Kind, string[]> = {
  accepted: ['response.status-200'],
  refused: ['refusal.client-error', 'refusal.error-body'],
  completion: ['completion.announced'],
  failure: ['failure.announced'],
  roster: ['roster.announced'],
  callTerminated: ['replace.peer-call-terminated'],
  callDeleted: ['replace.peer-call-deleted'],
};

function isNotification(kind: Kind): kind is NotificationKind {
  return kind !== 'accepted' && kind !== 'refused';
}

/** What the target answered, where that tells more than what differs. */
function evidence(last: Exchange | undefined, mismatches: readonly Mismatch[]): string[] {
  if (!last?.response || !mismatches.some(({ part }) => part === 'status')) return [];
  return [`the target answered ${last.response.status}: ${show(last.response.body.content)}`];
}

/** With another status the body is another one too: what differs in it says nothing more. */
function telling(mismatches: readonly Mismatch[]): Mismatch[] {
  const ofStatus = mismatches.filter(({ part }) => part === 'status');
  return ofStatus.length > 0 ? ofStatus : [...mismatches];
}

function failed(
  interaction: Interaction,
  kind: Kind,
  mismatches: Mismatch[],
  more: Broken[],
  seen: string[] = [],
): ContractResult {
  const broken = mismatches.flatMap((mismatch) => behaviorsOf(kind, mismatch, interaction.covers));
  return {
    interaction: interaction.name,
    result: 'failed',
    behaviors: [...new Set([...broken, ...more.map(({ behavior }) => behavior)])],
    mismatches: [...mismatches.map(({ line }) => line), ...more.map(({ line }) => line), ...seen],
  };
}

/**
 * Verifies one interaction: makes its provider states, has the target send what a message is about, and asks the
 * Verifier.
 * @param key by which its calls are known
 * @returns untested, with the reason, where it could not be run, and not applicable where the config declares absent what
 *   it needs; never passed then
 */
export async function tryInteraction(interaction: Interaction, key: string, trial: Trial): Promise<ContractResult> {
  const { name, kind } = interaction;
  const covers = interaction.covers.length > 0 || !kind ? interaction.covers : GENERAL[kind];
  const untested = (reason: string): ContractResult => ({
    interaction: name,
    result: 'untested',
    behaviors: covers,
    mismatches: [reason],
  });
  if (!kind) return untested('it is neither an HTTP interaction nor a notification of a kind that is known');
  try {
    const given = await give(interaction.states, trial.means, key);
    const emitted = isNotification(kind) ? await emission(interaction, kind, given, trial) : undefined;
    if (emitted && 'missing' in emitted) return failed(interaction, kind, [], [emitted.missing]);
    return (
      (await verified(interaction, kind, given, emitted, trial)) ?? {
        ...untested(''),
        result: 'passed',
        mismatches: [],
      }
    );
  } catch (error) {
    if (error instanceof Unclear) return untested(error.message);
    if (error instanceof CapabilityAbsent) return { ...untested(error.message), result: 'notApplicable' };
    if (!(error instanceof NotProvided)) throw error;
    return untested(error.advice === '' ? error.message : `${error.message} (${error.advice})`);
  }
}

/** The Verifier did not say whether the interaction holds. */
class Unclear extends Error {}

function emission({ contents }: Interaction, kind: NotificationKind, given: Given, trial: Trial): Promise<Emitted> {
  const { send, inbox, timeoutMs } = trial;
  return emit({ kind, given, contents, send, inbox, timeoutMs });
}

/** @returns undefined where it passed */
async function verified(
  interaction: Interaction,
  kind: Kind,
  given: Given,
  emitted: Extract<Emitted, { message: unknown }> | undefined,
  { gateway, verifier }: Trial,
): Promise<ContractResult | undefined> {
  const { description, provider, states, alone } = interaction;
  // The Verifier puts values into paths as they are; an id that a path can't hold so is put in by the gateway.
  const real = given.values['callId'];
  const standIn = `call-${randomUUID()}`;
  const awkward = !emitted && real !== undefined && encodeURIComponent(real) !== real;
  const { url, exchanges } = gateway.open(given.caller, awkward ? { standIn, real } : undefined);
  const report = await verifier.verify({
    pact: alone,
    provider,
    description,
    url,
    states: states.map((state) => state.name),
    values: awkward ? { ...given.values, callId: standIn } : given.values,
    ...(emitted ? { message: emitted.message } : {}),
  });
  if ('silence' in report) throw new Unclear(report.silence);
  const finding = findingOf(report.resolved, report.text, description);
  const remarks = emitted?.remarks ?? [];
  if ('unclear' in finding) throw new Unclear(finding.unclear);
  const last = exchanges.at(-1);
  if (last && !last.response) {
    const line = `the target gave no answer: ${last.failure?.reason ?? 'the connection ended'}`;
    return failed(
      interaction,
      kind,
      [],
      GENERAL[kind].slice(0, 1).map((behavior) => ({ behavior, line })),
    );
  }
  const answer = last?.response ? parseJson(last.response.body) : undefined;
  const body = emitted ? emitted.message.body : answer?.ok === true ? answer.value : undefined;
  // A provider state's value is the contract's word only where the contract says which behaviours it covers.
  const stated = interaction.covers.length > 0 ? otherThanStated(body, interaction.fromStates, given.values) : [];
  const found = finding.passed ? [] : finding.mismatches;
  const mismatches = telling([...found, ...stated]);
  if (mismatches.length + remarks.length > 0)
    return failed(interaction, kind, mismatches, remarks, evidence(last, found));
  if (!finding.passed) throw new Unclear("Pact's Verifier named no mismatch");
  if (!emitted && !last) throw new Unclear('the Verifier asked nothing of the target');
  return undefined;
}
