import { catalogOf } from '../behaviors/catalog';
import { EDITION, type Edition } from '../behaviors/edition';
import { responseText } from '../target/response-text';
import { EnvironmentError, NotProvided, TOKEN_ADVICE, TokenRefused } from '../target/errors';
import { inviteProbe, refusesToken, checkInvitation } from '../target/invite-probe';
import { measureRoundTrip } from '../target/connect';
import { checkResponds, checkCallback, someInvitee } from '../target/preflight';
import type { Tokens } from '../target/tokens';
import {
  openSession,
  unlessInterrupted,
  type Session,
  type SessionContext,
  type TargetOptions,
} from '../target/session';

const TOKEN = 'tokens.valid';

/** A check of a precondition for judging a target, and its result. */
export interface TargetCheck {
  what: string;
  /** missing: not offered; behaviours that need it will be untested. */
  result: 'ok' | 'missing' | 'broken';
  message: string;
  advice: string;
}

async function runCheck(what: string, holds: () => Promise<string>): Promise<TargetCheck> {
  try {
    return { what, result: 'ok', message: await holds(), advice: '' };
  } catch (error) {
    if (error instanceof EnvironmentError)
      return { what, result: 'broken', message: error.message, advice: error.advice };
    if (!(error instanceof NotProvided)) throw error;
    if (error instanceof TokenRefused)
      return {
        what: TOKEN,
        result: 'broken',
        message: `the service rejected it: ${error.message}`,
        advice: error.advice,
      };
    const result = error.reason === 'environment' ? 'broken' : 'missing';
    return { what, result, message: error.message, advice: error.advice };
  }
}

function uncheckedCallback(url: string): TargetCheck {
  return {
    what: 'callback',
    result: 'missing',
    message: `the suite receives notifications at ${url}; not checked (--callback-unchecked)`,
    advice: 'A run shows whether the target reaches it: completion.announced fails if no notification arrives.',
  };
}

function tokenCheck(tokens: Tokens, name: keyof Tokens): TargetCheck {
  const there = tokens[name] !== undefined;
  return {
    what: `tokens.${name}`,
    result: there ? 'ok' : 'missing',
    message: there ? 'configured' : 'not configured',
    advice: there
      ? ''
      : `Set tokens.${name} in the config or by environment variable; until then, behaviours that need it are untested.`,
  };
}

/** Checks the token, the route and the response with one invitation to a provisioned call. */
async function invitationChecks(
  { base, tokens, client, provisioner }: Session,
  callId: string | undefined,
): Promise<TargetCheck[]> {
  const token = tokens.valid;
  if (token === undefined || callId === undefined) return [tokenCheck(tokens, 'valid')];
  const probe = inviteProbe(client, base, token, callId);
  try {
    const empty = await checkInvitation(probe, base, client, someInvitee(provisioner));
    // A prepared user is not used up for this check.
    const { response, failure } =
      provisioner.sharedCallback === true ? empty : await probe.invitation(await someInvitee(provisioner)());
    const said = response ? responseText(response, client.clean) : (failure?.reason ?? 'no response');
    if (refusesToken(response?.status))
      throw new EnvironmentError(TOKEN, `the service rejected it: ${said}`, TOKEN_ADVICE);
    const taken = response !== undefined && response.status >= 200 && response.status <= 299;
    const refusesEmpty =
      empty.response !== undefined && provisioner.sharedCallback === true && empty.response.status < 500;
    const ok = (message: string): TargetCheck => ({ what: TOKEN, result: 'ok', message, advice: '' });
    if (taken) return [ok(`the service accepted an invitation with it (${response.status})`)];
    if (refusesEmpty) return [ok(`the service did not reject it; its response to an empty invitation was ${said}`)];
    const advice = 'A run will report this as a failure of request.route.';
    return [ok('configured'), { what: 'an invitation', result: 'missing', message: `not accepted: ${said}`, advice }];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const { layer, message, advice } = error;
    const first = layer === TOKEN ? [] : [tokenCheck(tokens, 'valid')];
    return [...first, { what: layer, result: 'broken', message, advice }];
  }
}

/**
 * Runs the preflight layer by layer, and checks every state that scenarios ask for. Layers above a broken one are
 * skipped.
 * @throws Interrupted if it is interrupted
 */
export async function checkTarget(
  options: TargetOptions,
  { signal, disposable }: Pick<SessionContext, 'signal' | 'disposable'> = {},
): Promise<TargetCheck[]> {
  const { target, edition } = options;
  const seen: TargetCheck[] = [];
  const add: AddCheck = async (what, holds) => {
    const one = await unlessInterrupted(signal, runCheck(what, holds));
    seen.push(one);
    return one.result !== 'broken';
  };
  let roundTripMs = 0;
  const connects = await add('resolve and connect', async () => {
    roundTripMs = await measureRoundTrip(target);
    return `${new URL(target).host} accepts connections within ${roundTripMs.toFixed(1)} ms`;
  });
  try {
    const session = await openSession(options, {
      catalogDigest: catalogOf(edition).digest,
      signal,
      roundTripMs,
      continuesWhenStopped: true,
      disposable,
    });
    try {
      const { base, client, listener, tokens } = session;
      if (listener.unchecked) seen.push(uncheckedCallback(listener.url));
      else {
        await add('callback', async () => {
          await checkCallback(listener);
          return `the suite receives notifications at ${listener.url}`;
        });
      }
      const answered = async (): Promise<string> => {
        await checkResponds(base, client, tokens.valid);
        return `${base} answers HTTP`;
      };
      if (!connects || !(await add('answer', answered))) return seen;
      let first: string | undefined;
      await add('a group call', async () => {
        first = await groupCallId(session, { chatInfo: true, pstnNumber: true });
        return `call ${first}`;
      });
      seen.push(
        ...(await unlessInterrupted(signal, invitationChecks(session, first))),
        tokenCheck(tokens, 'withoutPermission'),
        tokenCheck(tokens, 'delegated'),
      );
      const nothing = first === undefined ? await session.provisioner.unavailableReason?.() : undefined;
      if (nothing !== undefined) {
        const advice = 'Set it to the URL where the target accepts the POST requests of the provider-states protocol.';
        return [...seen, { what: 'provision', result: 'broken', message: nothing, advice }];
      }
      await checkStates(session, add, edition);
      return seen;
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return [...seen, { what: 'callback', result: 'broken', message: error.message, advice: error.advice }];
  }
}

type AddCheck = (what: string, holds: () => Promise<string>) => Promise<boolean>;

async function groupCallId(
  { provisioner, listener }: Session,
  options: { chatInfo: boolean; pstnNumber: boolean },
): Promise<string> {
  return (await provisioner.groupCall({ ...options, callbackUri: listener.arm('doctor') })).callId;
}

/** The meetings that participants are moved out of, from the second edition on. */
const MEETINGS = [
  ['same', 'a meeting of the application'],
  ['another', 'a meeting of another application'],
] as const;

/** Checks the states that scenarios ask for in addition to a plain group call. */
async function checkStates(session: Session, add: AddCheck, edition: Edition): Promise<void> {
  const { provisioner, listener } = session;
  await add(
    'a group call without chat info',
    async () => `call ${await groupCallId(session, { chatInfo: false, pstnNumber: true })}`,
  );
  await add(
    'a group call without a PSTN number',
    async () => `call ${await groupCallId(session, { chatInfo: true, pstnNumber: false })}`,
  );
  await add('a peer-to-peer call', async () => {
    const { callId, userId } = await provisioner.peerToPeerCall(listener.arm('doctor'));
    return `call ${callId} with user ${userId}`;
  });
  await add('eight users who can be invited', async () => (await provisioner.users(8)).join(', '));
  await add('a user who cannot be reached', () => provisioner.unreachableUser());
  if (edition === EDITION) return;
  for (const [application, what] of MEETINGS) {
    await add(what, async () => {
      const { callId, userId } = await provisioner.meeting({ application, callbackUri: listener.arm('doctor') });
      return `call ${callId} with user ${userId}`;
    });
  }
}
