import { operationAnswer, operationNotified } from '../message-bodies';
import type { HookMaker } from '../hooks';
import type { Invitation, Participant } from '../model';
import { later, onCompletion, onResponse, replan } from '../hook-builders';
import { rosterWith } from './joining';

/** Ways to name those whom an invitation passes over: of several participants of whom the first replaces a call, all others. */

/** Whom an invitation is said to name. */
export type Who = (invitation: Invitation) => readonly Participant[];

export const passesOver = ({ sent, participants }: Invitation): boolean => sent.length > participants.length;

const naming = (invitation: Invitation, who: Who): Invitation => ({ ...invitation, participants: who(invitation) });

/** @param when of which invitations */
export const namesInResponse = (who: Who, when = passesOver): HookMaker =>
  onResponse((operation, { invitation }) => {
    if (when(invitation)) operation['participants'] = operationAnswer(naming(invitation, who))['participants'] ?? [];
  });

/** @param when of which invitations */
export const namesInCompletion = (who: Who, when = passesOver): HookMaker =>
  onCompletion((operation, _change, { invitation }) => {
    if (when(invitation)) operation['participants'] = operationNotified(naming(invitation, who))['participants'] ?? [];
  });

/** @param delayMs how long after everything else; @param when of which invitations */
export const showsInRoster = (who: Who, delayMs: number, when = passesOver): HookMaker =>
  replan((planned, { invitation }) => {
    if (!when(invitation)) return planned;
    const roster = rosterWith(invitation.call, who(invitation));
    return [...planned, delayMs > 0 ? later(roster, delayMs) : roster];
  });
