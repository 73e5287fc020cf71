import { isObject, list, member, text, type JsonObject } from '../../history/values';
import { UsageError } from '../../common/errors';
import { PACT_CAP, readText } from '../../common/files';
import ownPact from '../pacts/inviting-bot-participant-invite.json';
import { kindOfNotification, type NotificationKind } from './notification-kind';

/** A pact as it was read, and where from. */
export interface NamedPact {
  where: string;
  content: unknown;
  /** Where a Pact Broker takes the results of its verification. */
  resultsTo?: string;
}

export interface ProviderState {
  name: string;
  params: JsonObject;
}

/** What an interaction is about: an invitation that is taken or refused, another request, or a notification. */
export type Kind = 'accepted' | 'refused' | NotificationKind;

/** One interaction of a pact, with all that is needed to verify it. */
export interface Interaction {
  /** Its description; that of somebody else's pact begins with the consumer's name. */
  name: string;
  description: string;
  provider: string;
  /** Whose contract it is; undefined: the project's own. */
  consumer: string | undefined;
  states: ProviderState[];
  kind: Kind | undefined;
  /** Ids of behaviours that the pact says the interaction covers. */
  covers: string[];
  /** The contents that a message must have. */
  contents: unknown;
  /** What in the answer or in the message comes from a provider state: the expression, by JSON path. */
  fromStates: Record<string, string>;
  /** A pact that holds this interaction alone. */
  alone: JsonObject;
}

function statesOf(interaction: JsonObject): ProviderState[] {
  const old = text(interaction, 'providerState') ?? text(interaction, 'provider_state');
  if (old !== undefined) return [{ name: old, params: {} }];
  return (list(interaction, 'providerStates') ?? []).flatMap((state) => {
    const name = text(state, 'name');
    const params = member(state, 'params');
    return name === undefined ? [] : [{ name, params: isObject(params) ? params : {} }];
  });
}

function coversOf(interaction: JsonObject): string[] {
  const references = member(member(interaction, 'comments'), 'references');
  return (text(member(references, 'invite-conformance'), 'covers') ?? '').split(/\s+/).filter((id) => id !== '');
}

function contentsOf(interaction: JsonObject): unknown {
  const contents = member(interaction, 'contents');
  // From version 4 on the contents stand beside their type.
  return isObject(contents) && 'contentType' in contents && 'content' in contents ? contents['content'] : contents;
}

function fromStatesOf(interaction: JsonObject): Record<string, string> {
  const owner = member(interaction, 'response') ?? interaction;
  const generators = member(member(owner, 'generators'), 'body');
  const found: Record<string, string> = {};
  for (const [path, generator] of Object.entries(isObject(generators) ? generators : {})) {
    const expression = text(generator, 'expression');
    if (text(generator, 'type') === 'ProviderState' && expression !== undefined) found[path] = expression;
  }
  return found;
}

function kindOf(interaction: JsonObject, contents: unknown): Kind | undefined {
  if (contents !== undefined) return kindOfNotification(contents);
  const status = member(member(interaction, 'response'), 'status');
  if (typeof status !== 'number') return undefined;
  return status >= 400 ? 'refused' : 'accepted';
}

function interactionsOf(pact: unknown, where: string, own: boolean): Interaction[] {
  const consumer = text(member(pact, 'consumer'), 'name');
  const provider = text(member(pact, 'provider'), 'name');
  if (!isObject(pact) || consumer === undefined || provider === undefined) {
    throw new UsageError(`${where} is no pact: it does not name its consumer and its provider`);
  }
  const found = (['interactions', 'messages'] as const).flatMap((key) =>
    (list(pact, key) ?? []).map((interaction, i) => ({ key, interaction, at: `${where}: ${key}[${i}]` })),
  );
  if (found.length === 0) throw new UsageError(`${where} holds no interaction: nothing could be verified`);
  return found.map(({ key, interaction, at }) => {
    const description = text(interaction, 'description');
    if (!isObject(interaction) || description === undefined) throw new UsageError(`${at} has no description`);
    const contents = contentsOf(interaction);
    const { interactions: _, messages: __, _links: ___, ...rest } = pact;
    return {
      name: own ? description : `${consumer}: ${description}`,
      description,
      provider,
      consumer: own ? undefined : consumer,
      states: statesOf(interaction),
      kind: kindOf(interaction, contents),
      covers: coversOf(interaction),
      contents,
      fromStates: fromStatesOf(interaction),
      alone: { ...rest, [key]: [interaction] },
    };
  });
}

/** The interactions of the project's own contract. */
export function ownInteractions(): Interaction[] {
  return interactionsOf(ownPact, 'the contract of inviting-bot', true);
}

/**
 * Reads a pact file.
 * @throws UsageError that names the file where it can't be read
 */
export async function readPact(file: string, signal?: AbortSignal): Promise<NamedPact> {
  const text = await readText(file, 'the pact file', { cap: PACT_CAP, signal });
  try {
    return { where: file, content: JSON.parse(text) as unknown };
  } catch (error) {
    throw new UsageError(`can't read the pact file ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The interactions of another bot's pact, of version 2, 3 or 4.
 * @throws UsageError that says where it is from where it holds nothing to verify
 */
export function interactionsIn({ where, content }: NamedPact): Interaction[] {
  return interactionsOf(content, where, false);
}
