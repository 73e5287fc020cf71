import type { Value } from '../../behaviors/finding';
import { valueOf } from '../../behaviors/values';
import { header, parseJson } from '../../history/body';
import type { Exchange } from '../../history/events';
import { leadsToOperation, resolveLocation } from '../../history/location';
import { text } from '../../history/values';
import type { Broken } from './notification-faults';

/**
 * Where the Location of an answer leads elsewhere than to the operation in its body: a bot that looks the operation up
 * gets another one. The Verifier compares nothing within an answer.
 */
export function strayLocation({ request, response }: Exchange, callId: string): Broken[] {
  const location = header(response?.headers ?? [], 'location');
  const json = response ? parseJson(response.body, response.headers) : undefined;
  const id = json?.ok === true ? text(json.value, 'id') : undefined;
  // What is not there at all, Pact tells.
  if (location === undefined || id === undefined || id === '') return [];
  const url = resolveLocation(location, request.url);
  if (url && leadsToOperation(url, callId, id)) return [];
  const fact = url ? 'response.location-operation' : 'response.location';
  const expected: Value = { is: 'resource', path: `/communications/calls/${callId}/operations/${id}` };
  const observed = valueOf(location);
  return [{ behavior: fact, mismatch: { part: 'header', path: 'Location', fact, expected, observed } }];
}
