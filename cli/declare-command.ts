import { Option, type Command } from 'commander';
import { descriptionOf, longOf, type CommandFlags, type FlagsOf, type OwnFlag } from '../config/flags';
import { oneOf, wholeNumber } from '../config/resolve-option';
import type { FlagOptionKey } from '../schemas/options';

/** Collects the values of a flag that may be repeated. */
const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** A sentence as help shows it, with what else there is to tell. */
function helpText(sentence: string, ...more: (string | undefined)[]): string {
  const text = sentence.replace(/\.$/, '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
  const told = more.filter((one) => one !== undefined);
  return told.length === 0 ? text : `${text} (${told.join('; ')})`;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.map(shown).join(', ') : typeof value === 'string' ? value : JSON.stringify(value);
}

/** The flag of an option. Its default is not commander's to give: what environment and config say comes before it. */
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

/** What a command is called with beside its flags, by place. */
export interface Arguments {
  /** One that has to be given. */
  text(at: number): string;
  /** One that may be left out. */
  optional(at: number): string | undefined;
  /** One that may be repeated. */
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

/** Puts flags and code to a command. */
export type Declare = <C extends CommandFlags>(
  command: Command,
  flags: C,
  act: (flags: FlagsOf<C>, args: Arguments) => number | Promise<number>,
) => void;

/**
 * What puts flags and code to commands.
 * @param done takes the exit code
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
      // What commander gives is what the table says, and the defaults are the table's: where --no-NAME is not given it
      // says true, which nobody asked for.
      const said = Object.entries(command.opts()).filter(
        ([name, value]) => !(value === true && negated.includes(name)),
      );
      const given = { ...Object.fromEntries(otherwise), ...Object.fromEntries(said) } as FlagsOf<typeof table>;
      done(await act(given, argumentsOf(command)));
    });
  };
}
