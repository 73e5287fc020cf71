import { createHmac, randomBytes } from 'node:crypto';

/** Authorization values that no issuer made, derived from the valid token. */

const FAR_EXPIRY = 4_102_444_800;

function encodedPart(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The claims of the valid token if it is a JWT, or plausible ones. */
function partsOf(valid: string | undefined): { claims: string } {
  const [, claims, signature] = valid?.split('.') ?? [];
  if (claims !== undefined && signature !== undefined) return { claims };
  return {
    claims: encodedPart({
      aud: 'https://graph.microsoft.com',
      roles: ['Calls.InitiateGroupCall.All'],
      exp: FAR_EXPIRY,
    }),
  };
}

/** The valid token's claims, signed with a key of the suite. */
export function foreignSignature(valid: string | undefined): string {
  const signed = `${encodedPart({ alg: 'HS256', typ: 'JWT' })}.${partsOf(valid).claims}`;
  return `Bearer ${signed}.${createHmac('sha256', randomBytes(32)).update(signed).digest('base64url')}`;
}

/** The valid token's claims without a signature. */
export function unsigned(valid: string | undefined): string {
  return `Bearer ${encodedPart({ alg: 'none', typ: 'JWT' })}.${partsOf(valid).claims}.`;
}

/** The valid token with one character near its end changed: a JWT with a wrong signature, or another opaque token. */
export function tampered(valid: string | undefined): string {
  if (valid === undefined) return foreignSignature(valid);
  const at = Math.max(0, valid.length - 4);
  return `Bearer ${valid.slice(0, at)}${valid[at] === 'A' ? 'B' : 'A'}${valid.slice(at + 1)}`;
}

/** The valid token without its last characters. */
export function truncated(valid: string | undefined): string {
  return valid === undefined ? foreignSignature(valid) : `Bearer ${valid.slice(0, -4)}`;
}

/** The valid token with characters added. */
export function extended(valid: string | undefined): string {
  return valid === undefined ? foreignSignature(valid) : `Bearer ${valid}conformance`;
}

/** Other claims with the valid token's signature, if it is a JWT. */
export function otherClaims(valid: string | undefined): string {
  const [head, claims, signature] = valid?.split('.') ?? [];
  if (head === undefined || claims === undefined || signature === undefined) return foreignSignature(valid);
  const other = encodedPart({ conformance: true, roles: ['Calls.InitiateGroupCall.All'], exp: FAR_EXPIRY });
  return `Bearer ${head}.${other}.${signature}`;
}

/** The valid token with its letters' case swapped; a random one if that changes nothing. */
export function otherCase(valid: string | undefined): string {
  const swapped = (valid ?? '').replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return `Bearer ${swapped === valid || swapped === '' ? randomBytes(24).toString('base64url') : swapped}`;
}
