import { randomUUID } from 'node:crypto';
import type { Place } from '../../behaviors/finding';
import { parseJson, type Parsed } from '../../history/body';
import type { Exchange } from '../../history/events';
import { asksToWait } from '../../history/throttling';
import { stringMember } from '../../history/values';
import type { RunOptions } from '../../schemas/run-options';
import type { ContractContext, ContractVerdict, Forwarded } from '../../suites/scenario';
import { EnvironmentError, NotProvided } from '../../target/errors';
import type { ContractMismatch, ContractReason } from '../../verdicts/contract-result';
import { behaviorsOf } from './attribution';
import { ownBehaviors } from './own-behaviors';
import { emitNotification, type Notified } from './emitted-notification';
import { isAmong, ownCall, withPlace, withoutConsequences, withAnswer } from './mismatch-evidence';
import type { Gateway } from './gateway';
import { verifierFinding, isUnread } from './verifier-finding';
import { brokenBehavior, type BrokenBehavior } from './notification-faults';
import type { NotificationKind } from './notification-kind';
import type { Interaction, Kind } from './pact-file';
import { CapabilityAbsent, setUpStates, type StateResults } from './provider-states';
import { requestSender } from './request-sender';
import { stateValueMismatches } from './state-values';
import type { PactVerifier } from './verifier';

/** Pact's Verifier, and the gateway before it. */
export interface VerifierTools {
  gateway: Pick<Gateway, 'open'>;
  verifier: Pick<PactVerifier, 'verify'>;
}

/** The parts that all interactions of a run share. */
export interface VerificationContext {
  /** @throws EnvironmentError if they can't be started */
  tools: () => Promise<VerifierTools>;
  capabilities: RunOptions['capabilities'];
  /** Masks secrets in the contracts' text. */
  hide: (text: string) => string;
  witness?: ((interaction: Interaction, seen: TargetMessage) => void) | undefined;
}

/** The target's message for an interaction: its response, or the notification as Pact gets it. */
export interface TargetMessage {
  status?: number;
  headers: Record<string, string>;
  body: unknown;
  /** Ids that differ in each run, by name: those of the provider states, and `operationId`. */
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

function failed(
  { covers }: Interaction,
  kind: Kind,
  mismatches: readonly ContractMismatch[],
  more: readonly BrokenBehavior[],
  ofTheContract: readonly ContractMismatch[] = [],
): ContractVerdict {
  const found = mismatches.flatMap((mismatch) => behaviorsOf(kind, mismatch, covers));
  return {
    result: 'failed',
    behaviors: [...new Set([...found, ...more.map(({ behavior }) => behavior)])],
    mismatches: [...mismatches, ...more.map(({ mismatch }) => mismatch), ...ofTheContract],
  };
}

/** The behaviours that an interaction covers: those that it lists, or the general ones of its kind. */
export function coveredBehaviors({ covers, kind }: Interaction): string[] {
  return covers.length > 0 || !kind ? covers : GENERAL[kind];
}

/**
 * Verifies one interaction: sets up its provider states, makes the target send the message if it is one, and calls the
 * Verifier.
 * @returns untested, with the reason, if it could not run; not applicable if the config declares a needed capability
 * absent
 */
export async function verifyInteraction(
  interaction: Interaction,
  context: ContractContext,
  verification: VerificationContext,
): Promise<ContractVerdict> {
  const { name, kind, unverifiable, states, contents } = interaction;
  const covers = coveredBehaviors(interaction);
  const untested = (reason: ContractReason, behaviors = covers): ContractVerdict => ({
    result: 'untested',
    behaviors,
    mismatches: [],
    reason,
  });
  if (unverifiable !== undefined) return untested({ why: 'unverifiable', problem: unverifiable });
  if (!kind) return untested({ why: 'unknownKind' });
  try {
    const given = await setUpStates(states, { context, capabilities: verification.capabilities });
    const emitted = isNotification(kind)
      ? await emitNotification({ kind, given, says: name, contents, context, hide: verification.hide })
      : undefined;
    const about = emitted && { invitation: emitted.sent.record.key, call: emitted.sent.call.key };
    if (emitted && 'missing' in emitted) return { ...failed(interaction, kind, [], [emitted.missing]), ...about };
    return { ...(await verified(interaction, kind, given, emitted, context, verification)), ...about };
  } catch (error) {
    if (error instanceof Unverified) return untested(error.reason);
    if (error instanceof EnvironmentError) {
      const { layer, message: missing, advice } = error;
      return { ...untested({ why: 'environment', layer, missing, advice }), environment: true };
    }
    if (error instanceof CapabilityAbsent) {
      return { ...untested({ why: 'capabilityAbsent', missing: error.message }), result: 'notApplicable' };
    }
    if (!(error instanceof NotProvided)) throw error;
    return untested({ why: 'notProvided', missing: error.message, advice: error.advice }, ownBehaviors(covers));
  }
}

/** It was not determined whether the interaction holds. */
class Unverified extends Error {
  constructor(readonly reason: ContractReason) {
    super(reason.why);
  }
}

/** Pact's Verifier returned no result. */
const unclear = (said: string): Unverified => new Unverified({ why: 'unclear', said });

async function verified(
  interaction: Interaction,
  kind: Kind,
  given: StateResults,
  emitted: Notified | undefined,
  context: ContractContext,
  verification: VerificationContext,
): Promise<ContractVerdict> {
  const { description, provider, states, alone } = interaction;
  const { gateway, verifier } = await verification.tools();
  // The Verifier inserts values into paths unescaped; the gateway inserts an id that needs escaping.
  const real = given.values['callId'];
  const standIn = `call-${randomUUID()}`;
  const awkward = !emitted && real !== undefined && encodeURIComponent(real) !== real;
  const sendOn = requestSender(interaction, given, context, verification.hide);
  let forwarded: Partial<Forwarded> = {};
  const url = gateway.open({
    send: async (request) => {
      const answered = await sendOn(request);
      forwarded = answered;
      return answered.exchange;
    },
    ...(awkward ? { callId: { standIn, real } } : {}),
    // The media type of a refusal is not a behaviour, only its body is.
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
  if ('silence' in report) throw unclear(report.silence);
  const finding = verifierFinding(report.resolved, report.text, description);
  if ('unclear' in finding) throw unclear(finding.unclear);
  const { exchange: last, invited } = forwarded;
  const about = invited && { invitation: invited.record.key, call: invited.call.key };
  const mute = last && noAnswer(last, kind);
  if (mute) return { ...failed(interaction, kind, [], [mute]), ...about };
  const answer = last?.response && parseJson(last.response.body, last.response.headers);
  const seen = seenIn(last, answer, emitted, given);
  verification.witness?.(interaction, seen);
  // What Pact does not compare, and values of provider states, are checked only if the contract lists the behaviours
  // that it covers: another bot's contract requires only what it says.
  const ours = interaction.covers.length > 0;
  const stated = ours ? stateValueMismatches(seen.body, interaction.fromStates, given.values) : [];
  const found = finding.passed ? [] : finding.mismatches;
  const read = answer?.ok === true || emitted?.isJson === true;
  const unread = found.find(({ part }) => part === 'bodyType');
  if (read && unread?.message !== undefined && isUnread(unread)) throw unclear(unread.message);
  const mismatches = withoutConsequences([...found, ...stated]).map((one) =>
    withPlace(withAnswer(one, last), last, emitted),
  );
  const stray = ours && kind === 'accepted' && invited ? brokenBehavior(kind, invited, context.header) : [];
  const general = mismatches.some(({ part }) => part === 'status') ? [] : stray;
  const remarks = [...(emitted?.remarks ?? []), ...general].filter(({ mismatch }) => !isAmong(mismatches, mismatch));
  if (mismatches.length + remarks.length > 0)
    return { ...failed(interaction, kind, mismatches, remarks, ownCall(interaction, real)), ...about };
  if (!finding.passed) throw unclear("Pact's Verifier named no mismatch");
  if (!emitted && !last) throw unclear("Pact's Verifier sent no request to the target");
  return { result: 'passed', behaviors: coveredBehaviors(interaction), mismatches: [], ...about };
}

/**
 * Describes a missing or incomplete response.
 * @throws Unverified if the target throttles the request, which proves nothing about the invitation
 */
function noAnswer({ n, response, failure }: Exchange, kind: Kind): BrokenBehavior | undefined {
  const [behavior = ''] = GENERAL[kind];
  const unanswered = (reason: string): BrokenBehavior => {
    const at: Place[] = [{ event: n, part: 'status' }];
    return { behavior, mismatch: { part: 'status', observed: { is: 'noAnswer', reason }, at } };
  };
  if (!response) return unanswered(failure?.reason ?? 'the connection ended');
  if (asksToWait({ response })) throw new Unverified({ why: 'throttled', status: response.status });
  if (!response.body.truncated) return undefined;
  return unanswered(`it was cut off or is too long: ${response.body.bytes} bytes arrived`);
}

function seenIn(
  last: Exchange | undefined,
  answer: Parsed | undefined,
  emitted: Notified | undefined,
  { values }: StateResults,
): TargetMessage {
  const idsWith = (operationId: string | undefined): Record<string, string> =>
    operationId === undefined ? values : { ...values, operationId };
  if (emitted) {
    const { metadata: headers, body } = emitted.message;
    return { headers, body, ids: idsWith(emitted.sent.operationId) };
  }
  const { status, headers = [] } = last?.response ?? {};
  const body = answer?.ok === true ? answer.value : undefined;
  return {
    ...(status === undefined ? {} : { status }),
    headers: Object.fromEntries(headers),
    body,
    ids: idsWith(stringMember(body, 'id')),
  };
}
