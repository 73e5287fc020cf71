import first from './openapi.json';
import of2025 from './openapi-2025-07-23.json';

/** The descriptions, by the edition of the documentation that each is of. */
const DOCUMENTS = { '2021-02-16': first, '2025-07-23': of2025 };

/** Addresses that the description names in place of its own, which are of this machine. */
export interface Addresses {
  /** Base URL, to which `/communications/calls` is added. */
  target?: string;
  /** Where the provider-states endpoint takes its requests; a URL without a query. */
  states?: string;
  /** Where notifications go. */
  callbackUrl?: string;
}

const INVITE = '/communications/calls/{id}/participants/invite';
const STATES = '/provider-states';

/** Callbacks, each under the one URL that it goes to. */
function calledAt(callbacks: Record<string, Record<string, object>>, url: string): object {
  return Object.fromEntries(
    Object.entries(callbacks).map(([name, byUrl]) => [name, { [url]: Object.values(byUrl)[0] }]),
  );
}

/**
 * The endpoint, its notifications and the provider states as one OpenAPI 3.1 document, which refers to nothing outside itself.
 *
 * @param addresses URLs that were checked before; what is left out stays an address of this machine
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
