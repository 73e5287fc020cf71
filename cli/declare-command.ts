import { Option, type Command } from 'commander';
import { descriptionOf, longOf, type CommandFlags, type FlagsOf, type OwnFlag } from '../config/flags';
import { oneOf, wholeNumber } from '../config/resolve-option';
import type { FlagOptionKey } from '../schemas/options';

/** Collects the values of a flag that may be repeated. */
const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Formats a sentence for the help, with additions in parentheses. */
function helpText(sentence: string, ...more: (string | undefined)[]): string {
  const text = sentence.replace(/\.$/, '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
  const told = more.filter((one) => one !== undefined);
  return told.length === 0 ? text : `${text} (${told.join('; ')})`;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.map(shown).join(', ') : typeof value === 'string' ? value : JSON.stringify(value);
}

/** Creates the flag of an option. Commander must not apply the default, because environment and config precede it. */
function optionFlag(key: FlagOptionKey): Option {
  const { flag = '', flagDescription, description, type, env, default: otherwise } = descriptionOf(key);
  const many = type === 'array';
  const option = new Option(
    flag,
    helpText(
      flagDescription ?? description,
      env,
      otherwise === undefined || otherwise === false ? undefined : `default: ${shown(otherwise)}`,
      many ? 'may be repeated' : undefined,
    ),
  );
  return many ? option.argParser(collect) : option;
}

function ownFlag(name: string, flag: OwnFlag): Option {
  const { takes, description, many, negated, required, values, whole: range, env, defaultText } = flag;
  const long = longOf(name, negated);
  const told = defaultText ?? (flag.default === undefined ? undefined : String(flag.default));
  const option = new Option(
    takes === undefined ? long : `${long} ${takes}`,
    helpText(
      description,
      env,
      told === undefined ? undefined : `default: ${told}`,
      many === true ? 'may be repeated' : undefined,
    ),
  );
  if (required === true) option.makeOptionMandatory();
  if (many === true) option.argParser(collect);
  if (range) option.argParser((value) => wholeNumber(value, long, ...range));
  if (values) option.argParser((value) => oneOf(value, values, long));
  return option;
}

/** The arguments of a command besides its flags, by position. */
export interface Arguments {
  /** A required argument. */
  text(at: number): string;
  /** An optional argument. */
  optional(at: number): string | undefined;
  /** A repeatable argument. */
  list(at: number): readonly string[];
}

function argumentsOf({ processedArgs: all }: Command): Arguments {
  const at = (place: number): unknown => all[place];
  const optional = (place: number): string | undefined => {
    const value = at(place);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    text: (place) => optional(place) ?? '',
    optional,
    list: (place) => [at(place)].flat().filter((one) => typeof one === 'string'),
  };
}

/** Adds flags and code to a command. */
export type Declare = <C extends CommandFlags>(
  command: Command,
  flags: C,
  act: (flags: FlagsOf<C>, args: Arguments) => number | Promise<number>,
) => void;

/**
 * Returns the function that adds flags and code to commands.
 * @param done receives the exit code
 */
export function declareWith(done: (code: number) => void): Declare {
  return (command, table, act) => {
    const { options = [], own = {} } = table;
    const flags = [...options.map(optionFlag), ...Object.entries(own).map(([name, flag]) => ownFlag(name, flag))];
    for (const flag of flags) command.addOption(flag);
    const otherwise = Object.entries(own).flatMap(([name, flag]) =>
      flag.default === undefined ? [] : [[name, flag.default]],
    );
    const negated = Object.keys(own).filter((name) => own[name]?.negated === true);
    command.action(async () => {
      // The table's types describe commander's values, and the table has the defaults. Without --no-NAME, commander
      // returns true, which the user did not give.
      const said = Object.entries(command.opts()).filter(
        ([name, value]) => !(value === true && negated.includes(name)),
      );
      const given = { ...Object.fromEntries(otherwise), ...Object.fromEntries(said) } as FlagsOf<typeof table>;
      done(await act(given, argumentsOf(command)));
    });
  };
}
