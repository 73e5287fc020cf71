import { operationAnswer, operationNotified } from '../message-bodies';
import type { HookMaker } from '../hooks';
import type { Invitation, Participant } from '../model';
import { later, onCompletion, onResponse, replan } from '../hook-builders';
import { rosterWith } from './joining';

/** Faults that name the ignored participants: all but the first, if the first replaces a call. */

/** Selects the participants that the mock names for an invitation. */
export type Who = (invitation: Invitation) => readonly Participant[];

export const passesOver = ({ sent, participants }: Invitation): boolean => sent.length > participants.length;

const naming = (invitation: Invitation, who: Who): Invitation => ({ ...invitation, participants: who(invitation) });

/** Names other participants in the response. @param when the invitations it changes */
export const namesInResponse = (who: Who, when = passesOver): HookMaker =>
  onResponse((operation, { invitation }) => {
    if (when(invitation)) operation['participants'] = operationAnswer(naming(invitation, who))['participants'] ?? [];
  });

/** Names other participants in the completion. @param when the invitations it changes */
export const namesInCompletion = (who: Who, when = passesOver): HookMaker =>
  onCompletion((operation, _change, { invitation }) => {
    if (when(invitation)) operation['participants'] = operationNotified(naming(invitation, who))['participants'] ?? [];
  });

/**
 * Adds a roster of other participants.
 * @param delayMs delay after all other notifications, ms
 * @param when the invitations it changes
 */
export const showsInRoster = (who: Who, delayMs: number, when = passesOver): HookMaker =>
  replan((planned, { invitation }) => {
    if (!when(invitation)) return planned;
    const roster = rosterWith(invitation.call, who(invitation));
    return [...planned, delayMs > 0 ? later(roster, delayMs) : roster];
  });
