import { randomUUID } from 'node:crypto';
import type { Value } from '../../behaviors/finding';
import { valueOf } from '../../behaviors/values';
import { parseJson, type Parsed } from '../../history/body';
import { readable } from '../../history/coding';
import type { Exchange } from '../../history/events';
import type { Redact } from '../../history/redact';
import { asksToWait } from '../../history/throttling';
import { member, text } from '../../history/values';
import { EnvironmentError, NotProvided } from '../../target/errors';
import type { ContractMismatch, ContractReason, ContractResult } from '../../verdicts/contract-result';
import { strayLocation } from './answer-links';
import { behaviorsOf } from './attribution';
import { ofItsOwn } from './covers';
import { emit, type Emitted } from './emission';
import type { Broken } from './notification-faults';
import type { Gateway } from './gateway';
import type { Inbox } from './inbox';
import { findingOf, isUnread } from './mismatch';
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
  /** Strips the run's secrets from what is told. */
  clean: Redact;
  witness?: (interaction: Interaction, seen: Seen) => void;
}

/** What the target gave for an interaction: its answer, or the notification as it is handed to Pact. */
export interface Seen {
  status?: number;
  headers: Record<string, string>;
  body: unknown;
  /** Ids that are another one each time, by their names: of the provider states, and `operationId`. */
  ids: Record<string, string>;
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

/** How the target answered: with the code and message of its error, else with the beginning of its body. */
function answerOf({ status, body, headers }: NonNullable<Exchange['response']>, clean: Redact): Value {
  const json = parseJson(body, headers);
  const error = json.ok ? member(json.value, 'error') : undefined;
  const [code, message = json.ok ? undefined : readable(body, headers).content] = [
    text(error, 'code'),
    text(error, 'message'),
  ];
  return clean({
    is: 'answer' as const,
    status,
    ...(code === undefined ? {} : { code: code.slice(0, MOST_SHOWN) }),
    ...(message === undefined || message === '' ? {} : { message: message.slice(0, MOST_SHOWN) }),
  });
}

const MOST_SHOWN = 160;

/** A status that differs, with what the target answered and to what. */
function withAnswer(mismatch: ContractMismatch, last: Exchange | undefined, clean: Redact): ContractMismatch {
  if (mismatch.part !== 'status' || !last?.response) return mismatch;
  const { method, url } = last.request;
  return { ...mismatch, observed: answerOf(last.response, clean), request: { method, url } };
}

/** Where a contract asks for a call of its own invention: no target can know it. */
function ownCall({ fixedCallId }: Interaction, callId: string | undefined): ContractMismatch[] {
  if (fixedCallId === undefined || callId === undefined || fixedCallId === callId) return [];
  return [{ part: 'path', expected: valueOf(callId), observed: valueOf(fixedCallId) }];
}

/** With another status the body is another one too: what differs in it says nothing more. */
function telling(mismatches: readonly ContractMismatch[]): ContractMismatch[] {
  const ofStatus = mismatches.filter(({ part }) => part === 'status');
  return ofStatus.length > 0 ? ofStatus : [...mismatches];
}

/** The interaction's name, and whose it is where it is not the project's own. */
function titleOf({ name, consumer }: Interaction): Pick<ContractResult, 'interaction' | 'consumer'> {
  return consumer === undefined ? { interaction: name } : { interaction: name, consumer };
}

function failed(
  interaction: Interaction,
  kind: Kind,
  mismatches: readonly ContractMismatch[],
  more: readonly Broken[],
  ofTheContract: readonly ContractMismatch[] = [],
): ContractResult {
  const broken = mismatches.flatMap((mismatch) => behaviorsOf(kind, mismatch, interaction.covers));
  return {
    ...titleOf(interaction),
    result: 'failed',
    behaviors: [...new Set([...broken, ...more.map(({ behavior }) => behavior)])],
    mismatches: [...mismatches, ...more.map(({ mismatch }) => mismatch), ...ofTheContract],
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
  const result = await tried(interaction, key, trial);
  return interaction.pending ? { ...result, pending: true } : result;
}

async function tried(interaction: Interaction, key: string, trial: Trial): Promise<ContractResult> {
  const { kind, unverifiable } = interaction;
  const covers = interaction.covers.length > 0 || !kind ? interaction.covers : GENERAL[kind];
  const untested = (reason: ContractReason, behaviors = covers): ContractResult => ({
    ...titleOf(interaction),
    result: 'untested',
    behaviors,
    mismatches: [],
    reason,
  });
  if (unverifiable !== undefined) return untested({ why: 'unverifiable', problem: unverifiable });
  if (!kind) return untested({ why: 'unknownKind' });
  try {
    const given = await give(interaction.states, trial.means, key);
    const emitted = isNotification(kind) ? await emission(interaction, kind, given, trial) : undefined;
    if (emitted && 'missing' in emitted) return failed(interaction, kind, [], [emitted.missing]);
    return (
      (await verified(interaction, kind, given, emitted, trial)) ?? {
        ...titleOf(interaction),
        result: 'passed',
        behaviors: covers,
        mismatches: [],
      }
    );
  } catch (error) {
    if (error instanceof Unclear) return untested({ why: 'unclear', said: error.message });
    if (error instanceof EnvironmentError) {
      const { layer, message: missing, advice } = error;
      return { ...untested({ why: 'environment', layer, missing, advice }), environment: true };
    }
    if (error instanceof CapabilityAbsent) {
      return { ...untested({ why: 'capabilityAbsent', missing: error.message }), result: 'notApplicable' };
    }
    if (!(error instanceof NotProvided)) throw error;
    return untested({ why: 'notProvided', missing: error.message, advice: error.advice }, ofItsOwn(covers));
  }
}

/** The Verifier did not say whether the interaction holds. */
class Unclear extends Error {}

function emission({ contents }: Interaction, kind: NotificationKind, given: Given, trial: Trial): Promise<Emitted> {
  const { send, inbox, timeoutMs, clean } = trial;
  return emit({ kind, given, contents, send, inbox, timeoutMs, clean });
}

/** @returns undefined where it passed */
async function verified(
  interaction: Interaction,
  kind: Kind,
  given: Given,
  emitted: Extract<Emitted, { message: unknown }> | undefined,
  { gateway, verifier, witness, clean }: Trial,
): Promise<ContractResult | undefined> {
  const { description, provider, states, alone } = interaction;
  // The Verifier puts values into paths as they are; an id that a path can't hold so is put in by the gateway.
  const real = given.values['callId'];
  const standIn = `call-${randomUUID()}`;
  const awkward = !emitted && real !== undefined && encodeURIComponent(real) !== real;
  const { url, exchanges } = gateway.open({
    caller: given.caller,
    ...(awkward ? { callId: { standIn, real } } : {}),
    // What media type a refusal has is no behaviour: only its body is.
    asJson: kind === 'refused' && interaction.covers.includes('refusal.error-body'),
  });
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
  if ('unclear' in finding) throw new Unclear(finding.unclear);
  const last = exchanges.at(-1);
  const mute = last && noAnswer(last, kind);
  if (mute) return failed(interaction, kind, [], [mute]);
  const answer = last?.response && parseJson(last.response.body, last.response.headers);
  const seen = seenIn(last, answer, emitted, given);
  witness?.(interaction, seen);
  // What Pact compares nothing with, and a provider state's value, is held against the target only where the contract
  // says which behaviours it covers: what another bot goes by is its own word alone.
  const ours = interaction.covers.length > 0;
  const stated = ours ? otherThanStated(seen.body, interaction.fromStates, given.values) : [];
  const stray = ours && kind === 'accepted' && last && real !== undefined ? strayLocation(last, real) : [];
  const found = finding.passed ? [] : finding.mismatches;
  const read = answer?.ok === true || emitted?.readable === true;
  const unread = found.find(({ part }) => part === 'bodyType');
  if (read && unread !== undefined && isUnread(unread)) throw new Unclear(unread.message);
  const mismatches = telling([...found, ...stated]).map((one) => withAnswer(one, last, clean));
  const general = mismatches.some(({ part }) => part === 'status') ? [] : stray;
  const remarks = [...(emitted?.remarks ?? []), ...general];
  if (mismatches.length + remarks.length > 0)
    return failed(interaction, kind, mismatches, remarks, ownCall(interaction, real));
  if (!finding.passed) throw new Unclear("Pact's Verifier named no mismatch");
  if (!emitted && !last) throw new Unclear('the Verifier asked nothing of the target');
  return undefined;
}

/**
 * An answer that did not come, or not as a whole.
 * @throws Unclear where the target asks to come back later, which says nothing about the invitation
 */
function noAnswer({ response, failure }: Exchange, kind: Kind): Broken | undefined {
  const [behavior = ''] = GENERAL[kind];
  if (!response) return unanswered(behavior, failure?.reason ?? 'the connection ended');
  if (asksToWait({ response }))
    throw new Unclear(`the target throttles (${response.status}) and still did when asked again`);
  if (!response.body.truncated) return undefined;
  return unanswered(behavior, `it was cut off or is too long: ${response.body.bytes} bytes came`);
}

function unanswered(behavior: string, reason: string): Broken {
  return { behavior, mismatch: { part: 'status', observed: { is: 'noAnswer', reason } } };
}

function seenIn(
  last: Exchange | undefined,
  answer: Parsed | undefined,
  emitted: Extract<Emitted, { message: unknown }> | undefined,
  { values }: Given,
): Seen {
  const idsWith = (operationId: string | undefined): Record<string, string> =>
    operationId === undefined ? values : { ...values, operationId };
  if (emitted) {
    const { metadata: headers, body } = emitted.message;
    return { headers, body, ids: idsWith(emitted.operationId) };
  }
  const { status, headers = [] } = last?.response ?? {};
  const body = answer?.ok === true ? answer.value : undefined;
  return {
    ...(status === undefined ? {} : { status }),
    headers: Object.fromEntries(headers),
    body,
    ids: idsWith(text(body, 'id')),
  };
}
