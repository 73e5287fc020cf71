import { check } from '../schemas';
import { listedIn, namedAll, same } from '../history/identities';
import { spellingsOf } from '../history/location';
import { cameAfter, isDelta, rosterOf, type Notification } from '../history/notifications';
import { isObject, list, member, show, shown, text, type JsonObject } from '../history/values';
import type { Invitation, Run } from '../history/view';
import type { Behavior } from './behavior';
import {
  absentFromRosters,
  completionOf,
  entriesFor,
  failedLater,
  placeOf,
  rostersShowing,
  rostersSince,
  SHOWN,
} from './evidence';
import { failed, passed, perInvitation, untested, whenAccepted, type Said, waiting } from './judging';

const OPT_IN =
  'the roster came as deltaParticipants, a form that a bot asks for and that this edition does not describe: it is not judged';

/** Only for invitations that were accepted and not announced as failed: those bring a roster update. */
function whenJoined(say: (invitation: Invitation, run: Run) => Said | undefined) {
  return whenAccepted((invitation, run) => {
    if (failedLater(invitation)) return waiting('the operation was announced as failed', 'completion.status');
    const delta = rostersSince(invitation).find(isDelta);
    return delta ? untested(OPT_IN, 'Send the whole roster.', [delta.delivery.n]) : say(invitation, run);
  });
}

/** A judge of the roster updates that show an invitee or, where none does, of all that came after the invitation. */
function perRoster(say: (roster: Notification, invitation: Invitation, run: Run) => Said) {
  return perInvitation(
    whenJoined((invitation, run) => {
      const showing = rostersShowing(invitation);
      const rosters = showing.length > 0 ? showing : rostersSince(invitation);
      if (rosters.length === 0) return waiting('no roster update came', 'roster.announced', 'roster.resource-url');
      return firstFault(rosters.map((roster) => ({ said: say(roster, invitation, run), n: roster.delivery.n })));
    }),
  );
}

function firstFault(all: { said: Said; n: number }[]): Said {
  const fault = all.find(({ said }) => said.verdict === 'failed');
  if (fault?.said.verdict !== 'failed') return passed();
  return { ...fault.said, events: [...(fault.said.events ?? []), fault.n] };
}

type Entry = { path: string; entry: JsonObject; n: number };

function inviteeEntries(invitation: Invitation): Entry[] {
  return rostersSince(invitation).flatMap((roster) =>
    entriesFor(roster, invitation.record.invitees).map((at) => ({ ...at, n: roster.delivery.n })),
  );
}

function announced(invitation: Invitation, run: Run): Said {
  const [first] = rostersSince(invitation);
  if (first) {
    const due = completionOf(invitation)?.delivery.headersAt ?? invitation.exchange.response?.endAt ?? 0;
    const after = cameAfter(first.delivery, due);
    const alone = run.invitations.every((other) => other === invitation || other.callId !== invitation.callId);
    if (!alone || after <= run.header.timeoutMs) return passed();
    const hint = `Raise --timeout-ms above ${run.header.timeoutMs} if that is as it should be.`;
    return failed(`${placeOf(first)} came ${Math.round(after)} ms after the completion`, hint, [first.delivery.n]);
  }
  return failed(
    'no roster update came to the callback of the call',
    `Post the roster (resourceUrl …/participants) to ${invitation.call.callbackUri} once the invitees have joined.`,
  );
}

function resourceUrl(roster: Notification, invitation: Invitation, run: Run): Said {
  const { resource } = roster;
  const right = resource?.documented === true && resource.part === 'participants';
  if (right && resource.callId === invitation.callId) return passed();
  const other = run.calls.find(({ callId }) => callId === resource?.callId && callId !== invitation.callId);
  const spelling = resource && spellingsOf(resource, invitation.callId);
  const which = other ? `, which is the call of ${other.key}` : spelling === undefined ? '' : `, with ${spelling}`;
  return failed(
    `${placeOf(roster)}.resourceUrl is ${shown(roster.item, 'resourceUrl')}${which}`,
    "Name the participants of the call that the invitation was sent to, and post it to that call's callback alone.",
    [],
    `resourceUrl is /communications/calls/${invitation.callId}/participants`,
  );
}

/** A roster of another call of the run at this call's callback is judged even where this call's own roster is right. */
function resourceUrls(invitation: Invitation, run: Run): Said | undefined {
  const ids = new Set(run.calls.map((call) => call.callId));
  const showing = rostersShowing(invitation);
  const strayed = invitation.rosters.filter(
    ({ resource }) => resource !== undefined && resource.callId !== invitation.callId && ids.has(resource.callId),
  );
  const rosters = [...new Set([...(showing.length > 0 ? showing : rostersSince(invitation)), ...strayed])];
  if (rosters.length === 0) return waiting('no roster update came', 'roster.announced', 'roster.resource-url');
  return firstFault(rosters.map((roster) => ({ said: resourceUrl(roster, invitation, run), n: roster.delivery.n })));
}

function collection(roster: Notification): Said {
  const hint = 'Send resourceData as an array of participant, also for one.';
  const at = `${placeOf(roster)}.resourceData`;
  const { data } = roster;
  if (!Array.isArray(data)) return failed(`${at} is ${shown(roster.item, 'resourceData')}`, hint);
  const wrong = data.findIndex((entry: unknown) => {
    const type = text(entry, '@odata.type');
    return !isObject(entry) || (type !== undefined && type !== '#microsoft.graph.participant');
  });
  return wrong === -1 ? passed() : failed(`${at}[${wrong}] is ${show(data[wrong])}, which is no participant`, hint);
}

function invitees(invitation: Invitation): Said {
  const rosters = rostersSince(invitation);
  if (rosters.length === 0) return waiting('no roster update came', 'roster.announced', 'roster.resource-url');
  const absent = absentFromRosters(invitation, invitation.record.invitees);
  if (absent.length === 0) return passed();
  const listed = rosters.flatMap(rosterOf).flatMap(({ entry }) => listedIn(entry));
  const otherKind = listed.find((other) => absent.some((identity) => identity.id === other.id));
  return failed(
    `${namedAll(absent)} in none of ${rosters.length} roster update(s), which show ${namedAll(listed)}`,
    otherKind
      ? `The id is there, but as ${otherKind.kind}: show the identity as the kind that was invited, as the documentation's third example does.`
      : 'Let the roster update list everybody who joined by the invitation.',
    rosters.map((roster) => roster.delivery.n),
  );
}

function participant(invitation: Invitation): Said {
  const entries = inviteeEntries(invitation);
  if (entries.length === 0) return waiting('no roster update shows an invitee', ...SHOWN);
  for (const { path, entry, n } of entries) {
    const violations = check('participant', entry);
    if (violations.length === 0) continue;
    const seen = violations.slice(0, 4).map((v) => `${path}${v.path.slice(1)} is ${v.found}, not ${v.expected}`);
    return failed(`delivery ${n}: ${seen.join('; ')}`, 'Hold the entry against the resource participant.', [n]);
  }
  return passed();
}

/** Whether some entry of an invitee shows it, in whichever of the updates: a later update may complete an earlier one. */
function inSomeUpdate(
  shows: (entry: JsonObject) => boolean,
  members: string,
  hint: string,
  wrong: (entry: JsonObject) => string[] = () => [],
) {
  return (invitation: Invitation): Said => {
    const entries = inviteeEntries(invitation);
    if (entries.length === 0) return waiting('no roster update shows an invitee', ...SHOWN);
    for (const invitee of invitation.record.invitees) {
      const own = entries.filter(({ entry }) => listedIn(entry).some((other) => same(invitee, other)));
      const [first] = own;
      if (!first || own.some(({ entry }) => shows(entry))) continue;
      const seen = members.split(', ').map((name) => `${first.path}.${name} is ${shown(first.entry, name)}`);
      seen.push(...wrong(first.entry));
      return failed(`delivery ${first.n}: ${seen.join(', ')}`, hint, [first.n]);
    }
    return passed();
  };
}

function hasStream(entry: JsonObject): boolean {
  return (list(entry, 'mediaStreams') ?? []).some((stream) => check('media-stream', stream).length === 0);
}

function streamFaults(entry: JsonObject): string[] {
  return (list(entry, 'mediaStreams') ?? []).flatMap((stream, i) =>
    check('media-stream', stream).map(
      (fault) => `mediaStreams[${i}]${fault.path.slice(1)} is ${fault.found}, not ${fault.expected}`,
    ),
  );
}

function hasJoined(entry: JsonObject): boolean {
  return member(entry, 'isMuted') !== true && member(entry, 'isInLobby') !== true;
}

export const roster: Behavior[] = [
  {
    id: 'roster.announced',
    level: 'stated',
    statement: 'after a successful invitation a roster update arrives',
    source: { lines: [54] },
    judge: perInvitation(whenJoined(announced)),
  },
  {
    id: 'roster.change-type',
    level: 'shown',
    statement: 'changeType of the roster update is updated',
    source: { lines: [211] },
    judge: perRoster((update) =>
      update.changeType === 'updated'
        ? passed()
        : failed(`${placeOf(update)}.changeType is ${shown(update.item, 'changeType')}`, 'Send updated.'),
    ),
  },
  {
    id: 'roster.resource-url',
    level: 'shown',
    statement:
      'resourceUrl of the roster update is /communications/calls/{call id}/participants; an /app prefix or an absolute URL also counts',
    source: { lines: [213] },
    judge: perInvitation(whenJoined(resourceUrls)),
  },
  {
    id: 'roster.collection',
    level: 'shown',
    statement: 'resourceData of the roster update is an array of participant',
    source: { lines: [214] },
    judge: perRoster(collection),
  },
  {
    id: 'roster.invitees',
    level: 'stated',
    statement:
      'every invited identity (same kind, same id) is in a roster update after its invitation; others may be too',
    source: { lines: [54] },
    judge: perInvitation(whenJoined(invitees)),
  },
  {
    id: 'roster.participant',
    level: 'shown',
    statement:
      "each invitee's entry satisfies the schema of participant: info.identity, isMuted and isInLobby, mediaStreams",
    source: { lines: [216], linked: 'participant' },
    judge: perInvitation(whenJoined(participant)),
  },
  {
    id: 'roster.media-streams',
    level: 'shown',
    statement:
      "each invitee's entry has a mediaStream with mediaType, sourceId, a known direction and a boolean serverMuted",
    source: { lines: [228], linked: 'mediaStream' },
    judge: perInvitation(
      whenJoined(
        inSomeUpdate(
          hasStream,
          'mediaStreams',
          'List at least one stream: {"mediaType": "audio", "sourceId": "1", "direction": "sendReceive", "serverMuted": false}.',
          streamFaults,
        ),
      ),
    ),
  },
  {
    id: 'roster.joined',
    level: 'shown',
    statement: 'an invitee who joined is neither muted nor in the lobby',
    source: { lines: [237, 238] },
    judge: perInvitation(
      whenJoined(inSomeUpdate(hasJoined, 'isMuted, isInLobby', 'Admit who was invited at once, and unmuted.')),
    ),
  },
];
