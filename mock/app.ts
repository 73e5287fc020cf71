import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { callRoutes } from './calls';
import { invite } from './invite';
import { LIMITS } from './limits';
import { readAttempt } from './reading';
import { listenerOf, originOf, path } from './routing';
import { answerState } from './states';
import type { World } from './world';
import { write } from './writing';

/** Path of the states endpoint. */
export const STATES_PATH = '/_states';

/** Path prefix of the API. */
export const API_PATH = '/v1.0';

/** What the app has to know beside the world. */
export interface AppOptions {
  /** URL prefix of the API; default: derived from each request */
  base: string | undefined;
  allowRemoteCallbacks: boolean;
}

/** Makes the request listener of one world: the API below `/v1.0`, and the states endpoint. */
export function createApp(world: World, options: AppOptions): RequestListener {
  const base = (request: IncomingMessage): string => options.base ?? `${originOf(request)}${API_PATH}`;
  const calls = `${API_PATH}/communications/calls`;
  return listenerOf([
    {
      path: path(calls, ':id', 'participants', 'invite'),
      methods: {
        POST: async ({ request, response, body, ids: [callId = ''] }) => {
          const call = world.find(callId, request.headers.authorization);
          const attempt = readAttempt(request, body, { base: base(request), callId, call, calls: () => world.calls() });
          await world.dispatcher.track(invite(world, attempt, (answer) => write(world, response, answer)));
        },
      },
    },
    ...callRoutes(world, calls, base, options.allowRemoteCallbacks),
    {
      path: path(STATES_PATH),
      methods: { POST: ({ response, body }) => answerState(world, response, body, options.allowRemoteCallbacks) },
    },
  ]);
}

/** Bounds the time a client may take. */
export function limitServer(server: Server): void {
  server.requestTimeout = LIMITS.requestMs;
  server.headersTimeout = LIMITS.requestMs;
  server.keepAliveTimeout = LIMITS.requestMs;
}
