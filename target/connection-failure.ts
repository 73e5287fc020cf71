import { shortageOf } from '../common/errors';
import type { FailureCause } from '../history/events';

const ISSUER =
  'issuer not trusted: no trusted authority signed its certificate; set NODE_EXTRA_CA_CERTS to a file with the authority, or tls.ca in the config';
const SELF_SIGNED =
  'its certificate is self-signed (issuer not trusted); set NODE_EXTRA_CA_CERTS to a file with it, or tls.ca in the config';
const RESOLVE = 'the host name could not be resolved';
const CLIENT_CERTIFICATE =
  'the server requires a client certificate that it trusts; give one as tls.cert and tls.key in the config';

const REFUSED_CODES = 'the server rejected the client certificate (tls.cert)';
const UNKNOWN_NAME = 'the server does not know this host name (tls.serverName sets another)';

/** Node's error codes with their cause and meaning. */
const REASON_BY_CODE: Record<string, [cause: FailureCause, reason: string]> = {
  ECONNREFUSED: ['refused', 'nothing listens there (connection refused)'],
  EHOSTUNREACH: ['refused', 'the host cannot be reached'],
  ENETUNREACH: ['refused', 'the network cannot be reached'],
  EHOSTDOWN: ['refused', 'the host is down'],
  ETIMEDOUT: ['refused', 'connecting took too long'],
  ENOTFOUND: ['refused', RESOLVE],
  EAI_AGAIN: ['refused', RESOLVE],
  ECONNRESET: ['broken', 'the connection was reset or closed before the whole response arrived'],
  EPIPE: ['broken', 'the connection was closed before the whole request was sent'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', SELF_SIGNED],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', ISSUER],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', ISSUER],
  UNABLE_TO_GET_ISSUER_CERT: ['tls', ISSUER],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', ISSUER],
  CERT_HAS_EXPIRED: ['tls', 'its certificate has expired'],
  CERT_NOT_YET_VALID: ['tls', 'its certificate is not valid yet; check the clock of this machine'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'tls',
    'its certificate is for another host name (tls.serverName sets the name to expect)',
  ],
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: ['tls', CLIENT_CERTIFICATE],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: ['tls', CLIENT_CERTIFICATE],
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: ['tls', 'the server does not trust the issuer of the client certificate (tls.cert)'],
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: ['tls', REFUSED_CODES],
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: ['tls', REFUSED_CODES],
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: ['tls', REFUSED_CODES],
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: [
    'tls',
    'the client certificate (tls.cert) is revoked, according to the server',
  ],
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: [
    'tls',
    'the client certificate (tls.cert) has expired, according to the server',
  ],
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: ['tls', UNKNOWN_NAME],
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: ['tls', UNKNOWN_NAME],
  EPROTO: ['tls', 'it does not answer with TLS (is it http, not https?)'],
};

/** The code of an error; some errors have it only in the message. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : '';
  const found = typeof code === 'string' ? code : /^(?:\w+ )?(E[A-Z]+)\b/.exec(text)?.[1];
  if (found === undefined) return undefined;
  // For TLS errors during a write, Node passes on OpenSSL's message.
  const routine = found === 'EPROTO' ? /SSL routines:[^:]*:([^:]+):/.exec(text)?.[1] : undefined;
  const name = routine === undefined ? found : `ERR_SSL_${routine.toUpperCase().replaceAll(' ', '_')}`;
  // OpenSSL 3.2 and later use these names for the same alerts.
  const alert = name.replace('SSL/TLS_ALERT', 'SSLV3_ALERT');
  return routine !== undefined && !Object.hasOwn(REASON_BY_CODE, alert) ? found : alert;
}

/** Why no response arrived; undefined for an unknown kind. */
export function failureCause(error: unknown): FailureCause | undefined {
  const code = codeOf(error);
  if (code === undefined) return 'broken';
  if (code.startsWith('HPE_')) return 'unreadable';
  if (shortageOf(code) !== undefined) return 'exhausted';
  return REASON_BY_CODE[code]?.[0] ?? (code.startsWith('ERR_SSL_') ? 'tls' : undefined);
}

/** Why no response arrived, as text. */
export function failureReason(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : REASON_BY_CODE[code];
  if (known) return known[1];
  const shortage = shortageOf(code);
  if (shortage !== undefined) return shortage;
  if (code?.startsWith('HPE_') === true) return `the response is not valid HTTP (${code})`;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' ? message : 'the connection ended without a response';
}

/**
 * Says that no response arrived in time.
 * @param timeoutMs the wait, ms
 * @param configured whether that is the configured timeout, which the user can change
 */
export function timeoutReason(timeoutMs: number, configured: boolean): string {
  return `no complete response within ${timeoutMs} ms${configured ? ' (--timeout-ms, timeoutMs in the config)' : ''}`;
}
