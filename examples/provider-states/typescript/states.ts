import type { CallingService } from './service.ts';

type Params = Record<string, unknown>;
type Values = Record<string, unknown>;

interface State {
  setup(service: CallingService, params: Params): Values;
  teardown(service: CallingService, params: Params): void;
}

const callbackOf = (params: Params): string => {
  if (typeof params['callbackUri'] !== 'string') throw new Error('params.callbackUri must be a URL');
  return params['callbackUri'];
};

const nothing = (): void => undefined;

/** A meeting with a user in it, who can be moved to another meeting of the same application. @param foreign whether another application created it */
const meeting = (foreign: boolean): State => ({
  setup(service, params) {
    const userId = service.addUser();
    const { call, participantId } = service.startMeeting(callbackOf(params), userId, foreign);
    return { callId: call.id, userId, participantId };
  },
  teardown: (service, params) => service.endCallsOf(callbackOf(params)),
});

/** The states that the suite requests. */
const STATES: Record<string, State> = {
  'a group call': {
    setup(service, params) {
      const call = service.startGroupCall(callbackOf(params), {
        chatInfo: params['chatInfo'] !== false,
        pstnNumber: params['pstnNumber'] !== false,
      });
      return { callId: call.id };
    },
    // Teardown has the params of the setup; callbackUri identifies the call, because each call has its own.
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
 * Handles one POST to the provider-states endpoint. Mount it only in test builds: it creates calls without a token.
 * @param body the parsed body of the request
 * @returns 200 with the values; 404 for an unknown state, so that behaviours that need it are untested instead of failed
 */
export function answerState(service: CallingService, body: unknown): { status: number; body: Values } {
  const { action, state: name, params } = (body ?? {}) as { action?: string; state?: string; params?: Params };
  const state = Object.hasOwn(STATES, name ?? '') ? STATES[name ?? ''] : undefined;
  if (!state) return { status: 404, body: { error: `unknown state ${JSON.stringify(name)}` } };
  try {
    if (action === 'setup') return { status: 200, body: state.setup(service, params ?? {}) };
    if (action === 'teardown') {
      state.teardown(service, params ?? {});
      return { status: 200, body: {} };
    }
    return { status: 400, body: { error: 'action must be setup or teardown' } };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}
