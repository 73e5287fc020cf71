import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import { objectOf, objectsIn, onEntry, onRoster, replan, together, type Accepted } from '../hook-builders';
import { staysBehind } from './joining';
import { MISNAMINGS } from './participants';
import { except, ROSTER_INVITEES } from './touches';

const changeBecomes = (name: string, value: (change: JsonObject, occasion: Accepted) => Json): HookMaker =>
  onRoster((change, occasion) => {
    change[name] = value(change, occasion);
  });

const urlBecomes = (edit: (url: string, occasion: Accepted) => string): HookMaker =>
  changeBecomes('resourceUrl', (change, occasion) => edit(change['resourceUrl'] as string, occasion));

const data = (edit: (entries: JsonObject[]) => Json): HookMaker =>
  changeBecomes('resourceData', (change) => edit(objectsIn(change['resourceData'])));

const entryBecomes = (name: string, value: Json | undefined): HookMaker =>
  onEntry((entry) => {
    if (value === undefined) delete entry[name];
    else entry[name] = value;
  });

const streamBecomes = (name: string, value: Json | undefined): HookMaker =>
  onEntry((entry) => {
    for (const stream of objectsIn(entry['mediaStreams'])) {
      if (value === undefined) delete stream[name];
      else stream[name] = value;
    }
  });

const unread = [
  ...ROSTER_INVITEES,
  'roster.participant',
  'roster.media-streams',
  'roster.joined',
  'ordering.completion-before-roster',
];
const NONE = ['roster.change-type', 'roster.resource-url', 'roster.collection', ...unread];
const PARTICIPANT = 'roster.participant';

export const rosterFaults: readonly Fault[] = [
  fault(
    'roster.announced/never',
    'sends no roster update',
    replan((planned) => planned.filter(({ kind }) => kind !== 'roster')),
    NONE,
  ),
  fault(
    'roster.announced/with-the-next',
    'lists an invitee only in the next roster if the other participants were ignored',
    together(
      replan((planned, { invitation: { sent, participants } }) =>
        planned.filter(({ kind }) => kind !== 'roster' || sent.length === participants.length),
      ),
      staysBehind((occasion) => {
        if (occasion.kind !== 'accepted') return [];
        const { sent, participants } = occasion.invitation;
        return sent.length > participants.length ? participants : [];
      }),
    ),
  ),
  fault(
    'roster.announced/to-another-call',
    "sends the roster to another call's callback",
    replan((planned, { calls, invitation: { call } }) => {
      const to = calls().findLast(({ callbackUri }) => callbackUri !== call.callbackUri)?.callbackUri;
      if (to === undefined) return planned.filter(({ kind }) => kind !== 'roster');
      return planned.map((one) => (one.kind === 'roster' ? { ...one, to } : one));
    }),
    NONE,
  ),
  fault(
    'roster.invitees/dropped-when-close',
    'drops a roster update within 200 ms of the previous one instead of delaying it',
    () => {
      const last = new WeakMap<object, number>();
      return {
        plan(planned, occasion) {
          if (occasion.kind !== 'accepted' || !planned.some(({ kind }) => kind === 'roster')) return planned;
          const { call } = occasion.invitation;
          const isClose = performance.now() - (last.get(call) ?? -Infinity) < 200;
          if (!isClose) last.set(call, performance.now());
          return isClose ? planned.filter(({ kind }) => kind !== 'roster') : planned;
        },
      };
    },
    ['roster.announced', ...NONE],
  ),
  fault(
    'roster.announced/not-for-one',
    'sends no roster update if one participant was invited',
    replan((planned, { invitation }) =>
      invitation.sent.length === 1 ? planned.filter(({ kind }) => kind !== 'roster') : planned,
    ),
    NONE,
  ),

  fault(
    'roster.change-type/created',
    'sends changeType created in the roster update',
    changeBecomes('changeType', () => 'created'),
  ),
  fault(
    'roster.change-type/deleted',
    'sends changeType deleted in the roster update',
    changeBecomes('changeType', () => 'deleted'),
  ),
  fault(
    'roster.change-type/capitalised',
    'sends changeType Updated in the roster update',
    changeBecomes('changeType', () => 'Updated'),
    ['notification.change-type'],
  ),

  fault(
    'roster.resource-url/below-operations',
    "names /operations/participants in the roster's resourceUrl, as the page's second example does",
    urlBecomes((url) => url.replace('/participants', '/operations/participants')),
  ),
  fault(
    'roster.resource-url/replaced-call',
    "names the replaced call in the roster's resourceUrl, as the page's third example does",
    urlBecomes((url, { invitation: { call, replaced } }) => (replaced ? url.replace(call.id, replaced.id) : url)),
    ['notification.resource-url', 'replace.peer-call-terminated', 'replace.peer-call-deleted'],
  ),
  fault(
    'roster.resource-url/upper-case-id',
    "writes the call id in upper case in the roster's resourceUrl",
    urlBecomes((url, { invitation: { call } }) => url.replace(call.id, call.id.toUpperCase())),
    ['notification.resource-url'],
  ),
  fault(
    'roster.resource-url/call',
    "names the call instead of its participants in the roster's resourceUrl",
    urlBecomes((url) => url.replace('/participants', '')),
  ),
  fault(
    'roster.resource-url/one-participant',
    "names one participant in the roster's resourceUrl",
    urlBecomes((url) => `${url}/1`),
  ),

  fault(
    'roster.collection/single',
    'sends a roster of one participant as an object instead of an array',
    data((entries) => (entries.length === 1 ? (entries[0] ?? null) : entries)),
    unread,
  ),
  fault(
    'roster.collection/wrapped',
    "wraps the roster's participants in an object",
    data((entries) => ({ value: entries })),
    unread,
  ),
  fault(
    'roster.collection/by-id',
    "sends the roster's participants as an object keyed by id",
    data((entries) => Object.fromEntries(entries.map((entry) => [entry['id'] as string, entry]))),
    unread,
  ),
  fault(
    'roster.collection/entry-of-another-type',
    'sends roster entries of type invitationParticipantInfo',
    entryBecomes('@odata.type', '#microsoft.graph.invitationParticipantInfo'),
    [PARTICIPANT],
  ),

  ...MISNAMINGS.map(({ what, says, of }) =>
    fault(`roster.invitees/${what}`, `${says} in the roster`, data(of), except(unread, 'roster.invitees')),
  ),

  fault('roster.participant/is-muted-missing', 'omits isMuted from roster entries', entryBecomes('isMuted', undefined)),
  fault(
    'roster.participant/is-muted-as-text',
    'sends isMuted as a string in roster entries',
    entryBecomes('isMuted', 'false'),
  ),
  fault(
    'roster.participant/is-in-lobby-missing',
    'omits isInLobby from roster entries',
    entryBecomes('isInLobby', undefined),
  ),
  fault(
    'roster.participant/is-in-lobby-number',
    'sends isInLobby as a number in roster entries',
    entryBecomes('isInLobby', 0),
  ),
  fault(
    'roster.participant/streams-missing',
    'omits mediaStreams from roster entries',
    entryBecomes('mediaStreams', undefined),
    ['roster.media-streams'],
  ),
  fault(
    'roster.participant/info-of-another-type',
    'sends info of type identity in roster entries',
    onEntry((entry) => void (objectOf(entry['info'])['@odata.type'] = '#microsoft.graph.identity')),
  ),
  fault(
    'roster.participant/identity-beside-info',
    'sends the identity next to info instead of in it',
    onEntry((entry) => {
      entry['identity'] = objectOf(entry['info'])['identity'] ?? null;
      delete entry['info'];
    }),
    unread,
  ),

  fault('roster.media-streams/none', 'sends an empty mediaStreams in roster entries', entryBecomes('mediaStreams', [])),
  fault(
    'roster.media-streams/direction-unknown',
    'sends the unknown direction both for media streams',
    streamBecomes('direction', 'both'),
  ),
  fault(
    'roster.media-streams/direction-capitalised',
    'sends the direction SendReceive, with a capital letter, for media streams',
    streamBecomes('direction', 'SendReceive'),
  ),
  fault(
    'roster.media-streams/direction-missing',
    'omits direction from media streams',
    streamBecomes('direction', undefined),
  ),
  fault(
    'roster.media-streams/server-muted-as-text',
    'sends serverMuted as a string in media streams',
    streamBecomes('serverMuted', 'false'),
  ),
  fault(
    'roster.media-streams/server-muted-missing',
    'omits serverMuted from media streams',
    streamBecomes('serverMuted', undefined),
  ),
  fault(
    'roster.media-streams/media-type-missing',
    'omits mediaType from media streams',
    streamBecomes('mediaType', undefined),
  ),
  fault(
    'roster.media-streams/source-id-number',
    'sends sourceId as a number in media streams',
    streamBecomes('sourceId', 1),
  ),
  fault(
    'roster.media-streams/source-id-missing',
    'omits sourceId from media streams',
    streamBecomes('sourceId', undefined),
  ),

  fault('roster.joined/muted', 'lists invitees as muted in the roster', entryBecomes('isMuted', true)),
  fault('roster.joined/in-lobby', 'lists invitees as in the lobby in the roster', entryBecomes('isInLobby', true)),
  fault(
    'roster.joined/rest-in-lobby',
    'lists all invitees but the first as in the lobby in the roster',
    onRoster((change) => {
      for (const entry of objectsIn(change['resourceData']).slice(1)) entry['isInLobby'] = true;
    }),
  ),
];
