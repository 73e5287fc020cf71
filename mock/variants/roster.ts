import { randomUUID } from 'node:crypto';
import { notification, rosterEntry } from '../message-bodies';
import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import type { JsonObject } from '../json';
import { variant, type Variant } from '../fault-records';
import {
  changesOf,
  copyOf,
  later,
  objectOf,
  objectsIn,
  onEntry,
  onRoster,
  replan,
  type Accepted,
} from '../hook-builders';

/** Makes another plan for each roster update. */
const eachRoster = (make: (roster: Planned, occasion: Accepted) => Planned[]): HookMaker =>
  replan((planned, occasion) => planned.flatMap((one) => (one.kind === 'roster' ? make(one, occasion) : [one])));

const entriesOf = (roster: Planned): JsonObject[] =>
  changesOf(roster).flatMap((change) => objectsIn(change['resourceData']));

/** A copy of a roster update with other entries. */
function withEntries(roster: Planned, entries: JsonObject[]): Planned {
  const copy = copyOf(roster);
  for (const change of changesOf(copy)) change['resourceData'] = entries;
  return copy;
}

const members = ({ invitation: { call } }: Accepted): JsonObject[] => call.members.map(rosterEntry);

const before = (make: (occasion: Accepted) => JsonObject[]): HookMaker =>
  eachRoster((roster, occasion) => [withEntries(roster, make(occasion)), roster]);

/** What rosters show, and how often. */
export const rosterVariants: readonly Variant[] = [
  variant(
    'roster-tells-who-left',
    'the roster lists somebody who was removed, with a removedState',
    onRoster((change) => {
      const [entry] = structuredClone(objectsIn(change['resourceData']));
      if (!entry) return;
      const identity = { user: { id: randomUUID() } };
      const left = { ...entry, id: randomUUID(), info: { identity }, removedState: { reason: 'Removed' } };
      change['resourceData'] = [...objectsIn(change['resourceData']), left];
    }),
  ),
  variant(
    'roster-full',
    'rosters show everybody in the call',
    onRoster((change, occasion) => {
      change['resourceData'] = [...members(occasion), ...objectsIn(change['resourceData'])];
    }),
  ),
  variant(
    'bot-in-roster',
    'rosters show the bot, after the others',
    onRoster((change, occasion) => {
      change['resourceData'] = [...objectsIn(change['resourceData']), ...members(occasion).slice(0, 1)];
    }),
  ),
  variant(
    'roster-one-by-one',
    'each invitee has a roster update of their own',
    eachRoster((roster) => entriesOf(roster).map((entry) => withEntries(roster, [entry]))),
  ),
  variant(
    'roster-growing',
    'each invitee brings a roster update that shows the ones before as well',
    eachRoster((roster) => entriesOf(roster).map((_entry, index, all) => withEntries(roster, all.slice(0, index + 1)))),
  ),
  variant(
    'refresh-roster-again',
    'the whole roster comes again after 200 ms',
    eachRoster((roster, occasion) => [
      roster,
      later(withEntries(roster, [...members(occasion), ...entriesOf(roster)]), 200),
    ]),
  ),
  variant(
    'empty-roster-first',
    'an empty roster comes before the one with the invitees',
    before(() => []),
  ),
  variant('old-roster-first', 'a roster without the invitees comes before the one with them', before(members)),
  variant(
    'old-roster-before-completion',
    'a roster without the invitees comes before the completion',
    replan((planned, occasion) => {
      const { call, failure } = occasion.invitation;
      if (failure) return planned;
      return [notification('roster', call, 'updated', '/participants', members(occasion)), ...planned];
    }),
  ),
  variant(
    'lobby-first',
    'invitees are in the lobby, muted, in a first roster, and admitted in a second',
    eachRoster((roster) => [
      withEntries(
        roster,
        structuredClone(entriesOf(roster)).map((entry) => ({ ...entry, isMuted: true, isInLobby: true })),
      ),
      roster,
    ]),
  ),
  variant(
    'participant-ids-null',
    'ids of participants are null, as in the examples',
    onEntry((entry) => void (entry['id'] = null)),
  ),
  variant(
    'participant-ids-omitted',
    'participants have no id',
    onEntry((entry) => void delete entry['id']),
  ),
  variant(
    'invitation-info-type',
    'the info of a participant is an invitationParticipantInfo, as in the first examples',
    onEntry((entry) => void (objectOf(entry['info'])['@odata.type'] = '#microsoft.graph.invitationParticipantInfo')),
  ),
  variant(
    'more-streams',
    'participants have a stream of each kind, most of them inactive',
    onEntry((entry) => {
      const kinds = ['video', 'videoBasedScreenSharing', 'data'];
      const idle = kinds.map((mediaType, index) => ({
        '@odata.type': '#microsoft.graph.mediaStream',
        mediaType,
        label: `main-${mediaType}`,
        sourceId: String(200 + index),
        direction: 'inactive',
        serverMuted: false,
      }));
      entry['mediaStreams'] = [...idle, ...objectsIn(entry['mediaStreams'])];
    }),
  ),
  variant(
    'receiving-streams',
    'the streams of people who join only receive',
    onEntry((entry) => {
      for (const stream of objectsIn(entry['mediaStreams'])) stream['direction'] = 'receiveOnly';
    }),
  ),
];
