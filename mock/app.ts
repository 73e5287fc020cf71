import type { Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { callRoutes } from './calls';
import { errorBody } from './errors';
import { invite } from './invite';
import { LIMITS } from './limits';
import { readAttempt } from './reading';
import { stateRoute } from './states';
import type { World } from './world';
import { bytesOf, only, write } from './writing';

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

const json = { 'Content-Type': 'application/json' };

const notFound: RequestHandler = (request, response) => {
  const body = errorBody('ResourceNotFound', `There is no ${request.method} ${request.path}.`);
  response.writeHead(404, json).end(JSON.stringify(body));
};

const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status = 500, message = 'Internal error.' } = error as { status?: number; message?: string };
  const code = status === 413 ? 'RequestEntityTooLarge' : status < 500 ? 'BadRequest' : 'InternalServerError';
  response.writeHead(status, json).end(JSON.stringify(errorBody(code, message)));
};

/** Makes the express app of one world: the API below `/v1.0`, and the states endpoint. */
export function createApp(world: World, options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(express.raw({ limit: LIMITS.bodyBytes, type: () => true }));
  const base = (request: Request): string =>
    options.base ?? `${request.protocol}://${request.get('host') ?? 'localhost'}${API_PATH}`;

  app
    .route(`${API_PATH}/communications/calls/:id/participants/invite`)
    .post(async (request, response) => {
      const callId = request.params.id;
      const call = world.find(callId, request.headers.authorization);
      const attempt = readAttempt(request, bytesOf(request), { base: base(request), callId, call });
      await world.dispatcher.track(invite(world, attempt, (answer) => write(world, response, answer)));
    })
    .all(only('POST'));
  app.use(`${API_PATH}/communications/calls`, callRoutes(world, base, options.allowRemoteCallbacks));
  app.route(STATES_PATH).post(stateRoute(world, options.allowRemoteCallbacks)).all(only('POST'));
  app.use(notFound);
  app.use(failed);
  return app;
}

/** Bounds the time a client may take. */
export function limitServer(server: Server): void {
  server.requestTimeout = LIMITS.requestMs;
  server.headersTimeout = LIMITS.requestMs;
  server.keepAliveTimeout = LIMITS.requestMs;
}
