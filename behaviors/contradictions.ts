import { EDITIONS, type Edition, type LaterEdition } from './edition';

/** Where the page contradicts itself or what it links to, and the reading taken here. */
export interface Contradiction<Id extends string = string> {
  id: string;
  /** What stands against what. */
  contradiction: string;
  /** What the suite holds an implementation to, and why. */
  reading: string;
  /** Lines of the page. */
  lines: readonly number[];
  /** Behaviours that the reading decides. */
  behaviors: readonly Id[];
  /** The later editions in which the page no longer contradicts itself, and how. */
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
    reading: 'any case: the real service mixes them as well',
    lines: [128, 185],
    behaviors: ['response.status-running', 'response.status-in-progress', 'completion.status', 'failure.announced'],
  },
  {
    id: 'permission-name',
    contradiction: 'Calls.InitiateGroupCalls.All on the page, Calls.InitiateGroupCall.All everywhere else',
    reading: 'either name counts as the permission: the second is the one that can be granted',
    lines: [27],
    behaviors: ['authorization.application-permission'],
    resolved: { '2025-07-23': 'Calls.InitiateGroupCall.All there too' },
  },
  {
    id: 'location-not-in-examples',
    contradiction: 'the prose promises a Location header, and no example shows one',
    reading: 'the prose wins: examples may be shortened, and the sibling pages show the header',
    lines: [50, 122, 322, 571, 776],
    behaviors: ['response.location', 'response.location-operation'],
  },
  {
    id: 'example-2-replaces',
    contradiction:
      "Example 2 gives both participants a replacesCallId, against the page's own rule, and shows both accepted with it nulled",
    reading:
      'the rule wins; several participants are invited without replacesCallId, and the body of Example 2 is never sent as it stands',
    lines: [269, 281, 334, 348, 504],
    behaviors: ['multiple.accepted', 'replace.first-only-accepted', 'replace.first-only-response'],
  },
  {
    id: 'example-2-operation-path',
    contradiction: 'the completion of Example 2 is about /operations/participants and its id is null',
    reading: 'the id and the path of the other examples: an operation is named by its id',
    lines: [381, 382, 411],
    behaviors: ['completion.resource-url', 'completion.operation-id'],
  },
  {
    id: 'example-2-roster-path',
    contradiction: 'the roster of Example 2 is about /operations/participants',
    reading: '/participants, as in the other examples',
    lines: [437, 438],
    behaviors: ['roster.resource-url'],
  },
  {
    id: 'example-3-roster-call',
    contradiction: 'the roster of Example 3 names the replaced call',
    reading: 'the group call: a peer-to-peer call has no roster notifications',
    lines: [663, 664],
    behaviors: ['roster.resource-url'],
  },
  {
    id: 'application-identity',
    contradiction: 'a user was invited, and the roster shows the same id as application',
    reading: 'the identity that was invited: the same id under another kind is a slip of the pen',
    lines: [221, 446],
    behaviors: ['roster.invitees'],
  },
  {
    id: 'roster-info-type',
    contradiction: 'info is typed invitationParticipantInfo in Examples 1 to 3, participantInfo in Example 4',
    reading: 'both are accepted',
    lines: [218, 669, 875],
    behaviors: ['roster.participant'],
  },
  {
    id: 'participant-id-null',
    contradiction: 'the ids of participants in rosters are null, and the metadata says that id is the key',
    reading: 'null, absent or a string',
    lines: [239, 691, 896],
    behaviors: ['roster.participant'],
  },
  {
    id: 'resource-prefix',
    contradiction: '/app/… beside /communications/…',
    reading: 'only resourceUrl is judged, with either prefix',
    lines: [168, 169, 212, 213],
    behaviors: ['notification.resource-url', 'completion.resource-url', 'roster.resource-url'],
  },
  {
    id: 'roster-extent',
    contradiction: 'the examples list the invitees alone, the real service lists everybody in the call',
    reading: 'a roster contains the invitees; it need not equal them',
    lines: [214, 439, 878],
    behaviors: ['roster.invitees'],
  },
  {
    id: 'null-padding',
    contradiction: 'examples of different width beside the promise that all properties are returned',
    reading: 'absent and null are the same',
    lines: [60, 133, 787],
    behaviors: ['response.operation', 'completion.operation', 'response.result-info'],
  },
  {
    id: 'content-length-464',
    contradiction: 'a Content-Length of 464 that fits no form of the body shown',
    reading: 'ignored',
    lines: [737],
    behaviors: [],
  },
  {
    id: 'pstn-peer-call-note',
    contradiction: 'Example 4 repeats the note about the replaced call, and nothing is replaced there',
    reading: 'the note holds for Example 3 alone',
    lines: [905],
    behaviors: ['replace.peer-call-terminated', 'replace.peer-call-deleted'],
  },
  {
    id: 'single-replaces',
    contradiction: 'Example 1 invites one participant to a group call, and with a replacesCallId',
    reading: 'a single invitation carries none; replacing has scenarios of its own',
    lines: [79, 134],
    behaviors: ['request.route', 'response.replaces-call-id'],
  },
] as const satisfies readonly Contradiction[];
