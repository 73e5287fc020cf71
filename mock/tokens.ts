import { randomBytes, randomUUID } from 'node:crypto';
import { createSigner, createVerifier } from 'fast-jwt';
import { refusal, type Refusal } from './errors';
import { LIMITS } from './limits';

/** What a token of the mock may say; everything has a default. */
export interface TokenOptions {
  /** application id of the bot (claim `appid`); default: the bot of the mock's own tokens */
  app?: string;
  /** `application` (roles) or `delegated` (scopes); default `application` */
  kind?: 'application' | 'delegated';
  /** application permissions (claim `roles`) or delegated scopes (claim `scp`); default: the call permission */
  permissions?: readonly string[];
  /** seconds until it expires; negative: it has expired already; default a day */
  expiresInSeconds?: number;
}

/** Who is calling, as a token says. */
export interface Caller {
  app: string;
  delegated: boolean;
  permissions: readonly string[];
}

/** Mints and verifies the tokens of one mock instance. */
export interface Tokens {
  mint(options?: TokenOptions): string;
  /** @param authorization value of the Authorization header */
  verify(authorization: string | undefined): { caller: Caller } | { refusal: Refusal };
}

/** The permission under the page's name and under the one every other source has. */
export const PERMISSIONS: readonly string[] = ['Calls.InitiateGroupCall.All', 'Calls.InitiateGroupCalls.All'];

const AUDIENCE = 'https://graph.microsoft.com';

const unauthenticated = (message: string): { refusal: Refusal } => ({
  refusal: refusal(401, 'InvalidAuthenticationToken', message),
});

function strings(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter((part) => part !== '');
  return Array.isArray(value) ? value.filter((part): part is string => typeof part === 'string') : [];
}

/**
 * Makes the tokens of one mock instance: HS256 with a random key that never leaves it, so a token of another instance,
 * an unsigned one or one signed with another algorithm is refused.
 */
export function createTokens(): Tokens {
  const key = randomBytes(32);
  const defaultApp = randomUUID();
  const tenant = randomUUID();
  const issuer = `https://sts.windows.net/${tenant}/`;
  const sign = createSigner({ key, algorithm: 'HS256' });
  const verifyToken = createVerifier({ key, algorithms: ['HS256'], allowedAud: AUDIENCE, allowedIss: issuer });
  // One invitation asks several times, and a bot has the same token for hours.
  const known = new Map<string, { caller: Caller; untilMs: number }>();
  const remember = (authorization: string, caller: Caller, untilMs: number): void => {
    const [oldest] = known.keys();
    if (known.size >= LIMITS.verifiedTokens && oldest !== undefined) known.delete(oldest);
    known.set(authorization, { caller, untilMs });
  };

  return {
    mint(options = {}) {
      const { app = defaultApp, kind = 'application', permissions = [PERMISSIONS[0] ?? ''] } = options;
      const granted = kind === 'delegated' ? { scp: permissions.join(' ') } : { roles: [...permissions] };
      const now = Math.floor(Date.now() / 1000);
      return sign({
        aud: AUDIENCE,
        iss: issuer,
        iat: Math.min(now, now + (options.expiresInSeconds ?? 0)),
        exp: now + (options.expiresInSeconds ?? LIMITS.tokenSeconds),
        appid: app,
        idtyp: kind === 'delegated' ? 'user' : 'app',
        oid: randomUUID(),
        tid: tenant,
        ver: '1.0',
        ...granted,
      });
    },

    verify(authorization) {
      if (authorization === undefined || authorization.trim() === '') {
        return unauthenticated('Access token is empty.');
      }
      const remembered = known.get(authorization);
      if (remembered && Date.now() < remembered.untilMs) return remembered;
      const [, scheme = '', token = ''] = /^(\S+)\s*(.*)$/s.exec(authorization.trim()) ?? [];
      if (scheme.toLowerCase() !== 'bearer') return unauthenticated('The Bearer scheme is required.');
      if (token === '') return unauthenticated('Access token is empty.');
      let claims: Record<string, unknown>;
      try {
        claims = verifyToken(token) as Record<string, unknown>;
      } catch {
        return unauthenticated('Access token validation failure.');
      }
      const delegated = claims['scp'] !== undefined || claims['idtyp'] === 'user';
      const permissions = strings(delegated ? claims['scp'] : claims['roles']);
      const caller = { app: typeof claims['appid'] === 'string' ? claims['appid'] : '', delegated, permissions };
      if (typeof claims['exp'] === 'number') remember(authorization, caller, claims['exp'] * 1000);
      return { caller };
    },
  };
}

/** Tells why a caller may not use the calls API, or `undefined` if it may (the page, Permissions). */
export function denies(caller: Caller): Refusal | undefined {
  if (caller.delegated)
    return refusal(403, 'Forbidden', 'Unsupported AAD Identity. Delegated tokens are not supported.');
  if (caller.permissions.some((permission) => PERMISSIONS.includes(permission))) return undefined;
  return refusal(403, '7504', 'Insufficient enterprise tenant permissions, cannot access this API.');
}

/** Says who is calling, or why the calls API is not for them: not known (401), or not permitted (403). */
export function admit(tokens: Tokens, authorization: string | undefined): { caller: Caller } | { refusal: Refusal } {
  const verified = tokens.verify(authorization);
  const denied = 'caller' in verified ? denies(verified.caller) : undefined;
  return denied ? { refusal: denied } : verified;
}
