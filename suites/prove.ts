import { randomUUID } from 'node:crypto';
import type { Recorder } from '../history/recorder';
import type { Client } from '../target/client';
import type { Health } from '../target/health';
import { inviteProbe, takesInvitations } from '../target/invite-probe';
import type { Listener } from '../target/listener';
import { answers, provisions } from '../target/preflight';
import type { Provisioner } from '../target/provisioning';

/** What a preflight is made with. */
export interface Proving {
  /** The target's base URL, without a slash at its end. */
  base: string;
  /** The valid one. */
  token: string | undefined;
  client: Client;
  listener: Pick<Listener, 'arm'>;
  /** Makes sure that the callback is reached, where that can be seen from here. */
  reached?: () => Promise<void>;
  provisioner: Provisioner;
  recorder: Recorder;
  /** By which the call is known; default preflight#1. */
  key?: string;
  /** Told how the target answers when it is well. */
  health?: Health;
}

/**
 * The preflight, above the connection: the target answers, the callback is reached, a call is provisioned, and an
 * invitation to it is not turned away for its token or its route.
 * @throws EnvironmentError where a layer fails
 */
export async function prove(proving: Proving): Promise<void> {
  const { base, token, client, listener, reached, provisioner, recorder, key = 'preflight#1', health } = proving;
  const callbackUri = listener.arm(key);
  // Without a token nothing can be tried, so that no call is needed.
  const provisioned = token === undefined ? Promise.resolve(undefined) : provisions(provisioner, callbackUri);
  // Of several layers that fail together the lowest is told.
  provisioned.catch(() => undefined);
  await Promise.all([answers(base, client, token), reached?.()]);
  const call = await provisioned;
  if (!call || token === undefined) return;
  recorder.add({ kind: 'call', key, scenario: 'preflight', shape: 'group', callId: call.callId, callbackUri });
  const probe = inviteProbe(client, base, token, call.callId);
  const answered = await takesInvitations(probe, base, client, someone(provisioner));
  health?.knows(probe, answered);
}

/** Somebody to invite: nobody who was prepared by hand, and may be invited once alone. */
export function someone(provisioner: Provisioner): () => Promise<string> {
  return async () => {
    if (provisioner.sharedCallback === true) return randomUUID();
    const [id] = await provisioner.users(1).catch(() => []);
    return id ?? randomUUID();
  };
}
