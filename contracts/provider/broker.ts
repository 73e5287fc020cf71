import { isObject, arrayMember, member, stringMember } from '../../history/values';
import { MAX_PACT_BYTES } from '../../common/read-file';
import { VERSION } from '../../history/package-file';
import { UsageError } from '../../target/errors';
import { concurrencyLimit } from '../../target/concurrency-limit';
import { askBroker, shownUrl } from './broker-request';
import { PROVIDER, type NamedPact } from './pact-file';
import { Budget, jsonOf, MOST_PACTS } from './pact-source';

/** How to get into a broker; secrets come by the environment. */
export interface BrokerAccess {
  /** The whole Authorization header. */
  authorization?: string;
  /** The longest wait for a whole answer, ms. */
  timeoutMs: number;
}

/** How many pacts are fetched at once. */
const MAX_CONCURRENT_FETCHES = 4;

/** A variable that is set; what surrounds it, such as the line's end of the file that it was read from, is no part of it. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/**
 * The Authorization header for a broker, from the variables that Pact's own tools read.
 * @returns undefined where none is set
 */
export function brokerAuthorization(env: NodeJS.ProcessEnv): string | undefined {
  const token = variable(env, 'PACT_BROKER_TOKEN');
  const name = variable(env, 'PACT_BROKER_USERNAME');
  if (token !== undefined) return `Bearer ${token}`;
  if (name === undefined) return undefined;
  return `Basic ${Buffer.from(`${name}:${variable(env, 'PACT_BROKER_PASSWORD') ?? ''}`).toString('base64')}`;
}

/** What must be shown nowhere of how to get into a broker: the token, the password, and the header made of them. */
export function brokerSecrets(env: NodeJS.ProcessEnv): string[] {
  const authorization = brokerAuthorization(env);
  const all = [
    variable(env, 'PACT_BROKER_TOKEN'),
    variable(env, 'PACT_BROKER_PASSWORD'),
    authorization?.replace(/^\w+ /, ''),
  ];
  return [...new Set(all.filter((one) => one !== undefined))];
}

/** @throws UsageError for a URL that carries a secret */
function urlOf(address: string): URL {
  if (!URL.canParse(address))
    throw new UsageError("--pact must be a file, a folder or a URL; this URL can't be parsed");
  const url = new URL(address);
  if (url.username === '' && url.password === '') return url;
  throw new UsageError(
    '--pact must not contain a user name or password: set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
  );
}

/** @throws UsageError where the broker does not give it; EnvironmentError where there is no answer */
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

/** The address of a link by its name; HAL lets several links of a name stand in a list. */
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

/** The address of a linked resource that is asked for, which must lie at the same broker. */
function linked(href: string, from: URL): URL {
  const url = URL.canParse(href, from.href) ? new URL(href, from) : undefined;
  if (url && url.origin === from.origin) return url;
  const to = url ? shownUrl(url) : 'what is not a URL';
  throw new UsageError(`${shownUrl(from)} links to ${to}, which is not at ${from.origin}: pass that URL as --pact`);
}

/** Expands an RFC 6570 template; brokers use only simple variables. Unknown variables are empty. */
function filledIn(template: string, provider: string): string {
  return template.replaceAll('{provider}', encodeURIComponent(provider)).replaceAll(/\{[^{}]*\}/g, '');
}

/** A pact that a broker lists. */
interface Listed {
  href: string;
  pending: boolean;
}

/** The pacts that a resource lists: those of a provider, by links, or those to be verified, each with its properties. */
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
 * Fetches what a URL leads to at a Pact Broker: a pact itself; all of a list such as
 * `/pacts/provider/participant-invite/latest` or `…/for-verification`; or, for the broker's own URL, the latest pacts
 * with this service.
 * @param provider the name by which this service goes there
 * @throws UsageError where there is no pact; EnvironmentError where the broker does not answer
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
    // What waits is not asked for any more.
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
 * Tells a broker what the verification of a pact of its came to.
 * @param version of the service that was verified
 * @throws UsageError, EnvironmentError where the broker does not take it
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
