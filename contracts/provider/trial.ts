import { randomUUID } from 'node:crypto';
import { parseJson, type Parsed } from '../../history/body';
import type { Exchange } from '../../history/events';
import type { Redact } from '../../history/redact';
import { asksToWait } from '../../history/throttling';
import { show, text } from '../../history/values';
import { EnvironmentError, NotProvided } from '../../target/errors';
import type { ContractResult } from '../../verdicts/result';
import { strayLocation } from './answer-links';
import { behaviorsOf } from './attribution';
import { ofItsOwn } from './covers';
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

/** What the target answered, where that tells more than what differs. */
function evidence(last: Exchange | undefined, mismatches: readonly Mismatch[], clean: Redact): string[] {
  if (!last?.response || !mismatches.some(({ part }) => part === 'status')) return [];
  const { request, response } = last;
  const hint = response.status === 404 ? '; is the path of --target right?' : '';
  return [
    `the target answered ${response.status} to ${request.method} ${request.url}: ${show(clean(response.body.content))}${hint}`,
  ];
}

/** What to say where a contract asks for a call of its own invention: no target can know it. */
function hintAtPath({ fixedCallId }: Interaction, callId: string | undefined): string[] {
  if (fixedCallId === undefined || callId === undefined || fixedCallId === callId) return [];
  const hint = "fromProviderState('/communications/calls/${callId}/…', …) in the contract takes it from there";
  return [`the path does not use the state's \${callId}: it names the call ${show(fixedCallId)}; ${hint}`];
}

/** With another status the body is another one too: what differs in it says nothing more. */
function telling(mismatches: readonly Mismatch[]): Mismatch[] {
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
  mismatches: Mismatch[],
  more: Broken[],
  seen: string[] = [],
): ContractResult {
  const broken = mismatches.flatMap((mismatch) => behaviorsOf(kind, mismatch, interaction.covers));
  return {
    ...titleOf(interaction),
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
  const result = await tried(interaction, key, trial);
  return interaction.pending ? { ...result, pending: true } : result;
}

async function tried(interaction: Interaction, key: string, trial: Trial): Promise<ContractResult> {
  const { kind, unverifiable } = interaction;
  const covers = interaction.covers.length > 0 || !kind ? interaction.covers : GENERAL[kind];
  const untested = (reason: string, behaviors = covers): ContractResult => ({
    ...titleOf(interaction),
    result: 'untested',
    behaviors,
    mismatches: [reason],
  });
  if (unverifiable !== undefined) return untested(unverifiable);
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
    if (error instanceof EnvironmentError) {
      return { ...untested(`${error.layer}: ${error.message} (${error.advice})`), environment: true };
    }
    if (error instanceof CapabilityAbsent) return { ...untested(error.message), result: 'notApplicable' };
    if (!(error instanceof NotProvided)) throw error;
    return untested(error.advice === '' ? error.message : `${error.message} (${error.advice})`, ofItsOwn(covers));
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
  if (read && found.some(({ line }) => UNREAD.test(line))) throw new Unclear(found[0]?.line);
  const mismatches = telling([...found, ...stated]);
  const general = mismatches.some(({ part }) => part === 'status') ? [] : stray;
  const remarks = [...(emitted?.remarks ?? []), ...general];
  if (mismatches.length + remarks.length > 0)
    return failed(interaction, kind, mismatches, remarks, [
      ...evidence(last, found, clean),
      ...hintAtPath(interaction, real),
    ]);
  if (!finding.passed) throw new Unclear("Pact's Verifier named no mismatch");
  if (!emitted && !last) throw new Unclear('the Verifier asked nothing of the target');
  return undefined;
}

/** JSON that the Verifier can't read, such as half of a surrogate pair or a deep nesting, while others can. */
const UNREAD = /failed to parse/i;

/**
 * An answer that did not come, or not as a whole.
 * @throws Unclear where the target asks to come back later, which says nothing about the invitation
 */
function noAnswer({ response, failure }: Exchange, kind: Kind): Broken | undefined {
  const [behavior = ''] = GENERAL[kind];
  if (!response) {
    return { behavior, line: `the target gave no answer: ${failure?.reason ?? 'the connection ended'}` };
  }
  if (asksToWait({ response }))
    throw new Unclear(`the target throttles (${response.status}) and still did when asked again`);
  if (!response.body.truncated) return undefined;
  return { behavior, line: `the answer did not come as a whole, or is too long: ${response.body.bytes} bytes came` };
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
