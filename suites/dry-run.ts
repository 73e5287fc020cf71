import { randomUUID } from 'node:crypto';
import {
  type Body,
  CONTRACTS,
  type CallRecord,
  type Exchange,
  type HistoryHeader,
  type InvitationRecord,
  type InvitedIdentity,
} from '../history/events';
import { NotProvided } from '../target/errors';
import { phoneOf } from '../target/phone';
import type { Tokens } from '../target/tokens';
import type { RunOptions } from '../schemas/run-options';
import { scheduledAttempts, type AttemptOptions } from './attempt-selection';
import type { SentInvitation } from '../target/notification-watch';
import type { ContractAttempt, ContractContext, InvitationOptions } from './scenario';

/** What one attempt would send to the target. */
export interface DryRunAttempt {
  scenario: string;
  attempt: string;
  groupCalls: number;
  peerToPeerCalls: number;
  /** What each invitation is about, and its invitees. */
  invitations: { says: string; invitees: InvitedIdentity[] }[];
  dials: number;
  tokens: (keyof Tokens)[];
  /** Why the attempt would not run. */
  missing?: string;
}

const HEADER: Omit<HistoryHeader, 'target'> = {
  kind: 'header',
  format: 1,
  suiteVersion: '',
  catalogDigest: '',
  startedAt: '',
  timeoutMs: 0,
  quietMs: 0,
  roundTripMs: 0,
  plan: [],
};
const NO_BODY: Body = { encoding: 'utf8', content: '', bytes: 0, truncated: false };
/** A request without a response. */
const NO_EXCHANGE: Exchange = {
  kind: 'exchange',
  n: 0,
  purpose: 'invite',
  scenario: '',
  request: { method: 'POST', url: '', headers: [], body: NO_BODY, sentAt: 0 },
};
/** A successful invitation. */
const ANSWERED = { exchange: NO_EXCHANGE, accepted: true, answered: true, sentAt: 0, answeredAt: 0 };

type DryRunOptions = AttemptOptions & Pick<RunOptions, 'target' | 'tokens' | 'invitees' | 'allowPstn' | 'maxDials'>;

/**
 * Runs all attempts without a target: every call succeeds, so that each attempt makes all its requests. Nothing is
 * sent.
 * @param contracts the attempts of the contracts that the run would verify
 */
export async function dryRunAttempts(
  options: DryRunOptions,
  contracts: readonly ContractAttempt[],
): Promise<DryRunAttempt[]> {
  const phone = phoneOf(options);
  const tried: DryRunAttempt[] = [];
  const through = async (
    scenario: string,
    name: string,
    act: (context: ContractContext) => Promise<void>,
  ): Promise<void> => {
    const one: DryRunAttempt = {
      scenario,
      attempt: name,
      groupCalls: 0,
      peerToPeerCalls: 0,
      invitations: [],
      dials: 0,
      tokens: [],
    };
    const dial = (): string => {
      const number = phone.dial();
      one.dials += 1;
      return number;
    };
    try {
      await act(dryRunContext(one, options, dial, () => phone.checkMayDial()));
    } catch (error) {
      if (!(error instanceof NotProvided)) throw error;
      one.missing = error.message;
    }
    tried.push(one);
  };
  for (const { scenario, attempt, plan } of scheduledAttempts(options)) {
    if (plan.withoutCapability !== undefined || plan.notSelected === true) continue;
    await through(scenario.name, attempt.name, (context) => attempt.act(context));
  }
  for (const attempt of contracts) {
    await through(CONTRACTS, attempt.name, (context) => attempt.act(context));
  }
  return tried;
}

function dryRunContext(
  one: DryRunAttempt,
  { target, tokens }: DryRunOptions,
  dial: () => string,
  allowed: () => unknown,
): ContractContext {
  let count = 0;
  const call = (shape: CallRecord['shape']): CallRecord => {
    count += 1;
    const key = `${one.scenario}/${one.attempt}#${count}`;
    return { kind: 'call', n: 0, key, scenario: one.scenario, shape, callId: randomUUID(), callbackUri: '' };
  };
  const user = (): InvitedIdentity => ({ kind: 'user', id: randomUUID() });

  function invite(to: CallRecord, options: InvitationOptions): Promise<SentInvitation> {
    const { authorization = 'valid', says = one.attempt, invitees, ignored = [] } = options;
    // A function makes the header from the valid token.
    const token = typeof authorization === 'function' ? 'valid' : authorization;
    if (token !== 'none' && token !== 'valid' && tokens[token] === undefined)
      return Promise.reject(
        new NotProvided('unsupported', `tokens.${token} is not configured`, 'Set it in the config.'),
      );
    if (token !== 'none' && tokens[token] !== undefined && !one.tokens.includes(token)) one.tokens.push(token);
    one.invitations.push({ says, invitees: [...invitees, ...ignored] });
    const { expect = 'accepted', control = 'request.route' } = options;
    const key = `${to.key}/${one.invitations.length}`;
    const record: InvitationRecord = {
      kind: 'invitation',
      n: 0,
      key,
      scenario: one.scenario,
      attempt: one.attempt,
      tries: [],
      call: to.key,
      invitees,
      ignored,
      control,
      expect,
      says,
    };
    return Promise.resolve({ record, call: to, ...ANSWERED, operationId: randomUUID() });
  }

  return {
    groupCall: () => {
      one.groupCalls += 1;
      return Promise.resolve(call('group'));
    },
    peerToPeerCall: () => {
      one.peerToPeerCalls += 1;
      return Promise.resolve({ call: call('peerToPeer'), user: user() });
    },
    meeting: () => {
      one.groupCalls += 1;
      return Promise.resolve({ call: call('group'), user: user(), participantId: randomUUID() });
    },
    unknownCall: () => call('unknown'),
    users: (wanted) => Promise.resolve(Array.from({ length: wanted }, user)),
    unreachableUser: () => Promise.resolve(user()),
    phone: () => ({ kind: 'phone', id: dial() }),
    undialablePhone: (id) => {
      allowed();
      return { kind: 'phone', id };
    },
    invite,
    waitForOutcome: () => Promise.resolve(),
    inviteAndWait: invite,
    close: () => undefined,
    base: target,
    tokens,
    header: { ...HEADER, target },
    forward: () => Promise.resolve({ exchange: NO_EXCHANGE }),
    waitUntil: () => Promise.resolve(false),
    endingsOf: () => [],
    notificationsTo: () => [],
    recordResult: ({ reason }) => {
      if (reason && 'missing' in reason) one.missing = reason.missing;
    },
  };
}
