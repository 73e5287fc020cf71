import { isObject, member, previewText, stringMember, type JsonObject } from '../../history/values';

/**
 * The maximum depth of an interaction: Pact's Verifier reads 128 levels of JSON, including its own around the
 * interaction.
 */
const DEEPEST = 100;
/** The maximum number of provider states of an interaction. */
const MOST_STATES = 50;

const TYPES = ['Synchronous/HTTP', 'Asynchronous/Messages'];

/** Whether plain data nests deeper than a limit; without recursion, because it may be deep. */
function nestsDeeper(value: unknown, most: number): boolean {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: one, depth } = next;
    if (typeof one !== 'object' || one === null) continue;
    if (depth >= most) return true;
    for (const held of Object.values(one)) open.push({ value: held, depth: depth + 1 });
  }
  return false;
}

/** The names of the plugins of a pact. */
function pluginsOf(pact: JsonObject): string[] {
  const plugins = member(member(pact, 'metadata'), 'plugins');
  if (Array.isArray(plugins)) return plugins.map((one) => stringMember(one, 'name') ?? 'without a name');
  return isObject(plugins) ? Object.keys(plugins) : [];
}

/** The media types of the bodies of a version 4 interaction. */
function mediaTypesOf(interaction: JsonObject): string[] {
  const request = member(interaction, 'request');
  const response = member(interaction, 'response');
  const bodies = [member(request, 'body'), member(response, 'body'), member(interaction, 'contents')];
  return bodies.flatMap((body) => stringMember(body, 'contentType') ?? []);
}

/**
 * The plugins that an interaction needs. A pact names them for all its interactions; one without plugin configuration,
 * and with only JSON bodies, needs none.
 */
function pluginsFor(interaction: JsonObject, pact: JsonObject): string[] {
  const configured = member(interaction, 'pluginConfiguration');
  const own = isObject(configured) ? Object.keys(configured) : [];
  if (own.length > 0) return own;
  const json = mediaTypesOf(interaction).every((type) => /^application\/([\w.+-]+\+)?json\b/i.test(type));
  return json ? [] : pluginsOf(pact);
}

function problemOfStates(interaction: JsonObject): string | undefined {
  const states = member(interaction, 'providerStates');
  if (states === undefined) return undefined;
  if (!Array.isArray(states)) return `providerStates must be a list; it is ${previewText(states)}`;
  if (states.length > MOST_STATES) return `it has ${states.length} provider states; at most ${MOST_STATES} are allowed`;
  for (const [i, state] of states.entries()) {
    const name = stringMember(state, 'name');
    if (name === undefined) return `providerStates[${i}] has no name; it is ${previewText(state)}`;
    const params = member(state, 'params');
    if (params !== undefined && !isObject(params))
      return `the params of the provider state '${name}' must be an object; they are ${previewText(params)}`;
  }
  return undefined;
}

function problemOfHttp(interaction: JsonObject): string | undefined {
  const request = member(interaction, 'request');
  const method = stringMember(request, 'method');
  if (method === undefined || !/^[!#$%&'*+.^_`|~\w-]+$/.test(method)) {
    return `request.method must be an HTTP method; it is ${previewText(member(request, 'method'))}`;
  }
  const path = member(request, 'path');
  if (typeof path !== 'string' || !path.startsWith('/'))
    return `request.path must begin with /; it is ${previewText(path)}`;
  const status = member(member(interaction, 'response'), 'status');
  if (typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599) return undefined;
  return `response.status must be a status from 100 to 599; it is ${previewText(status)}`;
}

/**
 * Says why an interaction can't be verified, whatever the target does: it needs a plugin, is of an unsupported kind, is
 * too deep, or does not follow Pact's specification.
 * @param isMessage whether it is in a pact's messages, which have no type up to version 3
 * @returns undefined if it can be verified
 */
export function whyNotVerified(interaction: JsonObject, pact: JsonObject, isMessage: boolean): string | undefined {
  const type = stringMember(interaction, 'type');
  if (type === 'Synchronous/Messages') {
    return 'synchronous messages are not supported: write a notification as an asynchronous message, and a request with a response as HTTP';
  }
  if (
    type === undefined &&
    /^4/.test(stringMember(member(member(pact, 'metadata'), 'pactSpecification'), 'version') ?? '')
  ) {
    return `it has no type, which version 4 requires; supported are ${TYPES.join(' and ')}`;
  }
  if (type !== undefined && !TYPES.includes(type)) {
    return `interactions of the type ${previewText(type)} are not supported; supported are ${TYPES.join(' and ')}`;
  }
  const plugins = pluginsFor(interaction, pact);
  if (plugins.length > 0) {
    return `it needs the Pact plugin ${plugins.join(', ')}: the suite loads no plugins; JSON bodies need none`;
  }
  if (nestsDeeper(interaction, DEEPEST)) {
    return `it is nested more than ${DEEPEST} levels deep, which Pact's Verifier can't read`;
  }
  const http = !isMessage && type !== 'Asynchronous/Messages' && member(interaction, 'contents') === undefined;
  return problemOfStates(interaction) ?? (http ? problemOfHttp(interaction) : undefined);
}
