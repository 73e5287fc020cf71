import type { KeptInvitation } from './gathered';

/** The call of each operation id; undefined if invitations to several calls got the same id. */
export function callsOf(own: readonly KeptInvitation[]): Map<string, string | undefined> {
  const calls = new Map<string, string | undefined>();
  for (const { operationId, callId } of own) {
    if (operationId === undefined) continue;
    const known = calls.get(operationId);
    calls.set(operationId, calls.has(operationId) && known !== callId ? undefined : callId);
  }
  return calls;
}

/** The ids by which notifications may refer to an invitation. */
export function idsOf({ callId, operationId, replaces }: KeptInvitation): string[] {
  return [callId, operationId, replaces].filter((id) => id !== undefined);
}
