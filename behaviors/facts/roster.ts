import { rosterEntryIdentities, isSameIdentity } from '../../history/identities';
import { hasCall, sentTo } from '../../history/lookup';
import { arrivedAfter, isDeltaOf, rosterOf, type Notification } from '../../history/notifications';
import { isObject, arrayMember, member, stringMember, type JsonObject } from '../../history/values';
import type { Invitation, Run } from '../../history/run-view';
import { check } from '../../schemas';
import type { Deviation, Place, Value } from '../finding';
import { memberOf, identitiesValue, valueOf } from '../finding-values';
import {
  absentFromRosters,
  arrivals,
  completionOf,
  entriesFor,
  inNotification,
  rostersShowing,
  rostersSince,
  violates,
} from './evidence';
import { fact, type Fact } from './fact';
import { lateDeviation } from './completion';
import { orderOf } from './proved-order';

/** Facts about the roster updates that follow an accepted invitation. */

const announced = fact(['joined', 'wholeRoster'], (invitation, run) => {
  const [first] = rostersSince(invitation);
  if (!first) {
    const at: Place = { event: invitation.exchange.n, part: 'time' };
    const expected: Value = { is: 'allowed', allowed: 'a roster update to the callback of the call' };
    return { expected, observed: arrivals(run, invitation, invitation.rostersAnywhere), at: [at] };
  }
  // With other invitations to the same call, the first roster may be theirs.
  const alone = sentTo(run, invitation.callId).every((other) => other === invitation);
  if (!alone) return undefined;
  const due = completionOf(invitation)?.delivery.headersAt ?? invitation.exchange.response?.endAt ?? 0;
  return lateDeviation(arrivedAfter(first.delivery, due), run, first.delivery.n);
});

/** Roster updates that show an invitee or, if none does, all since the invitation. */
function judgedRosters(invitation: Invitation): Notification[] {
  const showing = rostersShowing(invitation);
  return showing.length > 0 ? showing : rostersSince(invitation);
}

/** Creates a fact that every roster update must satisfy; the first deviation is reported. */
function ofEachRoster(
  deviation: (roster: Notification, invitation: Invitation, run: Run) => Deviation | undefined,
  rosters: (invitation: Invitation, run: Run) => Notification[] = judgedRosters,
): Fact {
  return fact(['joined', 'wholeRoster', 'roster'], (invitation, run) => {
    for (const roster of rosters(invitation, run)) {
      const found = deviation(roster, invitation, run);
      if (found) return found;
    }
    return undefined;
  });
}

const changeType = ofEachRoster((roster) =>
  roster.changeType === 'updated'
    ? undefined
    : {
        expected: { is: 'json', value: 'updated' },
        observed: memberOf(roster.item, 'changeType'),
        at: [inNotification(roster, '.changeType')],
      },
);

/** Adds rosters of other calls of the run at this call's callback: they are judged even if this call's own roster is right. */
function withStrayed(invitation: Invitation, run: Run): Notification[] {
  const strayed = invitation.rosters.filter(
    ({ resource }) => resource !== undefined && resource.callId !== invitation.callId && hasCall(run, resource.callId),
  );
  return [...new Set([...judgedRosters(invitation), ...strayed])];
}

const resourceUrl = ofEachRoster((roster, invitation, run) => {
  const { resource } = roster;
  const right = resource?.documented === true && resource.part === 'participants';
  if (right && resource.callId === invitation.callId) return undefined;
  const other = run.calls.find(({ callId }) => callId === resource?.callId && callId !== invitation.callId);
  return {
    expected: { is: 'resource', path: `/communications/calls/${invitation.callId}/participants` },
    observed: memberOf(roster.item, 'resourceUrl'),
    at: [inNotification(roster, '.resourceUrl')],
    ...(other ? { belongsTo: other.key } : {}),
  };
}, withStrayed);

/** Whether an entry is an element of a roster: a participant or, if the bot asked for deltas, a delta with its number. */
function isElement(entry: unknown): boolean {
  if (isDeltaOf(entry)) return Number.isSafeInteger(member(entry, 'sequenceNumber'));
  const type = stringMember(entry, '@odata.type');
  return isObject(entry) && (type === undefined || type === '#microsoft.graph.participant');
}

/** The deltas in a roster update, each with its path in the notification. */
function deltasIn({ data }: Notification): { path: string; delta: unknown }[] {
  const elements: unknown[] = Array.isArray(data) ? data : [data];
  return elements.flatMap((delta, i) =>
    isDeltaOf(delta) ? [{ path: Array.isArray(data) ? `.resourceData[${i}]` : '.resourceData', delta }] : [],
  );
}

/** The deviation that a delta's number is not greater than that of a delta which provably arrived earlier. */
function notIncreasing(roster: Notification, { rosters }: Invitation, run: Run): Deviation | undefined {
  const [own] = deltasIn(roster);
  if (own === undefined) return undefined;
  const before = rosters
    .filter((other) => other !== roster && orderOf(other, roster, run) === 'before')
    .flatMap(deltasIn)
    .map(({ delta }) => Number(member(delta, 'sequenceNumber')))
    .reduce((most, number) => (number > most ? number : most), -Infinity);
  if (Number(member(own.delta, 'sequenceNumber')) > before) return undefined;
  return {
    expected: { is: 'allowed', allowed: `a number greater than ${before}, the previous one` },
    observed: memberOf(own.delta, 'sequenceNumber'),
    at: [inNotification(roster, `${own.path}.sequenceNumber`)],
  };
}

const collection = ofEachRoster((roster, invitation, run) => {
  const { data } = roster;
  if (!Array.isArray(data)) {
    return {
      expected: { is: 'allowed', allowed: 'an array of participant' },
      observed: memberOf(roster.item, 'resourceData'),
      at: [inNotification(roster, '.resourceData')],
    };
  }
  const wrong = data.findIndex((entry: unknown) => !isElement(entry));
  if (wrong === -1) return notIncreasing(roster, invitation, run);
  const element: unknown = data[wrong];
  const path = `.resourceData[${wrong}]`;
  if (isDeltaOf(element)) {
    return {
      expected: { is: 'allowed', allowed: 'an integer' },
      observed: memberOf(element, 'sequenceNumber'),
      at: [inNotification(roster, `${path}.sequenceNumber`)],
    };
  }
  return {
    expected: { is: 'allowed', allowed: 'a participant' },
    observed: valueOf(element),
    at: [inNotification(roster, path)],
  };
});

const invitees = fact(['joined', 'wholeRoster', 'roster'], (invitation, run) => {
  const absent = absentFromRosters(invitation, invitation.record.invitees);
  if (absent.length === 0) return undefined;
  const rosters = rostersSince(invitation);
  // Several rosters list the same people.
  const listed = new Map(
    rosters
      .flatMap(rosterOf)
      .flatMap(({ entry }) => rosterEntryIdentities(entry))
      .map((one) => [JSON.stringify([one.kind, one.id]), one]),
  );
  return {
    expected: identitiesValue(invitation.record.invitees, invitation, run),
    observed: identitiesValue([...listed.values()], invitation, run),
    at: rosters.map((roster) => inNotification(roster, '.resourceData')),
  };
});

type Entry = { roster: Notification; path: string; entry: JsonObject };

function inviteeEntries(invitation: Invitation): Entry[] {
  return rostersSince(invitation).flatMap((roster) =>
    entriesFor(roster, invitation.record.invitees).map((at) => ({ ...at, roster })),
  );
}

/** A place in an entry of a roster. */
function inEntry({ roster, path }: Entry, name = ''): Place {
  return { event: roster.delivery.n, part: 'body', path: `${path}${name}` };
}

const participant = fact(['joined', 'wholeRoster', 'showing'], (invitation) => {
  for (const entry of inviteeEntries(invitation)) {
    const deviation = violates(check('participant', entry.entry), inEntry(entry));
    if (deviation) return deviation;
  }
  return undefined;
});

/** Creates a fact that some entry of each invitee must satisfy, in any update: a later update may complete an earlier one. */
function inSomeUpdate(shows: (entry: JsonObject) => boolean, deviation: (first: Entry) => Deviation): Fact {
  return fact(['joined', 'wholeRoster', 'showing'], (invitation) => {
    const entries = inviteeEntries(invitation);
    for (const invitee of invitation.record.invitees) {
      const own = entries.filter(({ entry }) =>
        rosterEntryIdentities(entry).some((other) => isSameIdentity(invitee, other)),
      );
      const [first] = own;
      if (first && !own.some(({ entry }) => shows(entry))) return deviation(first);
    }
    return undefined;
  });
}

/** Whether a roster's entry has a media stream that satisfies its schema. */
export function hasStream(entry: JsonObject): boolean {
  return (arrayMember(entry, 'mediaStreams') ?? []).some((stream) => check('media-stream', stream).length === 0);
}

const mediaStreams = inSomeUpdate(hasStream, (first) => {
  const streams = arrayMember(first.entry, 'mediaStreams') ?? [];
  for (const [i, stream] of streams.entries()) {
    const violated = violates(check('media-stream', stream), inEntry(first, `.mediaStreams[${i}]`));
    if (violated) return violated;
  }
  return {
    expected: { is: 'allowed', allowed: 'at least one mediaStream' },
    observed: memberOf(first.entry, 'mediaStreams'),
    at: [inEntry(first, '.mediaStreams')],
  };
});

function hasJoined(entry: JsonObject): boolean {
  return member(entry, 'isMuted') !== true && member(entry, 'isInLobby') !== true;
}

const joined = inSomeUpdate(hasJoined, (first) => {
  const key = member(first.entry, 'isMuted') === true ? 'isMuted' : 'isInLobby';
  return {
    expected: { is: 'json', value: false },
    observed: memberOf(first.entry, key),
    at: [inEntry(first, `.${key}`)],
  };
});

/** A hidden invitee is in no roster, wherever it is delivered. */
const hiddenAbsent = fact(['accepted'], (invitation, run) => {
  const { invitees: hidden } = invitation.record;
  const showing = rostersShowing(invitation, invitation.rostersAnywhere);
  const at = showing.flatMap((roster) =>
    entriesFor(roster, hidden).map(({ path }): Place => ({ event: roster.delivery.n, part: 'body', path })),
  );
  if (at.length === 0) return undefined;
  const shown = showing.flatMap(rosterOf).flatMap(({ entry }) => rosterEntryIdentities(entry));
  return {
    expected: { is: 'identities', identities: [] },
    observed: identitiesValue(
      hidden.filter((one) => shown.some((other) => isSameIdentity(one, other))),
      invitation,
      run,
    ),
    at,
  };
});

export const rosterFacts = {
  'roster.announced': announced,
  'roster.change-type': changeType,
  'roster.resource-url': resourceUrl,
  'roster.collection': collection,
  'roster.invitees': invitees,
  'roster.participant': participant,
  'roster.media-streams': mediaStreams,
  'roster.joined': joined,
  'roster.hidden-absent': hiddenAbsent,
};
