import type { FailureCause } from '../history/events';

const ISSUER =
  'issuer not trusted: nobody known signed its certificate; let NODE_EXTRA_CA_CERTS name a file with the authority, or tls.ca in the config';
const SELF_SIGNED =
  'its certificate is self-signed; let NODE_EXTRA_CA_CERTS name a file that holds it, or tls.ca in the config (issuer not trusted)';
const RESOLVE = "the host's name could not be resolved";
const CLIENT_CERTIFICATE =
  'the server requires a client certificate that it trusts; give one as tls.cert and tls.key in the config';

/** Codes of node's, with what they mean. */
const KNOWN: Record<string, [cause: FailureCause, reason: string]> = {
  ECONNREFUSED: ['refused', 'nothing listens there (connection refused)'],
  EHOSTUNREACH: ['refused', 'the host cannot be reached'],
  ENETUNREACH: ['refused', 'the network cannot be reached'],
  EHOSTDOWN: ['refused', 'the host is down'],
  ETIMEDOUT: ['refused', 'the connection could not be made in time'],
  ENOTFOUND: ['refused', RESOLVE],
  EAI_AGAIN: ['refused', RESOLVE],
  ECONNRESET: ['broken', 'the connection was reset before the whole answer had come'],
  EPIPE: ['broken', 'the connection was closed before the whole request had left'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', SELF_SIGNED],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', SELF_SIGNED],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', ISSUER],
  UNABLE_TO_GET_ISSUER_CERT: ['tls', ISSUER],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', ISSUER],
  CERT_HAS_EXPIRED: ['tls', 'its certificate has expired'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'its certificate is for another host (tls.serverName names the one to expect)'],
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: ['tls', CLIENT_CERTIFICATE],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: ['tls', CLIENT_CERTIFICATE],
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE': ['tls', CLIENT_CERTIFICATE],
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: ['tls', 'the server does not trust the issuer of the client certificate (tls.cert)'],
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: ['tls', 'the server does not take the client certificate (tls.cert)'],
  EPROTO: ['tls', 'it does not speak TLS as asked (is it http, not https?)'],
};

/** The code of an error; of a connection that fails, supertest leaves it in the message alone. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' ? /^(E[A-Z]+): /.exec(message)?.[1] : undefined;
}

/** What kept an answer from coming; undefined where it is none of the kinds that are told apart. */
export function causeOf(error: unknown): FailureCause | undefined {
  const code = codeOf(error);
  if (code === undefined) return 'broken';
  if (code.startsWith('HPE_')) return 'unreadable';
  return KNOWN[code]?.[0] ?? (code.startsWith('ERR_SSL_') ? 'tls' : undefined);
}

/** Why there was no answer, in words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : KNOWN[code];
  if (known) return known[1];
  if (code?.startsWith('HPE_') === true) return `the answer was not HTTP that can be read (${code})`;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' ? message : 'the connection ended without an answer';
}

/**
 * That no answer came in time, in words.
 * @param timeoutMs how long was waited, ms
 * @param configured whether that is the run's own timeout, which can be changed
 */
export function lateness(timeoutMs: number, configured: boolean): string {
  return `no whole answer within ${timeoutMs} ms${configured ? ' (--timeout-ms, timeoutMs in the config)' : ''}`;
}
