import { randomBytes, randomUUID } from 'node:crypto';
import { createSigner, createVerifier } from 'fast-jwt';
import { MOCK_EDITIONS, type MockEdition } from './edition';
import { refusal, type Refusal } from './errors';
import { isObject, parseJson, type JsonObject } from './json';
import { LIMITS } from './limits';

/** The content of a token of the mock; all options have defaults. */
export interface TokenOptions {
  /** application id of the bot (claim `appid`); default: the bot of the mock's own tokens */
  app?: string;
  /** `application` (roles) or `delegated` (scopes); default `application` */
  kind?: 'application' | 'delegated';
  /** application permissions (claim `roles`) or delegated scopes (claim `scp`); default: the call permission */
  permissions?: readonly string[];
  /** seconds until it expires; negative: already expired; default a day */
  expiresInSeconds?: number;
}

/** The caller that a token identifies. */
export interface Caller {
  app: string;
  delegated: boolean;
  permissions: readonly string[];
}

/** Mints and verifies the tokens of one mock instance. */
export interface Tokens {
  /** The names of the call permission; one of them is sufficient. */
  permissions: readonly string[];
  /** Accepts a fixed token as if it had been minted; it never expires. */
  accept(token: string, options?: TokenOptions): void;
  /** The claims of a token, whoever signed it; `undefined` if they are unreadable. */
  claims(authorization: string | undefined): JsonObject | undefined;
  mint(options?: TokenOptions): string;
  /** @param authorization value of the Authorization header */
  verify(authorization: string | undefined): { caller: Caller } | { refusal: Refusal };
}

/** The names of the call permission: the first edition also accepts the page's plural, which no other source uses. */
const PERMISSIONS: Record<MockEdition, readonly string[]> = {
  '2021-02-16': ['Calls.InitiateGroupCall.All', 'Calls.InitiateGroupCalls.All'],
  '2025-07-23': ['Calls.InitiateGroupCall.All'],
};

/** The permission in a token that names none. */
const PERMISSION = 'Calls.InitiateGroupCall.All';

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
 * @param wall the clock for expiry, ms since 1970
 * @param edition determines the names of the permission
 */
export function createTokens(wall: () => number = Date.now, edition: MockEdition = MOCK_EDITIONS[0]): Tokens {
  const key = randomBytes(32);
  const defaultApp = randomUUID();
  const tenant = randomUUID();
  const issuer = `https://sts.windows.net/${tenant}/`;
  const sign = createSigner({ key, algorithm: 'HS256' });
  const verifyToken = createVerifier({
    key,
    algorithms: ['HS256'],
    allowedAud: AUDIENCE,
    allowedIss: issuer,
    // Expiry is checked below, by the mock's own clock.
    ignoreExpiration: true,
  });
  // Fixed tokens and their claims.
  const accepted = new Map<string, JsonObject>();
  // A cache: one invitation verifies its token several times, and a bot uses the same token for hours.
  const known = new Map<string, { caller: Caller; untilMs: number }>();
  const remember = (authorization: string, caller: Caller, untilMs: number): void => {
    const [oldest] = known.keys();
    if (known.size >= LIMITS.verifiedTokens && oldest !== undefined) known.delete(oldest);
    known.set(authorization, { caller, untilMs });
  };

  const claimsOf = ({
    app = defaultApp,
    kind = 'application',
    permissions = [PERMISSION],
  }: TokenOptions): JsonObject => ({
    appid: app,
    idtyp: kind === 'delegated' ? 'user' : 'app',
    ...(kind === 'delegated' ? { scp: permissions.join(' ') } : { roles: [...permissions] }),
  });

  return {
    permissions: PERMISSIONS[edition],
    mint(options = {}) {
      const now = Math.floor(wall() / 1000);
      return sign({
        aud: AUDIENCE,
        iss: issuer,
        iat: Math.min(now, now + (options.expiresInSeconds ?? 0)),
        exp: now + (options.expiresInSeconds ?? LIMITS.tokenSeconds),
        oid: randomUUID(),
        tid: tenant,
        ver: '1.0',
        ...claimsOf(options),
      });
    },

    accept: (token, options = {}) => void accepted.set(token, claimsOf(options)),

    claims(authorization) {
      const token = authorization?.split(' ').at(-1);
      if (token === undefined) return undefined;
      const own = accepted.get(token);
      if (own) return own;
      const claims = token.split('.')[1];
      const parsed = claims === undefined ? undefined : parseJson(Buffer.from(claims, 'base64url'));
      return isObject(parsed) ? parsed : undefined;
    },

    verify(authorization) {
      if (authorization === undefined || authorization.trim() === '') {
        return unauthenticated('Access token is empty.');
      }
      const remembered = known.get(authorization);
      if (remembered && wall() < remembered.untilMs) return remembered;
      const [, scheme = '', token = ''] = /^(\S+)\s*(.*)$/s.exec(authorization.trim()) ?? [];
      if (scheme.toLowerCase() !== 'bearer') return unauthenticated('The Bearer scheme is required.');
      if (token === '') return unauthenticated('Access token is empty.');
      let claims: Record<string, unknown> | undefined = accepted.get(token);
      try {
        claims ??= verifyToken(token) as Record<string, unknown>;
      } catch {
        return unauthenticated('Access token validation failure.');
      }
      const untilMs = typeof claims['exp'] === 'number' ? claims['exp'] * 1000 : Infinity;
      if (wall() >= untilMs) return unauthenticated('Access token has expired or is not yet valid.');
      const delegated = claims['scp'] !== undefined || claims['idtyp'] === 'user';
      const permissions = strings(delegated ? claims['scp'] : claims['roles']);
      const caller = { app: typeof claims['appid'] === 'string' ? claims['appid'] : '', delegated, permissions };
      remember(authorization, caller, untilMs);
      return { caller };
    },
  };
}

/** Returns why a caller may not use the calls API, or `undefined` if it may (the page, Permissions). */
export function permissionProblem(caller: Caller, { permissions }: Pick<Tokens, 'permissions'>): Refusal | undefined {
  if (caller.delegated)
    return refusal(403, 'Forbidden', 'Unsupported AAD Identity. Delegated tokens are not supported.');
  if (caller.permissions.some((permission) => permissions.includes(permission))) return undefined;
  return refusal(403, '7504', 'Insufficient enterprise tenant permissions, cannot access this API.');
}

/** Identifies the caller, or refuses: unknown (401) or not permitted (403). */
export function authorize(
  tokens: Tokens,
  authorization: string | undefined,
): { caller: Caller } | { refusal: Refusal } {
  const verified = tokens.verify(authorization);
  const denied = 'caller' in verified ? permissionProblem(verified.caller, tokens) : undefined;
  return denied ? { refusal: denied } : verified;
}
