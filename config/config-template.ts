import { UsageError } from '../common/errors';
import { baseUrl, urlWithQuery } from '../common/urls';
import { stringify } from 'yaml';
import { didYouMean } from '../common/nearest-name';
import schema from '../schemas/config.schema.json';
import { DEFAULTS } from '../schemas/options';

/** The names of the config's `capabilities`, which a service may lack. */
const CAPABILITIES = Object.keys(DEFAULTS.capabilities) as (keyof typeof DEFAULTS.capabilities)[];

/** The answers that `init` collects. */
export interface Answers {
  target: string;
  /** Absent: the documented request creates calls. */
  states?: string;
  /** The environment variable for the valid token. */
  tokenVariable: string;
  /** Absent: the target has no PSTN. */
  phone?: string;
  /** The missing `capabilities` of the target, by name. */
  without?: string[];
}

/**
 * Checks that a run will accept the answers.
 * @throws UsageError that names the flag
 */
export function checkAnswers({ target, states, tokenVariable, phone, without = [] }: Answers): void {
  baseUrl(target, '--target');
  if (states !== undefined) urlWithQuery(states, '--states');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(tokenVariable)) {
    throw new UsageError(`--token-variable must be the name of a variable; it is ${JSON.stringify(tokenVariable)}`);
  }
  if (phone !== undefined && !/^\+[0-9]{4,15}$/.test(phone)) {
    throw new UsageError(`--phone must be a number such as +12345678901; it is ${JSON.stringify(phone)}`);
  }
  const unknown = without.find((name) => !CAPABILITIES.some((known) => known === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--without: unknown capability ${JSON.stringify(unknown)}${didYouMean(unknown, CAPABILITIES)} Known: ${CAPABILITIES.join(', ')}`,
    );
  }
  if (phone !== undefined && without.includes('pstn')) {
    throw new UsageError('--phone and --without pstn contradict each other; leave one out');
  }
}

/** A node of the config's schema. */
interface SchemaNode {
  readonly type?: unknown;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly 'x-env'?: string;
}

type Values = Readonly<Record<string, unknown>>;

const WIDTH = 118;

/** Wraps a text into comment lines. */
function comment(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}

/** Formats a value on one line. */
function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, defaultStringType: 'PLAIN' }).trim();
}

function remarkOf({ description = '', 'x-env': env }: SchemaNode): string {
  return env === undefined ? description : `${description} (${env})`;
}

/** The shown value of an option without an answer: its default, or an example. */
function otherwise({ default: value, examples = [] }: SchemaNode): string {
  return flow(value ?? examples[0] ?? '…');
}

/** The lines of a group of options; options without an answer are commented out. */
function groupLines(
  name: string,
  properties: Readonly<Record<string, SchemaNode>>,
  given: Values | undefined,
): string[] {
  const inner = Object.entries(properties).map(([key, node]) => {
    const isGiven = given !== undefined && Object.hasOwn(given, key);
    const line = `${key}: ${isGiven ? flow(given[key]) : otherwise(node)} # ${remarkOf(node)}`;
    return given === undefined || isGiven ? `  ${line}` : `  # ${line}`;
  });
  const lines = [`${name}:`, ...inner];
  return given === undefined ? lines.map((line) => `# ${line}`) : lines;
}

/** The answers as config values. */
function valuesOf({ target, states, tokenVariable, phone, without = [] }: Answers): Values {
  const absent = new Set([
    ...without,
    ...(phone === undefined ? ['pstn'] : []),
    ...(states === undefined ? ['failure'] : []),
  ]);
  return {
    target,
    tokens: { valid: { env: tokenVariable } },
    provisioning: states === undefined ? { calls: {} } : { states },
    ...(phone === undefined ? {} : { invitees: { phone } }),
    capabilities: Object.fromEntries(CAPABILITIES.map((name) => [name, !absent.has(name)])),
    gate: DEFAULTS.gate,
  };
}

/** Creates a YAML config file: the answers, and all other options as comments with their defaults. */
export function configTemplate(answers: Answers): string {
  const given = valuesOf(answers);
  const properties: Readonly<Record<string, SchemaNode>> = schema.properties;
  const options = Object.entries(properties).filter(
    ([name]) => name !== '$schema' && (name !== 'tls' || answers.target.startsWith('https:')),
  );
  const lines = options.flatMap(([name, node]) => {
    const { properties: inner, examples } = node;
    const isGiven = Object.hasOwn(given, name);
    const grouped = inner !== undefined && examples === undefined;
    const one = isGiven ? `${name}: ${flow(given[name])}` : `# ${name}: ${otherwise(node)}`;
    const value = grouped ? groupLines(name, inner, given[name] as Values | undefined) : [one];
    return [...comment(remarkOf(node)), ...value, ''];
  });
  return lines.join('\n');
}
