import first from './openapi.json';
import of2025 from './openapi-2025-07-23.json';

/** The OpenAPI descriptions by edition. */
const DOCUMENTS = { '2021-02-16': first, '2025-07-23': of2025 };

/** URLs to use in the description instead of its defaults, which are on this machine. */
export interface Addresses {
  /** Base URL, to which `/communications/calls` is appended. */
  target?: string;
  /** The provider-states endpoint; a URL without a query. */
  states?: string;
  /** The callback for notifications. */
  callbackUrl?: string;
}

const INVITE = '/communications/calls/{id}/participants/invite';
const STATES = '/provider-states';

/** Callbacks with their URL replaced. */
function calledAt(callbacks: Record<string, Record<string, object>>, url: string): object {
  return Object.fromEntries(
    Object.entries(callbacks).map(([name, byUrl]) => [name, { [url]: Object.values(byUrl)[0] }]),
  );
}

/**
 * Creates one OpenAPI 3.1 document of the endpoint, its notifications and the provider states, without external
 * references.
 *
 * @param addresses validated URLs; absent ones keep their defaults on this machine
 * @param edition of the documentation
 */
export function openApi(
  { target, states, callbackUrl }: Addresses = {},
  edition: keyof typeof DOCUMENTS = '2021-02-16',
): object {
  const document = DOCUMENTS[edition];
  const invite = document.paths[INVITE];
  const asked = document.paths[STATES];
  const { post } = invite;
  const callbacks = callbackUrl === undefined ? post.callbacks : calledAt(post.callbacks, callbackUrl);
  const at = states === undefined ? undefined : new URL(states);
  return {
    ...document,
    servers: target === undefined ? document.servers : [{ ...document.servers[0], url: target }],
    paths: {
      [INVITE]: { ...invite, post: { ...post, callbacks } },
      [at?.pathname ?? STATES]: { ...asked, servers: at ? [{ ...asked.servers[0], url: at.origin }] : asked.servers },
    },
  };
}
