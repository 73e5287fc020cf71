import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { callRoutes } from './calls';
import { invite } from './invite';
import { LIMITS } from './limits';
import { readAttempt } from './read-invitation';
import { listenerOf, originOf, path, type Route, type Watch } from './routing';
import { answerState } from './states';
import type { World } from './world';
import { write } from './write-response';

/** Path of the states endpoint. */
export const STATES_PATH = '/_states';

/** Path prefix of the API. */
export const API_PATH = '/v1.0';

/** Options of the request listener. */
export interface AppOptions {
  /** URL prefix of the API; default: derived from each request */
  base: string | undefined;
  allowRemoteCallbacks: boolean;
  /** observes and may refuse each request */
  watch?: Watch;
}

/** Whether a request goes to the API rather than to the states endpoint. */
export function isOfApi(request: IncomingMessage): boolean {
  return !(request.url ?? '').startsWith(STATES_PATH);
}

/**
 * Makes the request listener: the API below `/v1.0`, and the states endpoint.
 * @param current returns the current world
 */
export function createApp(current: () => World, options: AppOptions): RequestListener {
  const base = (request: IncomingMessage): string => options.base ?? `${originOf(request)}${API_PATH}`;
  const calls = `${API_PATH}/communications/calls`;
  const allowRemote = options.allowRemoteCallbacks;
  const routes: Route[] = [
    {
      path: path(calls, ':id', 'participants', 'invite'),
      methods: {
        POST: async (visit) => {
          const world = current();
          const { request, body } = visit;
          const [callId = ''] = visit.ids;
          const call = world.find(callId, request.headers.authorization);
          const { tokens, edition } = world;
          const place = { base: base(request), callId, call, calls: () => world.calls(), tokens, edition };
          const attempt = readAttempt(request, body, place);
          await world.dispatcher.track(invite(world, attempt, (answer) => write(world, visit, answer)));
        },
      },
    },
    ...callRoutes(current, calls, base, allowRemote),
    { path: path(STATES_PATH), methods: { POST: (visit) => answerState(current(), visit, allowRemote) } },
  ];
  return listenerOf(routes, options.watch);
}

/** Limits the time a client may take to send a request. */
export function limitServer(server: Server): void {
  server.requestTimeout = LIMITS.requestMs;
  server.headersTimeout = LIMITS.requestMs;
  server.keepAliveTimeout = LIMITS.requestMs;
}
