import { withoutQuery } from '../common/urls';
import { OPTIONS, type OptionKey, type PemSource, type TokenSource } from '../schemas/options';
import type { SourcedValue, Origin, Resolver } from './resolve-option';
import type { RunOptions } from './run-options';

/** An option as it is shown: its path in the config, its value, and what gave it. */
export interface ListedOption {
  key: string;
  value: string;
  origin: string;
}

/** Where a secret comes from; never the secret, nor the arguments of a command, which may hold one. */
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
  // What is added to bodies may hold anything.
  if (typeof value === 'object' && value !== null) return Object.keys(value).join(', ') || '{}';
  // The arguments of a command may hold a secret.
  if (key === 'start.command') return String(value).trim().split(/\s/)[0] ?? '';
  return withoutQuery(String(value));
}

function originText({ from, name }: Origin, file: string | undefined): string {
  return from === 'file' ? (file ?? 'config file') : name;
}

/**
 * The options of a run, each with what gave it. No value of a token or a key is among them, and no query of a URL.
 * @param options what was made of them
 * @param file the name of the config file
 */
export function listOptions(option: Resolver, options: RunOptions, file: string | undefined): ListedOption[] {
  const keys = Object.keys(OPTIONS) as OptionKey[];
  return keys.flatMap((key): ListedOption[] => {
    const given: SourcedValue<unknown> | undefined = option(key);
    if (!options.access && Object.hasOwn(OF_THE_MOCK, key))
      return [{ key, value: OF_THE_MOCK[key] ?? '', origin: 'the embedded mock' }];
    if (given === undefined) return key.startsWith('tokens.') ? [{ key, value: 'none', origin: 'default' }] : [];
    if (isOverruled(key, option)) return [];
    const value = key === 'concurrency' ? String(options.settings.concurrency) : valueText(key, given);
    return [{ key, value, origin: originText(given.origin, file) }];
  });
}

/** What comes with the mock that a run without a target starts, whatever the options say. */
const OF_THE_MOCK: Readonly<Record<string, string>> = {
  target: 'started for this run',
  'tokens.valid': 'set',
  'tokens.withoutPermission': 'set',
  'tokens.delegated': 'set',
  allowPstn: 'true',
};

/** Of the ways to provision, one is taken: states where a flag or a variable names them. */
function isOverruled(key: OptionKey, option: Resolver): boolean {
  return /^provisioning\.(calls|static)$/.test(key) && option('provisioning.states') !== undefined;
}
