import { addTo } from '../common/lists';
import type { CallRecord } from './events';
import { everyInvitation, type Invitation, type Run } from './run-view';

/** Indexes of a run for the judges, built once on first use. */
interface Lookup {
  /** By behaviour id: the invitations that try it. */
  trying: Map<string, Invitation[]>;
  /** By call id: the invitations to it, including those of cut-off attempts. */
  sentTo: Map<string, Invitation[]>;
  /** By call key: the first call with it. */
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

/** The invitations to a call id, including those of cut-off attempts, in the order of the run. */
export function sentTo(run: Run, callId: string): readonly Invitation[] {
  return lookupOf(run).sentTo.get(callId) ?? NONE;
}

/** The call of a run with a key. */
export function callOf(run: Run, key: string | undefined): CallRecord | undefined {
  return key === undefined ? undefined : lookupOf(run).calls.get(key);
}

/** Whether a run has a call with an id. */
export function hasCall(run: Run, callId: string): boolean {
  return lookupOf(run).callIds.has(callId);
}
