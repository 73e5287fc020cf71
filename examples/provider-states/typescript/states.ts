import type { CallingService } from './service.ts';

type Params = Record<string, unknown>;
type Values = Record<string, unknown>;

interface State {
  setup(service: CallingService, params: Params): Values;
  teardown(service: CallingService, params: Params): void;
}

const callbackOf = (params: Params): string => {
  if (typeof params['callbackUri'] !== 'string') throw new Error('params.callbackUri has to be a URL');
  return params['callbackUri'];
};

const nothing = (): void => undefined;

/** A meeting with a user in it, who may be moved to another one where the same application created both. */
const meeting = (foreign: boolean): State => ({
  setup(service, params) {
    const userId = service.addUser();
    const { call, participantId } = service.startMeeting(callbackOf(params), userId, foreign);
    return { callId: call.id, userId, participantId };
  },
  teardown: (service, params) => service.endCallsOf(callbackOf(params)),
});

/** What the suite asks for, and how this service brings it about. */
const STATES: Record<string, State> = {
  'a group call': {
    setup(service, params) {
      const call = service.startGroupCall(callbackOf(params), {
        chatInfo: params['chatInfo'] !== false,
        pstnNumber: params['pstnNumber'] !== false,
      });
      return { callId: call.id };
    },
    // The same params as at setup: each call has a callback path of its own, so that names it.
    teardown: (service, params) => service.endCallsOf(callbackOf(params)),
  },
  'a peer-to-peer call': {
    setup(service, params) {
      const userId = service.addUser();
      return { callId: service.startPeerToPeerCall(callbackOf(params), userId).id, userId };
    },
    teardown: (service, params) => service.endCallsOf(callbackOf(params)),
  },
  'a meeting of the same application': meeting(false),
  'a meeting of another application': meeting(true),
  'users who can be invited': {
    setup: (service, params) => ({
      userIds: Array.from({ length: Number(params['count'] ?? 1) }, () => service.addUser()),
    }),
    teardown: nothing,
  },
  'a user who cannot be reached': {
    setup: (service) => ({ userId: service.addUser({ reachable: false }) }),
    teardown: nothing,
  },
};

/**
 * Answers one POST to the provider-states endpoint. Mount it in test builds alone: it makes calls without asking for a token.
 * @param body the request's body, parsed
 * @returns 200 with the values; 404 for a state that is not known, so that what needs it is untested and not failed
 */
export function answerState(service: CallingService, body: unknown): { status: number; body: Values } {
  const { action, state: name, params } = (body ?? {}) as { action?: string; state?: string; params?: Params };
  const state = Object.hasOwn(STATES, name ?? '') ? STATES[name ?? ''] : undefined;
  if (!state) return { status: 404, body: { error: `there is no state ${JSON.stringify(name)}` } };
  try {
    if (action === 'setup') return { status: 200, body: state.setup(service, params ?? {}) };
    if (action === 'teardown') {
      state.teardown(service, params ?? {});
      return { status: 200, body: {} };
    }
    return { status: 400, body: { error: 'action has to be setup or teardown' } };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}
