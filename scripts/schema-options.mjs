// Derives the constants of the options from the config's JSON Schema: keys, flags, variables, defaults.
import { format } from 'prettier';

/** `--callback-host <host>` → `callbackHost`, the name of the flag's value in a command. */
function nameOfFlag(flag) {
  const [, long] = /^--([a-z][a-z-]*)/.exec(flag) ?? [];
  if (long === undefined) throw new Error(`x-flag must begin with --name; it is ${flag}`);
  return long.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

function typeOf(node) {
  if (node.$ref !== undefined) return node.$ref.split('/').at(-1);
  return node.enum === undefined ? node.type : 'enum';
}

/** An option's constants; absent ones are left out. */
function described(node) {
  const flag = node['x-flag'];
  return {
    type: typeOf(node),
    description: node.description,
    ...(flag === undefined ? {} : { flag, flagName: nameOfFlag(flag) }),
    ...(node['x-flag-description'] === undefined ? {} : { flagDescription: node['x-flag-description'] }),
    ...(node['x-env'] === undefined ? {} : { env: node['x-env'] }),
    ...(node.enum === undefined ? {} : { values: node.enum }),
    ...(node.minimum === undefined ? {} : { minimum: node.minimum, maximum: node.maximum }),
    ...(node.pattern === undefined ? {} : { pattern: node.pattern }),
    ...(node.examples === undefined ? {} : { example: node.examples[0] }),
    ...(node.default === undefined ? {} : { default: node.default }),
  };
}

/**
 * All options: the path in the config, and the node in the schema. An object without an example only groups options.
 */
export function optionsIn(schema, path = []) {
  return Object.entries(schema.properties).flatMap(([name, node]) => {
    if (name === '$schema') return [];
    const at = [...path, name];
    const groups = node.properties !== undefined && node.examples === undefined;
    return groups ? optionsIn(node, at) : [{ key: at.join('.'), path: at, node }];
  });
}

function defaultsIn(options) {
  const defaults = {};
  for (const { path, node } of options) {
    if (node.default === undefined) continue;
    let within = defaults;
    for (const step of path.slice(0, -1)) within = within[step] ??= {};
    within[path.at(-1)] = node.default;
  }
  return defaults;
}

/** The text of schemas/generated/options.ts. */
export async function optionsModule(schema, header) {
  const options = optionsIn(schema);
  const table = Object.fromEntries(options.map(({ key, node }) => [key, described(node)]));
  const text = `${header}
/** Every option: its type, its flag, its environment variable and its default, by its path in the config. */
export const OPTIONS = ${JSON.stringify(table)} as const;

/** The default values of the options. */
export const DEFAULTS = ${JSON.stringify(defaultsIn(options))} as const;
`;
  return format(text, { parser: 'typescript', singleQuote: true, printWidth: 120 });
}
