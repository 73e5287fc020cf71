import { withoutQuery } from '../common/urls';
import { OPTIONS, type OptionKey, type PemSource, type TokenSource } from '../schemas/options';
import type { SourcedValue, Origin, Resolver } from './resolve-option';
import type { ResolvedOptions } from './run-options';

/** An option for display: its path in the config, its value, and its origin. */
export interface ListedOption {
  key: string;
  value: string;
  origin: string;
}

/** The source of a secret; never the secret, nor the arguments of a command, which may contain one. */
function sourceText(source: TokenSource | PemSource): string {
  if (typeof source === 'string') return 'set';
  if ('env' in source) return `from the environment variable ${source.env}`;
  if ('file' in source) return `from the file ${source.file}`;
  return `printed by ${source.command[0] ?? ''}`;
}

function valueText(key: OptionKey, { value, origin }: SourcedValue<unknown>): string {
  if (key.startsWith('tokens.') || /^tls\.(cert|key|ca)$/.test(key))
    return origin.from === 'environment' ? 'set' : sourceText(value as TokenSource | PemSource);
  if (Array.isArray(value)) return value.join(', ');
  // The additional members of bodies may contain secrets.
  if (typeof value === 'object' && value !== null) return Object.keys(value).join(', ') || '{}';
  // The arguments of a command may contain secrets.
  if (key === 'start.command') return String(value).trim().split(/\s/)[0] ?? '';
  return withoutQuery(String(value));
}

function originText({ from, name }: Origin, file: string | undefined): string {
  return from === 'file' ? (file ?? 'config file') : name;
}

/**
 * Lists the options of a run with their origins, without tokens, keys and URL queries.
 * @param options the run's options
 * @param file the name of the config file
 */
export function listOptions(option: Resolver, options: ResolvedOptions, file: string | undefined): ListedOption[] {
  const keys = Object.keys(OPTIONS) as OptionKey[];
  return keys.flatMap((key): ListedOption[] => {
    const given: SourcedValue<unknown> | undefined = option(key);
    if (options.target === undefined && Object.hasOwn(OF_THE_MOCK, key))
      return [{ key, value: OF_THE_MOCK[key] ?? '', origin: 'the embedded mock' }];
    if (given === undefined) return key.startsWith('tokens.') ? [{ key, value: 'none', origin: 'default' }] : [];
    if (isOverruled(key, option)) return [];
    const value = key === 'concurrency' ? String(options.concurrency) : valueText(key, given);
    return [{ key, value, origin: originText(given.origin, file) }];
  });
}

/** The values that the embedded mock determines, whatever the options say. */
const OF_THE_MOCK: Readonly<Record<string, string>> = {
  target: 'started for this run',
  'tokens.valid': 'set',
  'tokens.withoutPermission': 'set',
  'tokens.delegated': 'set',
  allowPstn: 'true',
};

/** Only one kind of provisioning is used: states if a flag or a variable names the URL. */
function isOverruled(key: OptionKey, option: Resolver): boolean {
  return /^provisioning\.(calls|static)$/.test(key) && option('provisioning.states') !== undefined;
}
