import { EDITIONS, type Edition, type LaterEdition } from './edition';

/** A place where the page contradicts itself or a linked page, and the suite's reading. */
export interface Contradiction<Id extends string = string> {
  id: string;
  /** The statements that contradict each other. */
  contradiction: string;
  /** What the suite requires of an implementation, and why. */
  reading: string;
  /** Line numbers of the page. */
  lines: readonly number[];
  /** Behaviours that depend on the reading. */
  behaviors: readonly Id[];
  /** Later editions without the contradiction, and how the page resolves it. */
  resolved?: Partial<Record<LaterEdition, string>>;
}

/** The contradictions of an edition. */
export function contradictionsIn(edition: Edition): readonly Contradiction[] {
  const all: readonly Contradiction[] = contradictions;
  return all.filter(({ resolved }) => edition === EDITIONS[0] || resolved?.[edition] === undefined);
}

export const contradictions = [
  {
    id: 'status-casing',
    contradiction:
      'Running in responses, completed in notifications, camelCase on the linked page, PascalCase in the metadata',
    reading: 'case does not matter: the real service also mixes them',
    lines: [128, 185],
    behaviors: ['response.status-running', 'response.status-in-progress', 'completion.status', 'failure.announced'],
  },
  {
    id: 'permission-name',
    contradiction: 'Calls.InitiateGroupCalls.All on the page, Calls.InitiateGroupCall.All everywhere else',
    reading: 'both names count as the permission: only the second one can be granted',
    lines: [27],
    behaviors: ['authorization.application-permission'],
    resolved: { '2025-07-23': 'the page also uses Calls.InitiateGroupCall.All' },
  },
  {
    id: 'location-not-in-examples',
    contradiction: 'the text promises a Location header, but no example shows one',
    reading: 'the text wins: examples may be shortened, and related pages show the header',
    lines: [50, 122, 322, 571, 776],
    behaviors: ['response.location', 'response.location-operation'],
  },
  {
    id: 'example-2-replaces',
    contradiction:
      "Example 2 gives both participants a replacesCallId, against the page's own rule, and its response lists both with replacesCallId null",
    reading:
      'the rule wins: the suite invites several participants without replacesCallId, and never sends the body of Example 2 unchanged',
    lines: [269, 281, 334, 348, 504],
    behaviors: ['multiple.accepted', 'replace.first-only-accepted', 'replace.first-only-response'],
  },
  {
    id: 'example-2-operation-path',
    contradiction: 'the completion of Example 2 has the path /operations/participants, and its id is null',
    reading: 'id and path as in the other examples: the path contains the id of the operation',
    lines: [381, 382, 411],
    behaviors: ['completion.resource-url', 'completion.operation-id'],
  },
  {
    id: 'example-2-roster-path',
    contradiction: 'the roster of Example 2 has the path /operations/participants',
    reading: 'the path /participants, as in the other examples',
    lines: [437, 438],
    behaviors: ['roster.resource-url'],
  },
  {
    id: 'example-3-roster-call',
    contradiction: 'the roster of Example 3 has the path of the replaced call',
    reading: 'the path of the group call: a peer-to-peer call has no roster notifications',
    lines: [663, 664],
    behaviors: ['roster.resource-url'],
  },
  {
    id: 'application-identity',
    contradiction: 'a user was invited, but the roster shows the same id as an application',
    reading: 'the roster lists the identity that was invited: the other kind is a mistake in the example',
    lines: [221, 446],
    behaviors: ['roster.invitees'],
  },
  {
    id: 'roster-info-type',
    contradiction: 'info has the type invitationParticipantInfo in Examples 1 to 3, and participantInfo in Example 4',
    reading: 'both types are accepted',
    lines: [218, 669, 875],
    behaviors: ['roster.participant'],
  },
  {
    id: 'participant-id-null',
    contradiction: 'the ids of participants in rosters are null, although id is the key according to the metadata',
    reading: 'id may be null, absent or a string',
    lines: [239, 691, 896],
    behaviors: ['roster.participant'],
  },
  {
    id: 'resource-prefix',
    contradiction: 'some paths begin with /app/, others with /communications/',
    reading: 'only resourceUrl is judged, and either prefix is accepted',
    lines: [168, 169, 212, 213],
    behaviors: ['notification.resource-url', 'completion.resource-url', 'roster.resource-url'],
  },
  {
    id: 'roster-extent',
    contradiction: 'the examples list only the invitees, the real service lists everybody in the call',
    reading: 'a roster must contain the invitees; it may contain others',
    lines: [214, 439, 878],
    behaviors: ['roster.invitees'],
  },
  {
    id: 'null-padding',
    contradiction: 'the examples show different properties, although the page promises that all are returned',
    reading: 'absent and null mean the same',
    lines: [60, 133, 787],
    behaviors: ['response.operation', 'completion.operation', 'response.result-info'],
  },
  {
    id: 'content-length-464',
    contradiction: 'a Content-Length of 464 does not match the body of the example, however it is formatted',
    reading: 'ignored',
    lines: [737],
    behaviors: [],
  },
  {
    id: 'pstn-peer-call-note',
    contradiction: 'Example 4 repeats the note about the replaced call, but replaces no call',
    reading: 'the note applies only to Example 3',
    lines: [905],
    behaviors: ['replace.peer-call-terminated', 'replace.peer-call-deleted'],
  },
  {
    id: 'single-replaces',
    contradiction: 'Example 1 invites one participant to a group call, but with a replacesCallId',
    reading: 'a plain invitation has no replacesCallId; the scenario replace tests replacing',
    lines: [79, 134],
    behaviors: ['request.route', 'response.replaces-call-id'],
  },
] as const satisfies readonly Contradiction[];
