import { isObject, list, member, text } from '../../history/values';
import { VERSION } from '../../history/package-file';
import { EnvironmentError, UsageError } from '../../target/errors';
import type { NamedPact } from './pact-file';

/** How to get into a broker; secrets come by the environment. */
export interface BrokerAccess {
  /** The whole Authorization header. */
  authorization?: string;
  /** The longest wait for a whole answer, ms. */
  timeoutMs: number;
}

/** The name by which this service's pacts are asked for at a broker. */
export const PROVIDER = 'participant-invite';

/** The longest pact that is read, in bytes, and the most that one URL may lead to. */
const PACT_CAP = 8 * 1024 * 1024;
const MOST_PACTS = 100;

/**
 * The Authorization header for a broker, from the variables that Pact's own tools read.
 * @returns undefined where none is set
 */
export function brokerAuthorization(env: NodeJS.ProcessEnv): string | undefined {
  const { PACT_BROKER_TOKEN: token, PACT_BROKER_USERNAME: name, PACT_BROKER_PASSWORD: password = '' } = env;
  if (token !== undefined && token !== '') return `Bearer ${token}`;
  if (name === undefined || name === '') return undefined;
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** @throws UsageError for a URL that carries a secret */
function urlOf(address: string): URL {
  if (!URL.canParse(address)) throw new UsageError(`--pact must be a file or a URL; it is ${JSON.stringify(address)}`);
  const url = new URL(address);
  if (url.username === '' && url.password === '') return url;
  throw new UsageError(
    '--pact must not carry a name or a password: set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
  );
}

async function capped(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response.body ?? []) {
    total += chunk.length;
    if (total > PACT_CAP) throw new UsageError(`${response.url}: its answer is longer than ${PACT_CAP} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function reasonOf(error: unknown): string {
  const { cause, code, message, name } = error as {
    cause?: unknown;
    code?: unknown;
    message?: unknown;
    name?: unknown;
  };
  if (name === 'TimeoutError') return 'no whole answer in time';
  if (typeof code === 'string') return code;
  if (typeof cause === 'object' && cause !== null) return reasonOf(cause);
  return typeof message === 'string' ? message : String(error);
}

/** @throws UsageError where the broker does not give it; EnvironmentError where there is no answer */
async function ask(url: URL, { authorization, timeoutMs }: BrokerAccess, body?: unknown): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Accept: 'application/hal+json, application/json',
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A secret goes nowhere but where it was meant to go.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await capped(response);
    if (response.ok) return JSON.parse(answer) as unknown;
    const advice =
      response.status === 401 || response.status === 403
        ? '; set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD'
        : '';
    throw new UsageError(`${url.href}: the broker answered ${response.status}${advice}`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof SyntaxError) throw new UsageError(`${url.href}: the broker's answer is not JSON`);
    const advice = 'Check the URL of --pact, and for a certificate of your own NODE_EXTRA_CA_CERTS.';
    throw new EnvironmentError('broker', `${url.href}: no answer (${reasonOf(error)})`, advice);
  }
}

function link(resource: unknown, name: string): string | undefined {
  return text(member(member(resource, '_links'), name), 'href');
}

function isPact(resource: unknown): boolean {
  return list(resource, 'interactions') !== undefined || list(resource, 'messages') !== undefined;
}

/** The address of a linked resource, which must lie at the same broker. */
function linked(href: string, from: URL): URL {
  const url = URL.canParse(href, from.href) ? new URL(href, from) : undefined;
  if (url?.origin === from.origin) return url;
  throw new UsageError(`${from.href} links to ${href}, which is not at ${from.origin}: name that URL itself`);
}

/**
 * Fetches what a URL leads to at a Pact Broker: a pact itself; all of a list such as
 * `/pacts/provider/participant-invite/latest`; or, for the broker's own URL, the latest pacts with this service.
 * @throws UsageError where there is no pact; EnvironmentError where the broker does not answer
 */
export async function fetchPacts(address: string, access: BrokerAccess): Promise<NamedPact[]> {
  const url = urlOf(address);
  const resource = await ask(url, access);
  if (isPact(resource)) return [pactOf(resource, url)];
  const latest = link(resource, 'pb:latest-provider-pacts');
  const at = latest === undefined ? url : linked(latest.replace('{provider}', PROVIDER), url);
  const hrefs = listed(latest === undefined ? resource : await ask(at, access));
  if (hrefs.length === 0) throw new UsageError(`${url.href} leads to no pact with ${PROVIDER}`);
  if (hrefs.length > MOST_PACTS) throw new UsageError(`${url.href} leads to more than ${MOST_PACTS} pacts`);
  return Promise.all(
    hrefs.map(async (href) => {
      const one = linked(href, at);
      return pactOf(await ask(one, access), one);
    }),
  );
}

function listed(resource: unknown): string[] {
  const links = member(resource, '_links');
  const all = list(links, 'pb:pacts') ?? list(links, 'pacts') ?? [];
  return all.flatMap((one) => text(one, 'href') ?? []);
}

function pactOf(content: unknown, url: URL): NamedPact {
  if (!isPact(content) || !isObject(content)) throw new UsageError(`${url.href} is no pact`);
  const href = link(content, 'pb:publish-verification-results');
  return { where: url.href, content, ...(href === undefined ? {} : { resultsTo: linked(href, url).href }) };
}

/**
 * Tells a broker what the verification of a pact of its came to.
 * @param version of the service that was verified
 * @throws UsageError, EnvironmentError where the broker does not take it
 */
export async function publishResult(
  { where, resultsTo }: NamedPact,
  success: boolean,
  version: string,
  access: BrokerAccess,
): Promise<void> {
  if (resultsTo === undefined) throw new UsageError(`${where} says not where its results are published`);
  const verifiedBy = { implementation: 'invite-conformance', version: VERSION };
  await ask(new URL(resultsTo), access, { success, providerApplicationVersion: version, verifiedBy });
}
