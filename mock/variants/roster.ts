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

/** Replaces each roster update with other notifications. */
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

/** Variants of rosters: their content and their number. */
export const rosterVariants: readonly Variant[] = [
  variant(
    'roster-tells-who-left',
    'lists a removed participant in the roster, with a removedState',
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
    'lists everybody in the call in rosters',
    onRoster((change, occasion) => {
      change['resourceData'] = [...members(occasion), ...objectsIn(change['resourceData'])];
    }),
  ),
  variant(
    'bot-in-roster',
    'lists the bot in rosters, after the others',
    onRoster((change, occasion) => {
      change['resourceData'] = [...objectsIn(change['resourceData']), ...members(occasion).slice(0, 1)];
    }),
  ),
  variant(
    'roster-one-by-one',
    'sends a separate roster update for each invitee',
    eachRoster((roster) => entriesOf(roster).map((entry) => withEntries(roster, [entry]))),
  ),
  variant(
    'roster-growing',
    'sends a roster update for each invitee that also lists the invitees before',
    eachRoster((roster) => entriesOf(roster).map((_entry, index, all) => withEntries(roster, all.slice(0, index + 1)))),
  ),
  variant(
    'refresh-roster-again',
    'sends the whole roster again after 200 ms',
    eachRoster((roster, occasion) => [
      roster,
      later(withEntries(roster, [...members(occasion), ...entriesOf(roster)]), 200),
    ]),
  ),
  variant(
    'empty-roster-first',
    'sends an empty roster before the one with the invitees',
    before(() => []),
  ),
  variant('old-roster-first', 'sends a roster without the invitees before the one with them', before(members)),
  variant(
    'old-roster-before-completion',
    'sends a roster without the invitees before the completion',
    replan((planned, occasion) => {
      const { call, failure } = occasion.invitation;
      if (failure) return planned;
      return [notification('roster', call, 'updated', '/participants', members(occasion)), ...planned];
    }),
  ),
  variant(
    'lobby-first',
    'lists invitees as muted and in the lobby in a first roster, and as admitted in a second',
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
    'sends null as id of roster entries, as in the examples',
    onEntry((entry) => void (entry['id'] = null)),
  ),
  variant(
    'participant-ids-omitted',
    'omits id from roster entries',
    onEntry((entry) => void delete entry['id']),
  ),
  variant(
    'invitation-info-type',
    'sends info of type invitationParticipantInfo in roster entries, as in the first examples',
    onEntry((entry) => void (objectOf(entry['info'])['@odata.type'] = '#microsoft.graph.invitationParticipantInfo')),
  ),
  variant(
    'more-streams',
    'lists a stream of each kind for participants, most of them inactive',
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
    'lists the streams of invitees as receiveOnly',
    onEntry((entry) => {
      for (const stream of objectsIn(entry['mediaStreams'])) stream['direction'] = 'receiveOnly';
    }),
  ),
];
