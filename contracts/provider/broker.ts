import { isObject, arrayMember, member, stringMember } from '../../history/values';
import { MAX_PACT_BYTES } from '../../common/read-file';
import { VERSION } from '../../history/package-file';
import { UsageError } from '../../target/errors';
import { concurrencyLimit } from '../../target/concurrency-limit';
import { askBroker, shownUrl } from './broker-request';
import { PROVIDER, type NamedPact } from './pact-file';
import { Budget, jsonOf, MOST_PACTS } from './pact-source';

/** How to access a broker; secrets come from the environment. */
export interface BrokerAccess {
  /** The whole Authorization header. */
  authorization?: string;
  /** The longest wait for a complete response, ms. */
  timeoutMs: number;
}

/** The number of concurrent fetches of pacts. */
const MAX_CONCURRENT_FETCHES = 4;

/** A variable that is set, without surrounding whitespace, such as the line end of the file that it was read from. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/**
 * The Authorization header for a broker, from the variables that Pact's own tools use.
 * @returns undefined if none is set
 */
export function brokerAuthorization(env: NodeJS.ProcessEnv): string | undefined {
  const token = variable(env, 'PACT_BROKER_TOKEN');
  const name = variable(env, 'PACT_BROKER_USERNAME');
  if (token !== undefined) return `Bearer ${token}`;
  if (name === undefined) return undefined;
  return `Basic ${Buffer.from(`${name}:${variable(env, 'PACT_BROKER_PASSWORD') ?? ''}`).toString('base64')}`;
}

/** The secrets of the broker access: the token, the password, and the header made from them. */
export function brokerSecrets(env: NodeJS.ProcessEnv): string[] {
  const authorization = brokerAuthorization(env);
  const all = [
    variable(env, 'PACT_BROKER_TOKEN'),
    variable(env, 'PACT_BROKER_PASSWORD'),
    authorization?.replace(/^\w+ /, ''),
  ];
  return [...new Set(all.filter((one) => one !== undefined))];
}

/** @throws UsageError for a URL that contains a secret */
function urlOf(address: string): URL {
  if (!URL.canParse(address))
    throw new UsageError("--pact must be a file, a folder or a URL; this URL can't be parsed");
  const url = new URL(address);
  if (url.username === '' && url.password === '') return url;
  throw new UsageError(
    '--pact must not contain a user name or password: set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
  );
}

/** @throws UsageError if the broker does not return JSON; EnvironmentError if it does not respond */
async function ask(
  url: URL,
  { authorization, timeoutMs }: BrokerAccess,
  budget: Budget,
  posted?: unknown,
): Promise<unknown> {
  const { status, body, location } = await askBroker(url, {
    authorization,
    timeoutMs,
    cap: MAX_PACT_BYTES,
    body: posted,
  });
  if (status >= 200 && status < 300) {
    budget.take(body.length, shownUrl(url));
    if (posted !== undefined && body.length === 0) return undefined;
    return jsonOf(body, `${shownUrl(url)}: the broker's response`);
  }
  const to =
    location !== undefined && URL.canParse(location, url.href) ? ` to ${shownUrl(new URL(location, url))}` : '';
  const advice =
    status === 401 || status === 403
      ? '; set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD'
      : status >= 300 && status < 400
        ? `, a redirect${to}, which the suite does not follow: pass the URL that it leads to as --pact`
        : '';
  throw new UsageError(`${shownUrl(url)}: the broker answered ${status}${advice}`);
}

/** The address of a link by name; in HAL, a name may have a list of links. */
function link(resource: unknown, name: string): string | undefined {
  const found = member(member(resource, '_links'), name);
  return stringMember(Array.isArray(found) ? found[0] : found, 'href');
}

function isPact(resource: unknown): boolean {
  return arrayMember(resource, 'interactions') !== undefined || arrayMember(resource, 'messages') !== undefined;
}

function isPending(resource: unknown): boolean {
  const properties = member(resource, 'verificationProperties');
  return member(resource, 'pending') === true || member(properties, 'pending') === true;
}

/** The address of a linked resource, which must be at the same broker. */
function linked(href: string, from: URL): URL {
  const url = URL.canParse(href, from.href) ? new URL(href, from) : undefined;
  if (url && url.origin === from.origin) return url;
  const to = url ? shownUrl(url) : 'an invalid URL';
  throw new UsageError(`${shownUrl(from)} links to ${to}, which is not at ${from.origin}: pass that URL as --pact`);
}

/** Expands an RFC 6570 template; brokers use only simple variables. Unknown variables are empty. */
function filledIn(template: string, provider: string): string {
  return template.replaceAll('{provider}', encodeURIComponent(provider)).replaceAll(/\{[^{}]*\}/g, '');
}

/** A pact in a broker's list. */
interface Listed {
  href: string;
  pending: boolean;
}

/** The pacts of a resource: those of a provider, as links, or those to verify, each with its properties. */
function listed(resource: unknown): Listed[] {
  const links = member(resource, '_links');
  const named = member(links, 'pb:pacts') ?? member(links, 'pacts');
  const embedded = arrayMember(member(resource, '_embedded'), 'pacts') ?? [];
  return [
    ...(Array.isArray(named) ? named : [named]).map((one: unknown) => ({
      href: stringMember(one, 'href'),
      pending: isPending(one),
    })),
    ...embedded.map((one) => ({ href: link(one, 'self'), pending: isPending(one) })),
  ].flatMap(({ href, pending }) => (href === undefined ? [] : [{ href, pending }]));
}

/**
 * Fetches pacts from a Pact Broker: the pact at a URL; all of a list such as
 * `/pacts/provider/participant-invite/latest` or `…/for-verification`; or, for the broker's own URL, the latest pacts
 * with this service.
 * @param provider the name of this service at the broker
 * @throws UsageError if there is no pact; EnvironmentError if the broker does not respond
 */
export async function fetchPacts(
  address: string,
  access: BrokerAccess,
  provider = PROVIDER,
  budget = new Budget(),
): Promise<NamedPact[]> {
  const url = urlOf(address);
  const resource = await ask(url, access, budget);
  if (isPact(resource)) return [pactOf(resource, url, false)];
  let [at, found] = [url, listed(resource)];
  const latest = link(resource, 'pb:latest-provider-pacts');
  if (found.length === 0 && latest !== undefined) {
    at = linked(filledIn(latest, provider), url);
    found = listed(await ask(at, access, budget));
  }
  if (found.length === 0) throw new UsageError(`${shownUrl(url)} has no pact with the provider ${provider}`);
  if (found.length > MOST_PACTS) throw new UsageError(`${shownUrl(url)} has more than ${MOST_PACTS} pacts`);
  const failed = new AbortController();
  const limited = concurrencyLimit(MAX_CONCURRENT_FETCHES, failed.signal);
  const fetched = found.map(({ href, pending }) =>
    limited(async () => {
      const one = linked(href, at);
      return pactOf(await ask(one, access, budget), one, pending);
    }),
  );
  try {
    return await Promise.all(fetched);
  } catch (error) {
    // Cancels the waiting requests.
    failed.abort();
    await Promise.allSettled(fetched);
    throw error;
  }
}

function pactOf(content: unknown, url: URL, pending: boolean): NamedPact {
  if (!isPact(content) || !isObject(content)) throw new UsageError(`${shownUrl(url)} is not a pact`);
  const resultsTo = link(content, 'pb:publish-verification-results');
  return {
    where: shownUrl(url),
    content,
    ...(resultsTo === undefined ? {} : { resultsTo, publishedFrom: url.href }),
    ...(pending || isPending(content) ? { pending: true } : {}),
  };
}

/**
 * Publishes the verification result of a pact to its broker.
 * @param version the version of the verified service
 * @throws UsageError, EnvironmentError if the broker does not accept it
 */
export async function publishResult(
  { where, resultsTo, publishedFrom }: NamedPact,
  success: boolean,
  version: string,
  access: BrokerAccess,
): Promise<void> {
  if (resultsTo === undefined || publishedFrom === undefined)
    throw new UsageError(`${where} has no link for publishing its results`);
  const verifiedBy = { implementation: 'invite-conformance', version: VERSION };
  const to = linked(resultsTo, new URL(publishedFrom));
  await ask(to, access, new Budget(), { success, providerApplicationVersion: version, verifiedBy });
}
