import type { IncomingMessage } from 'node:http';
import { callAnswer, callNotified, notification, operationAnswer, rosterEntry } from './message-bodies';
import { readCallback } from './callback';
import type { Call, Participant, Planned } from './model';
import { errorBody, refusal, type Refusal } from './errors';
import type { Answer, Occasion } from './hooks';
import { identitiesOf } from './identity';
import { endOfCall, answerAndNotify } from './invite';
import { isObject, parseJson, type Json, type JsonObject } from './json';
import { path, type Route, type RequestVisit } from './routing';
import { isJsonType } from './rules';
import { authorize } from './tokens';
import { validChat, type World } from './world';
import { write } from './write-response';

interface Outcome {
  status: number;
  body?: JsonObject;
  headers?: Record<string, string>;
  planned?: Planned[];
}

type Work = (world: World, visit: RequestVisit, caller: { app: string }) => Outcome | { refusal: Refusal };

const refused = (status: number, code: string, message: string): { refusal: Refusal } => ({
  refusal: refusal(status, code, message),
});

function targetsOf(body: JsonObject): Pick<Participant, 'identities' | 'identity'>[] {
  const targets: Json[] = Array.isArray(body['targets']) ? body['targets'] : [];
  return targets.flatMap((target) => {
    const identity = isObject(target) ? target['identity'] : undefined;
    const identities = identitiesOf(identity);
    return isObject(identity) && identities.length > 0 ? [{ identity, identities }] : [];
  });
}

/**
 * The routes of calls other than invite: create, get and delete a call, list its participants, get an operation.
 * @param current returns the current world
 * @param at path of the calls collection
 * @param base returns the URL prefix of the API
 * @param allowRemote whether callbacks may be on other machines
 */
export function callRoutes(
  current: () => World,
  at: string,
  base: (request: IncomingMessage) => string,
  allowRemote: boolean,
): Route[] {
  const handle = (work: Work) => async (visit: RequestVisit) => {
    const { request } = visit;
    const world = current();
    const admitted = authorize(world.tokens, request.headers.authorization);
    const outcome = 'caller' in admitted ? work(world, visit, admitted.caller) : admitted;
    const occasion: Occasion = { kind: 'other', callId: visit.ids[0] };
    const planned = 'refusal' in outcome ? [] : world.hooks.plan(outcome.planned ?? [], occasion);
    const answer = world.hooks.answer(answerOf(outcome, request), occasion);
    await world.dispatcher.track(answerAndNotify(planned, () => write(world, visit, answer)));
  };

  const withCall = (work: (call: Call, visit: RequestVisit, world: World) => Outcome | { refusal: Refusal }) =>
    handle((world, visit) => {
      const [id = ''] = visit.ids;
      const call = world.find(id, visit.request.headers.authorization);
      return call ? work(call, visit, world) : refused(404, '8522', 'Call not found.');
    });

  const participants = withCall((call) => ({
    status: 200,
    body: { value: call.members.filter(({ hidden }) => hidden !== true).map(rosterEntry) },
  }));
  const operation = withCall((call, { ids: [, id = ''] }) => {
    const found = call.operations.get(id);
    return found ? { status: 200, body: operationAnswer(found) } : refused(404, '8523', 'Operation not found.');
  });
  const end = withCall((call, _visit, world) => {
    world.remove(call);
    return { status: 204, planned: endOfCall(call) };
  });

  return [
    {
      path: path(at),
      methods: {
        POST: handle((world, visit, caller) => create(world, caller.app, visit, base(visit.request), allowRemote)),
      },
    },
    {
      path: path(at, ':id'),
      methods: { GET: withCall((call) => ({ status: 200, body: callAnswer(call) })), DELETE: end },
    },
    { path: path(at, ':id', 'participants'), methods: { GET: participants } },
    { path: path(at, ':id', 'operations', ':id'), methods: { GET: operation } },
  ];
}

function answerOf(outcome: Outcome | { refusal: Refusal }, request: IncomingMessage): Answer {
  const json = { 'Content-Type': 'application/json' };
  if ('refusal' in outcome) {
    const { status, code, message, headers } = outcome.refusal;
    const given = request.headers['client-request-id'];
    const clientRequestId = Array.isArray(given) ? given.join(', ') : given;
    return { status, headers: { ...json, ...headers }, body: errorBody(code, message, clientRequestId), delayMs: 0 };
  }
  const headers = { ...(outcome.body ? json : {}), ...outcome.headers };
  return { status: outcome.status, headers, body: outcome.body, delayMs: 0 };
}

function create(
  world: World,
  owner: string,
  { request, body: bytes }: RequestVisit,
  base: string,
  allowRemote: boolean,
): Outcome | { refusal: Refusal } {
  if (!isJsonType(request.headers['content-type'])) {
    return refused(415, 'BadRequest', 'Entity only allows writes with a JSON Content-Type header.');
  }
  const body = parseJson(bytes);
  if (!isObject(body)) return refused(400, 'BadRequest', 'Unable to read JSON request payload.');
  const callback = readCallback(body['callbackUri'], allowRemote);
  if ('problem' in callback) return refused(400, 'BadRequest', callback.problem);
  const targets = targetsOf(body);
  const chatInfo = validChat(body['chatInfo']);
  const group = targets.length !== 1 || chatInfo !== null || isObject(body['meetingInfo']);
  const call = world.addCall({
    kind: group ? 'group' : 'peerToPeer',
    owner,
    callbackUri: callback.uri,
    chatInfo,
    pstnNumber: true,
    members: targets,
    created: body,
    bytes: bytes.length,
  });
  const planned = [notification('call', call, 'updated', '', callNotified(call, 'established'))];
  return {
    status: 201,
    headers: { Location: `${base}/communications/calls/${call.id}` },
    body: { ...callAnswer(call), state: 'establishing' },
    planned,
  };
}
