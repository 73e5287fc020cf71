import type { IncomingMessage } from 'node:http';
import { since, type MockEdition } from './edition';
import { identitiesOf } from './identity';
import { isObject, parseJson, type Json } from './json';
import type { Attempt, Participant } from './model';
import type { Tokens } from './tokens';

const PARAMETERS = ['participants', 'clientcontext'];

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function parametersOf(body: Json | undefined): { values: Map<string, Json>; repeated: string[] } {
  const values = new Map<string, Json>();
  const repeated: string[] = [];
  for (const [name, value] of Object.entries(isObject(body) ? body : {})) {
    const parameter = name.toLowerCase();
    if (!PARAMETERS.includes(parameter)) continue;
    if (values.has(parameter)) repeated.push(name);
    values.set(parameter, value);
  }
  return { values, repeated };
}

function participantOf(entry: Json, edition: MockEdition): Participant | undefined {
  const identity = isObject(entry) ? entry['identity'] : undefined;
  const identities = identitiesOf(identity);
  if (!isObject(entry) || !isObject(identity) || identities.length === 0) return undefined;
  const replaces = entry['replacesCallId'];
  // Properties that a later edition adds are ignored in this one.
  const { participantId, hidden } = since(edition, '2025-07-23') ? entry : {};
  return {
    identity,
    identities,
    replacesCallId: typeof replaces === 'string' && replaces !== '' ? replaces : null,
    participantId: typeof participantId === 'string' && participantId !== '' ? participantId : null,
    hidden: hidden === true,
  };
}

/**
 * Reads a request for an invitation as far as it can be parsed; refuses nothing. Parameter names may be in any case. If
 * any participant has a `replacesCallId`, only the first one counts (the page, Example 3).
 * @param bytes the body
 * @param target the path, and the call that it names
 */
export function readAttempt(
  request: IncomingMessage,
  bytes: Uint8Array,
  target: Pick<Attempt, 'base' | 'callId' | 'call' | 'calls'> & { tokens: Tokens; edition: MockEdition },
): Attempt {
  const body = parseJson(bytes);
  const { values, repeated } = parametersOf(body);
  const given = values.get('participants');
  const entries = Array.isArray(given) ? given : [];
  const replaces = entries.some((entry) => isObject(entry) && typeof entry['replacesCallId'] === 'string');
  const read = (entry: Json): Participant | undefined => participantOf(entry, target.edition);
  const counting = (replaces ? entries.slice(0, 1) : entries).map(read);
  // Property by property: a spread costs more here than all the rest of an invitation.
  return {
    base: target.base,
    callId: target.callId,
    call: target.call,
    calls: target.calls,
    bytes: bytes.length,
    get text() {
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    },
    authorization: header(request, 'authorization'),
    get claims() {
      return target.tokens.claims(header(request, 'authorization'));
    },
    contentType: header(request, 'content-type'),
    headers: request.headers,
    query: /\?.*$/.exec(request.url ?? '')?.[0] ?? '',
    connection: request.socket,
    clientRequestId: header(request, 'client-request-id'),
    body,
    repeated,
    given,
    clientContext: values.get('clientcontext'),
    sent: entries.map(read).filter((participant) => participant !== undefined),
    participants: counting.filter((participant) => participant !== undefined),
    anonymous: counting.includes(undefined),
  };
}
