import { decode } from '../odata-path';
import { readDelivery, type ReadDelivery } from '../notifications';
import { partsOf } from './bodies';
import type { RecordedExchange } from './importer';

/** Classifies an exchange by its content alone. */

/** The target and call of an invitation. */
export interface InvitationTarget {
  /** The base URL, to which /communications/calls is appended. */
  base: string;
  callId: string;
}

const INVITE =
  /^(.*?)\/communications\/calls(?:\/([^/]+)|\((?:id=)?'((?:[^'/]|'')+)'\))\/participants\/(?:microsoft\.graph\.)?invite\/?$/i;

/** Recognizes an invitation: a POST with the documented path. @returns undefined for anything else */
export function invitationTarget({ method, url }: RecordedExchange['request']): InvitationTarget | undefined {
  if (method.toUpperCase() !== 'POST' || url.length > 8192) return undefined;
  const parts = partsOf(url);
  const [whole, before = '', plain, keyed] = INVITE.exec(parts?.path ?? '') ?? [];
  if (whole === undefined || parts === undefined) return undefined;
  const callId = plain === undefined ? decode(keyed ?? '').replaceAll("''", "'") : decode(plain);
  return { base: `${parts.origin}${before}`, callId };
}

/** Texts that occur in every notification of the API. */
const SIGNS = /resourceUrl|resourceData|commsNotification/i;

/** The notifications in an exchange. @returns undefined if it has none that are readable */
export function notificationsOf({ request }: RecordedExchange): ReadDelivery['notifications'] | undefined {
  const { body, headers, method } = request;
  if (body.truncated || !SIGNS.test(body.content)) return undefined;
  const shell = { kind: 'delivery' as const, n: 0, method, path: '', headersAt: 0, bodyAt: 0 };
  const { notifications } = readDelivery({ ...shell, headers, body });
  // Change notifications of other APIs have no resourceUrl, and concern no call.
  const own = notifications.some(({ resourceUrl, about }) => resourceUrl !== undefined || about === 'operation');
  return own ? notifications : undefined;
}
