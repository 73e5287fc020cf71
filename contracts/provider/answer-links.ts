import { header, parseJson } from '../../history/body';
import type { Exchange } from '../../history/events';
import { leadsToOperation, resolveLocation } from '../../history/location';
import { show, text } from '../../history/values';
import type { Broken } from './emission';

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
  if (!url) return [{ behavior: 'response.location', line: `header Location: ${show(location)} is no URI` }];
  if (leadsToOperation(url, callId, id)) return [];
  const line = `header Location: ${show(location)} names another resource than the operation ${show(id)} in the body`;
  return [{ behavior: 'response.location-operation', line }];
}
