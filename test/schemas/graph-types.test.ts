/**
 * Compares the generated types with those that Microsoft publishes, at compile time: `tsc` refuses this file if the
 * types differ in another way than stated here.
 */
import type * as Graph from '@microsoft/microsoft-graph-types';
import type * as Ours from '../../schemas';

/** The type without null and undefined, recursively. */
type Filled<T> = T extends readonly (infer I)[]
  ? Filled<NonNullable<I>>[]
  : T extends object
    ? { [K in keyof T]-?: Filled<NonNullable<T[K]>> }
    : T;

/** Common properties that the suite's type allows more values for. */
type Wider<A, B> = {
  [K in keyof A & keyof B]-?: Pick<A, K> extends Pick<B, K> ? never : K;
}[keyof A & keyof B];

/** Common properties that the suite's type allows fewer values for, apart from null and undefined. */
type Narrower<A, B> = {
  [K in keyof A & keyof B]-?: Filled<NonNullable<B[K]>> extends NonNullable<A[K]> ? never : K;
}[keyof A & keyof B];

/** Properties that only the suite's type has. @odata.type is not counted: Microsoft's types never have it. */
type Extra<A, B> = Exclude<keyof A, keyof B | '@odata.type'>;

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** True if the two types differ exactly in the named properties; otherwise their differences, for tsc to print. */
type Differ<A, B, W = never, E = never, N = never> = [
  Equal<Wider<A, B>, W>,
  Equal<Extra<A, B>, E>,
  Equal<Narrower<A, B>, N>,
] extends [true, true, true]
  ? true
  : { wider: Wider<A, B>; extra: Extra<A, B>; narrower: Narrower<A, B> };

const same = {
  identity: true satisfies Differ<Ours.Identity, Graph.Identity>,
  chatInfo: true satisfies Differ<Ours.ChatInfo, Graph.ChatInfo>,
  resultInfo: true satisfies Differ<Ours.ResultInfo, Graph.ResultInfo>,
  commsNotifications: true satisfies Differ<Ours.CommsNotifications, Graph.CommsNotifications>,
};

const different = {
  // Dynamic properties, which the metadata omits because the type is open. The page shows them.
  identitySet: true satisfies Differ<
    Ours.IdentitySet,
    Graph.IdentitySet,
    never,
    'phone' | 'guest' | 'encrypted' | 'onPremises' | 'applicationInstance'
  >,
  // The page's responses show both; the metadata has neither.
  invitationParticipantInfo: true satisfies Differ<
    Ours.InvitationParticipantInfo,
    Graph.InvitationParticipantInfo,
    never,
    'endpointType' | 'id'
  >,
  // The metadata's names are in PascalCase, unlike real messages, and not nullable, although the linked page allows a
  // null status.
  commsOperation: true satisfies Differ<Ours.CommsOperation, Graph.CommsOperation, 'status'>,
  inviteParticipantsOperation: true satisfies Differ<
    Ours.InviteParticipantsOperation,
    Graph.InviteParticipantsOperation,
    'status'
  >,
  // resourceData is sent as additional data; resource is documented only in the examples.
  commsNotification: true satisfies Differ<
    Ours.CommsNotification,
    Graph.CommsNotification,
    never,
    'resource' | 'resourceData'
  >,
  // New kinds of media may be added.
  mediaStream: true satisfies Differ<Ours.MediaStream, Graph.MediaStream, 'mediaType'>,
  // New kinds of endpoint may be added; the rest is of invitationParticipantInfo, which the page's rosters use instead.
  participantInfo: true satisfies Differ<
    Ours.ParticipantInfo,
    Graph.ParticipantInfo,
    'endpointType',
    'replacesCallId' | 'hidden' | 'removeFromDefaultAudioRoutingGroup'
  >,
  // id is null in every example, and a key in the metadata; info and mediaStreams are wider as stated above.
  participant: true satisfies Differ<Ours.Participant, Graph.Participant, 'id' | 'info' | 'mediaStreams'>,
  // Loosely typed: every property nullable, any string for the metadata's enumerations.
  call: true satisfies Differ<
    Ours.Call,
    Graph.Call,
    'id' | 'callbackUri' | 'state' | 'direction' | 'requestedModalities' | 'source',
    'terminationReason'
  >,
};

test('the types differ from the published ones only as the comments state, which the compiler has checked', () => {
  const verdicts = Object.values({ ...same, ...different });
  expect(verdicts).toEqual(Array(13).fill(true));
});
