import { randomUUID } from 'node:crypto';
import { NotProvided } from '../../target/errors';
import { phoneOf } from '../../target/phone';
import type { Provisioner } from '../../target/provisioning';
import { ownInteractions } from './pact-file';
import { give } from './provider-states';
import type { ContractSettings } from './verify-contracts';

/** What verifying the own contract would do to the target. */
export interface RehearsedContracts {
  groupCalls: number;
  peerToPeerCalls: number;
  /** Requests of interactions, and invitations that make the target send what a message is about. */
  requests: number;
  dials: number;
}

/** Makes the provider states of the own contract's interactions out of nothing, and counts. Nothing is sent. */
export async function rehearseContracts(settings: ContractSettings): Promise<RehearsedContracts> {
  const counted: RehearsedContracts = { groupCalls: 0, peerToPeerCalls: 0, requests: 0, dials: 0 };
  const provisioner: Provisioner = {
    groupCall: () => {
      counted.groupCalls += 1;
      return Promise.resolve({ callId: randomUUID() });
    },
    peerToPeerCall: () => {
      counted.peerToPeerCalls += 1;
      return Promise.resolve({ callId: randomUUID(), userId: randomUUID() });
    },
    users: (count) => Promise.resolve(Array.from({ length: count }, () => randomUUID())),
    unreachableUser: () => Promise.resolve(randomUUID()),
    release: () => Promise.resolve(0),
  };
  const means = { provisioner, listener: { arm: () => '' }, phone: phoneOf(settings), settings };
  for (const { states, name } of ownInteractions()) {
    try {
      const { invitees } = await give(states, means, name);
      counted.requests += 1;
      counted.dials += invitees.filter(({ kind }) => kind === 'phone').length;
    } catch (error) {
      if (!(error instanceof NotProvided)) throw error;
    }
  }
  return counted;
}
