/**
 * Holds the generated types against the ones that Microsoft publishes. The comparison happens when this file is compiled:
 * where the types come to differ in another way than is written here, `tsc` refuses the file.
 */
import type * as Graph from '@microsoft/microsoft-graph-types';
import type * as Ours from '../../schemas';

/** The type without null and absence, all the way down. */
type Filled<T> = T extends readonly (infer I)[]
  ? Filled<NonNullable<I>>[]
  : T extends object
    ? { [K in keyof T]-?: Filled<NonNullable<T[K]>> }
    : T;

/** Properties of both for which ours allows what Microsoft's doesn't. */
type Wider<A, B> = {
  [K in keyof A & keyof B]-?: Pick<A, K> extends Pick<B, K> ? never : K;
}[keyof A & keyof B];

/** Properties of both for which ours refuses what Microsoft's allows, null and absence aside. */
type Narrower<A, B> = {
  [K in keyof A & keyof B]-?: Filled<NonNullable<B[K]>> extends NonNullable<A[K]> ? never : K;
}[keyof A & keyof B];

/** Properties of ours alone. The OData type is one, always: Microsoft's types never have it. */
type Extra<A, B> = Exclude<keyof A, keyof B | '@odata.type'>;

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** True when the two types differ in exactly the properties named; otherwise what they differ in, for tsc to print. */
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
  // Dynamic properties, which the metadata leaves out as it declares the type open. The page shows them.
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
  // The metadata's names are in PascalCase, which the wire does not keep to, and not nullable, where null is a status that
  // the linked page knows.
  commsOperation: true satisfies Differ<Ours.CommsOperation, Graph.CommsOperation, 'status'>,
  inviteParticipantsOperation: true satisfies Differ<
    Ours.InviteParticipantsOperation,
    Graph.InviteParticipantsOperation,
    'status'
  >,
  // resourceData comes as additional data; resource is in no documentation but the examples.
  commsNotification: true satisfies Differ<
    Ours.CommsNotification,
    Graph.CommsNotification,
    never,
    'resource' | 'resourceData'
  >,
  // New kinds of media appear.
  mediaStream: true satisfies Differ<Ours.MediaStream, Graph.MediaStream, 'mediaType'>,
  // New kinds of endpoint appear; the rest is of invitationParticipantInfo, which the page's rosters use instead.
  participantInfo: true satisfies Differ<
    Ours.ParticipantInfo,
    Graph.ParticipantInfo,
    'endpointType',
    'replacesCallId' | 'hidden' | 'removeFromDefaultAudioRoutingGroup'
  >,
  // Null in every example, a key in the metadata; info and mediaStreams are wider as told above.
  participant: true satisfies Differ<Ours.Participant, Graph.Participant, 'id' | 'info' | 'mediaStreams'>,
  // Loosely typed: null everywhere, any string for what the metadata enumerates.
  call: true satisfies Differ<
    Ours.Call,
    Graph.Call,
    'id' | 'callbackUri' | 'state' | 'direction' | 'requestedModalities' | 'source',
    'terminationReason'
  >,
};

test('the types differ from the published ones where the comments say, as the compiler has shown', () => {
  const verdicts = Object.values({ ...same, ...different });
  expect(verdicts).toEqual(Array(13).fill(true));
});
