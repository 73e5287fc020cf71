import { addTo } from '../common/lists';
import type { CallRecord } from './events';
import { everyInvitation, type Invitation, type Run } from './run-view';

/** What judges look up of a run for each invitation: put together once a run, when it is asked for first. */
interface Lookup {
  /** By a behaviour's id: the invitations that try it. */
  trying: Map<string, Invitation[]>;
  /** By a call's id: the invitations that were sent to it, also those of attempts that were cut off. */
  sentTo: Map<string, Invitation[]>;
  /** By a call's key: the first call that has it. */
  calls: Map<string, CallRecord>;
  callIds: Set<string>;
}

const known = new WeakMap<Run, Lookup>();

function lookupOf(run: Run): Lookup {
  const made = known.get(run);
  if (made) return made;
  const lookup: Lookup = { trying: new Map(), sentTo: new Map(), calls: new Map(), callIds: new Set() };
  for (const invitation of run.invitations) {
    for (const id of new Set(invitation.record.tries)) addTo(lookup.trying, id, invitation);
  }
  for (const invitation of everyInvitation(run)) addTo(lookup.sentTo, invitation.callId, invitation);
  for (const call of run.calls) {
    if (!lookup.calls.has(call.key)) lookup.calls.set(call.key, call);
    lookup.callIds.add(call.callId);
  }
  known.set(run, lookup);
  return lookup;
}

const NONE: readonly Invitation[] = [];

/** The invitations that try a behaviour, in the order of the run. */
export function invitationsTrying(run: Run, id: string): readonly Invitation[] {
  return lookupOf(run).trying.get(id) ?? NONE;
}

/** The invitations to a call, by its id, also those of attempts that were cut off, in the order of the run. */
export function sentTo(run: Run, callId: string): readonly Invitation[] {
  return lookupOf(run).sentTo.get(callId) ?? NONE;
}

/** The call of a run that has a key. */
export function callOf(run: Run, key: string | undefined): CallRecord | undefined {
  return key === undefined ? undefined : lookupOf(run).calls.get(key);
}

/** Whether a run has a call of an id. */
export function hasCall(run: Run, callId: string): boolean {
  return lookupOf(run).callIds.has(callId);
}
