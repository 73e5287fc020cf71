const { randomUUID } = require('node:crypto');
const { createServer, request: httpRequest } = require('node:http');

/** A request that the service refuses with a 4xx. */
class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

async function readJson(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'BadRequest', 'The body is not JSON.');
  }
}

/** Finds a parameter by its name, case-insensitively. */
function parameter(body, name) {
  const key = Object.keys(body ?? {}).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : body[key];
}

/** Posts one notification. @returns when it is acknowledged or has failed */
function notify(call, changeType, path, resourceData) {
  const resource = `/communications/calls/${call.id}${path}`;
  const notification = {
    '@odata.type': '#microsoft.graph.commsNotification',
    changeType,
    resource: `/app${resource.slice('/communications'.length)}`,
    resourceUrl: resource,
    resourceData,
  };
  const body = JSON.stringify({ '@odata.type': '#microsoft.graph.commsNotifications', value: [notification] });
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const req = httpRequest(call.callbackUri, { method: 'POST', headers, timeout: 5000 }, (res) => {
      res.resume().on('close', resolve);
    });
    req.on('timeout', () => req.destroy()).on('error', resolve);
    req.end(body);
  });
}

const rosterEntry = (identity) => ({
  '@odata.type': '#microsoft.graph.participant',
  id: randomUUID(),
  info: { '@odata.type': '#microsoft.graph.participantInfo', identity, endpointType: 'default' },
  mediaStreams: [
    {
      '@odata.type': '#microsoft.graph.mediaStream',
      mediaType: 'audio',
      sourceId: '1',
      direction: 'sendReceive',
      serverMuted: false,
    },
  ],
  isMuted: false,
  isInLobby: false,
});

/**
 * The calls of a small calling service, for any web framework: group calls and invitations of users, without phones and without
 * replacing calls.
 * @param tokens the permission of each bearer token; only `invite` permits invitations
 * @returns a function for invitations and one for provider states; both throw Refusal
 */
function createCalls(tokens) {
  const calls = new Map();
  const unreachable = new Set();

  /** Pact's provider states, only for tests. */
  const states = {
    'a group call': ({ callbackUri, chatInfo = true }) => addCall({ callbackUri, chatInfo, group: true }),
    'a peer-to-peer call': ({ callbackUri }) => ({ ...addCall({ callbackUri, group: false }), userId: randomUUID() }),
    'users who can be invited': ({ count }) => ({ userIds: Array.from({ length: count }, () => randomUUID()) }),
    'a user who cannot be reached': () => {
      const userId = randomUUID();
      unreachable.add(userId);
      return { userId };
    },
  };

  function addCall(call) {
    const id = randomUUID();
    calls.set(id, { id, members: [], notified: Promise.resolve(), ...call });
    return { callId: id };
  }

  function authorize(header) {
    const [scheme, token] = (header ?? '').split(' ');
    if (scheme !== 'Bearer' || !Object.hasOwn(tokens, token ?? '')) {
      throw new Refusal(401, 'InvalidAuthenticationToken', 'The request needs a valid bearer token.');
    }
    if (tokens[token] !== 'invite') throw new Refusal(403, 'Forbidden', 'The token does not permit invitations.');
  }

  /** The identities in an invitation. @throws Refusal if the invitation is wrong */
  function inviteesOf(call, body) {
    const participants = parameter(body, 'participants');
    if (!Array.isArray(participants) || participants.length === 0) {
      throw new Refusal(400, 'BadRequest', 'participants must be a non-empty array.');
    }
    const context = parameter(body, 'clientContext');
    if (typeof context === 'string' && context.length > 256) {
      throw new Refusal(400, 'BadRequest', 'clientContext must have at most 256 characters.');
    }
    const ids = participants.map((one) => one?.identity?.user?.id);
    if (ids.includes(undefined)) throw new Refusal(400, 'BadRequest', 'Each participant needs the identity of a user.');
    if (!call.group) throw new Refusal(400, 'BadRequest', 'Only group calls accept invitations.');
    if (ids.length > 5) throw new Refusal(400, 'BadRequest', 'An invitation may name at most five participants.');
    if (ids.length > 1 && !call.chatInfo)
      throw new Refusal(400, 'BadRequest', 'Several participants need a call with chat info.');
    const known = new Set(call.members.map(({ user }) => user.id));
    if (ids.some((id) => known.has(id))) throw new Refusal(400, 'BadRequest', 'An invitee is already in the call.');
    return participants.map(({ identity }) => identity);
  }

  /** @returns the response, and `sent`, to be called when the response has been sent @throws Refusal */
  function invite({ callId, headers, body }) {
    authorize(headers.authorization);
    const call = calls.get(callId);
    if (!call) throw new Refusal(404, 'NotFound', 'The call does not exist.');
    if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
      throw new Refusal(415, 'UnsupportedMediaType', 'The body must be application/json.');
    }
    const identities = inviteesOf(call, body);
    const clientContext = parameter(body, 'clientContext') ?? null;
    const id = randomUUID();
    const participants = identities.map((identity) => ({
      '@odata.type': '#microsoft.graph.invitationParticipantInfo',
      identity,
    }));
    const operation = {
      '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
      id,
      clientContext,
      participants,
    };
    const failed = identities.some(({ user }) => unreachable.has(user.id));
    if (!failed) call.members.push(...identities);
    const roster = call.members.map(rosterEntry);
    const location = `http://${headers.host}/v1.0/communications/calls/${call.id}/operations/${id}`;
    let sent;
    const isSent = new Promise((resolve) => (sent = resolve));
    // Notifications follow the response, one after the other.
    call.notified = Promise.all([call.notified, isSent]).then(async () => {
      const outcome = failed
        ? { status: 'failed', resultInfo: { code: 404, subcode: 0, message: 'The user cannot be reached.' } }
        : { status: 'completed' };
      await notify(call, 'deleted', `/operations/${id}`, { ...operation, ...outcome });
      if (!failed) await notify(call, 'updated', '/participants', roster);
    });
    return { ...reply({ ...operation, status: 'running', resultInfo: null }, { Location: location }), sent };
  }

  function changeState({ action, state, params }) {
    if (!Object.hasOwn(states, state)) throw new Refusal(404, 'UnknownState', 'The state is unknown.');
    return reply(action === 'setup' ? states[state](params) : {});
  }

  return { invite, changeState };
}

const reply = (body, headers = {}) => ({ status: 200, headers, body, sent: () => undefined });

/** The response to a thrown error. */
const refusal = ({ status = 500, code = 'InternalServerError', message }) => ({
  ...reply({ error: { code, message } }),
  status,
});

/** The service as a request listener for node:http. */
function createService(tokens) {
  const { invite, changeState } = createCalls(tokens);

  async function answer(req) {
    // The service ignores a query, for example one with a token.
    const [path] = req.url.split('?');
    if (path === '/states') return changeState(await readJson(req));
    const [, callId] = /^\/v1\.0\/communications\/calls\/([^/]+)\/participants\/invite$/.exec(path) ?? [];
    if (req.method !== 'POST' || callId === undefined) throw new Refusal(404, 'NotFound', 'The path is unknown.');
    return invite({ callId, headers: req.headers, body: await readJson(req) });
  }

  return async (req, res) => {
    const { status, headers, body, sent } = await answer(req).catch(refusal);
    res.once('close', sent);
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

module.exports = { createCalls, createService, refusal };

// `node service.js` starts the service, with tokens that are not secret.
if (require.main === module) {
  const tokens = { 'bot-that-may-invite': 'invite', 'bot-that-may-not': 'read', somebody: 'read' };
  const port = Number(process.env.PORT ?? 8080);
  createServer(createService(tokens)).listen(port, '127.0.0.1', () => {
    console.log(`listening on http://127.0.0.1:${port}`);
  });
}
