import { isObject, arrayMember, member, stringMember, type JsonObject } from '../../history/values';
import { UsageError } from '../../common/errors';
import { catalogOf } from '../../behaviors/catalog';
import { EDITION, type Edition } from '../../behaviors/edition';
import ownPact from '../pacts/inviting-bot-participant-invite.json';
import pactOf2025 from '../pacts/inviting-bot-2025-07-23-participant-invite.json';
import { whyNotVerified } from './interaction-check';
import { kindOfNotification, type NotificationKind } from './notification-kind';

/** A pact and its origin. */
export interface NamedPact {
  where: string;
  content: unknown;
  /** The URL at which a Pact Broker accepts verification results, and the URL of the pact there. */
  resultsTo?: string;
  publishedFrom?: string;
  /** Whether the broker marks it as pending: its failures do not count at the gate. */
  pending?: boolean;
}

/** The provider name of this service in pacts, unless the user gives another one. */
export const PROVIDER = ownPact.provider.name;

/** The maximum number of interactions in a verification, over all pacts. */
export const MOST_INTERACTIONS = 1000;

export interface ProviderState {
  name: string;
  params: JsonObject;
}

/** The kind of an interaction: an accepted or refused invitation, another request, or a notification. */
export type Kind = 'accepted' | 'refused' | NotificationKind;

/** One interaction of a pact, with everything that its verification needs. */
export interface Interaction {
  /** Its description; in a pact of another bot it begins with the consumer's name. */
  name: string;
  description: string;
  provider: string;
  /** The consumer of the contract; undefined for the project's own. */
  consumer: string | undefined;
  states: ProviderState[];
  kind: Kind | undefined;
  /** Ids of the behaviours that the pact lists for the interaction. */
  covers: string[];
  /** The expected contents of a message. */
  contents: unknown;
  /** The expressions for values from provider states in the response or message, by JSON path. */
  fromStates: Record<string, string>;
  /** Whether its bot or the broker marks it as pending: it is verified and shown, and does not count at the gate. */
  pending: boolean;
  /** Why it can't be verified, whatever the target does; undefined if it can. */
  unverifiable: string | undefined;
  /** A fixed call id in its path, which no provider state supplies. */
  fixedCallId: string | undefined;
  /** A pact that contains only this interaction. */
  alone: JsonObject;
}

function statesOf(interaction: JsonObject): ProviderState[] {
  const states = arrayMember(interaction, 'providerStates');
  const old = stringMember(interaction, 'providerState') ?? stringMember(interaction, 'provider_state');
  if (old !== undefined && states === undefined) return [{ name: old, params: {} }];
  return (states ?? []).flatMap((state) => {
    const name = stringMember(state, 'name');
    const params = member(state, 'params');
    return name === undefined ? [] : [{ name, params: isObject(params) ? params : {} }];
  });
}

function coversOf(interaction: JsonObject): string[] {
  const references = member(member(interaction, 'comments'), 'references');
  return (stringMember(member(references, 'invite-conformance'), 'covers') ?? '')
    .split(/\s+/)
    .filter((id) => id !== '');
}

function contentsOf(interaction: JsonObject): unknown {
  const contents = member(interaction, 'contents');
  // From version 4 on, the contents are next to their type.
  return isObject(contents) && 'contentType' in contents && 'content' in contents ? contents['content'] : contents;
}

function fromStatesOf(interaction: JsonObject): Record<string, string> {
  const owner = member(interaction, 'response') ?? interaction;
  const generators = member(member(owner, 'generators'), 'body');
  const found: Record<string, string> = {};
  for (const [path, generator] of Object.entries(isObject(generators) ? generators : {})) {
    const expression = stringMember(generator, 'expression');
    if (stringMember(generator, 'type') === 'ProviderState' && expression !== undefined) found[path] = expression;
  }
  return found;
}

/** The call id in a path, if no provider state supplies it. */
function fixedCallIdOf(interaction: JsonObject): string | undefined {
  const request = member(interaction, 'request');
  const generator = member(member(request, 'generators'), 'path');
  if (stringMember(generator, 'type') === 'ProviderState') return undefined;
  return /\/communications\/calls(?:\/|\(')([^/')?]+)/.exec(stringMember(request, 'path') ?? '')?.[1];
}

/** The parts of a pact that the Verifier needs besides an interaction; without plugins, which it would load. */
function envelopeOf(pact: JsonObject, consumer: string, provider: string): JsonObject {
  const metadata = member(pact, 'metadata');
  const kept = ['pactSpecification', 'pactSpecificationVersion', 'pact-specification'].flatMap((key) => {
    const value = member(metadata, key);
    return isObject(value) || typeof value === 'string' ? [[key, value] as const] : [];
  });
  return { consumer: { name: consumer }, provider: { name: provider }, metadata: Object.fromEntries(kept) };
}

function kindOf(interaction: JsonObject, contents: unknown): Kind | undefined {
  if (contents !== undefined) return kindOfNotification(contents);
  const status = member(member(interaction, 'response'), 'status');
  if (typeof status !== 'number') return undefined;
  return status >= 400 ? 'refused' : 'accepted';
}

function interactionsOf({ content: pact, where, pending = false }: NamedPact, own: boolean): Interaction[] {
  const consumer = stringMember(member(pact, 'consumer'), 'name');
  const provider = stringMember(member(pact, 'provider'), 'name');
  if (!isObject(pact) || consumer === undefined || provider === undefined) {
    throw new UsageError(`${where} is not a pact: it has no consumer or no provider`);
  }
  const found = (['interactions', 'messages'] as const).flatMap((key) =>
    (arrayMember(pact, key) ?? []).map((interaction, i) => ({ key, interaction, at: `${where}: ${key}[${i}]` })),
  );
  if (found.length === 0) throw new UsageError(`${where} contains no interaction: there is nothing to verify`);
  const envelope = envelopeOf(pact, consumer, provider);
  return found.map(({ key, interaction, at }) => {
    const description = stringMember(interaction, 'description');
    if (!isObject(interaction) || description === undefined) throw new UsageError(`${at} has no description`);
    const contents = contentsOf(interaction);
    const unverifiable = whyNotVerified(interaction, pact, key === 'messages');
    return {
      name: own ? description : `${consumer}: ${description}`,
      description,
      provider,
      consumer: own ? undefined : consumer,
      states: statesOf(interaction),
      kind: unverifiable === undefined ? kindOf(interaction, contents) : undefined,
      covers: coversOf(interaction),
      contents,
      fromStates: fromStatesOf(interaction),
      pending: pending || member(interaction, 'pending') === true,
      unverifiable,
      fixedCallId: fixedCallIdOf(interaction),
      alone: { ...envelope, [key]: [interaction] },
    };
  });
}

/**
 * The interactions of the project's own contract: those of the first edition and the additions of later ones. It leaves
 * out interactions without a behaviour of the edition.
 */
export function ownInteractions(edition: Edition = EDITION): Interaction[] {
  const { has } = catalogOf(edition);
  const pacts = [ownPact, ...(edition === EDITION ? [] : [pactOf2025])];
  return pacts
    .flatMap((content) => interactionsOf({ content, where: `the contract of ${content.consumer.name}` }, true))
    .filter(({ covers }) => covers.some(has))
    .map((one) => ({ ...one, covers: one.covers.filter(has) }));
}

/**
 * The interactions of another bot's pact, of version 2, 3 or 4.
 * @throws UsageError that names the pact if it contains nothing to verify
 */
export function interactionsIn(pact: NamedPact): Interaction[] {
  return interactionsOf(pact, false);
}

/** Numbers the second and later ones of the same name. */
function numbered(interactions: readonly Interaction[]): Interaction[] {
  const seen = new Map<string, number>();
  return interactions.map((one) => {
    const n = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, n);
    return n === 1 ? one : { ...one, name: `${one.name} #${n}` };
  });
}

/**
 * All interactions of a verification, each with a unique name: equal names are distinguished by their provider states,
 * and if these are equal too, by a number.
 * @param own whether the project's own contract is verified
 * @param edition of the own contract
 * @throws UsageError for an empty pact, and for too many interactions
 */
export function interactionsToVerify(
  pacts: readonly NamedPact[],
  own: boolean,
  edition: Edition = EDITION,
): Interaction[] {
  const all = [...(own ? ownInteractions(edition) : []), ...pacts.flatMap(interactionsIn)];
  if (all.length > MOST_INTERACTIONS) {
    const hint = 'pass fewer pacts with --pact, or split them';
    throw new UsageError(`the pacts contain ${all.length} interactions; the maximum is ${MOST_INTERACTIONS}: ${hint}`);
  }
  const times = new Map<string, number>();
  for (const { name } of all) times.set(name, (times.get(name) ?? 0) + 1);
  return numbered(
    all.map((one) => {
      if (times.get(one.name) === 1 || one.states.length === 0) return one;
      return { ...one, name: `${one.name} (given ${one.states.map(({ name }) => name).join(' and ')})` };
    }),
  );
}
