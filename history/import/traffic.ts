import { decode } from '../odata-path';
import { readDelivery, type ReadDelivery } from '../notifications';
import { partsOf } from './bodies';
import type { RecordedExchange } from './importer';

/** What an exchange is, told by its content alone. */

/** The call that an invitation is sent to. */
export interface InvitationTarget {
  /** The base URL: that to which /communications/calls is added. */
  base: string;
  callId: string;
}

const INVITE =
  /^(.*?)\/communications\/calls(?:\/([^/]+)|\((?:id=)?'((?:[^'/]|'')+)'\))\/participants\/(?:microsoft\.graph\.)?invite\/?$/i;

/** Where an invitation goes: a POST whose path ends as the documentation says. @returns undefined for anything else */
export function invitationTarget({ method, url }: RecordedExchange['request']): InvitationTarget | undefined {
  if (method.toUpperCase() !== 'POST' || url.length > 8192) return undefined;
  const parts = partsOf(url);
  const [whole, before = '', plain, keyed] = INVITE.exec(parts?.path ?? '') ?? [];
  if (whole === undefined || parts === undefined) return undefined;
  const callId = plain === undefined ? decode(keyed ?? '').replaceAll("''", "'") : decode(plain);
  return { base: `${parts.origin}${before}`, callId };
}

/** What every notification of the API has in its text. */
const SIGNS = /resourceUrl|resourceData|commsNotification/i;

/** The notifications that an exchange brings. @returns undefined where it brings none that can be read */
export function notificationsOf({ request }: RecordedExchange): ReadDelivery['notifications'] | undefined {
  const { body, headers, method } = request;
  if (body.truncated || !SIGNS.test(body.content)) return undefined;
  const shell = { kind: 'delivery' as const, n: 0, method, path: '', headersAt: 0, bodyAt: 0 };
  const { notifications } = readDelivery({ ...shell, headers, body });
  // Change notifications of other APIs have no resourceUrl, and name no resource of a call.
  const own = notifications.some(({ resourceUrl, about }) => resourceUrl !== undefined || about === 'operation');
  return own ? notifications : undefined;
}
