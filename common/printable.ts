/**
 * Text from outside made harmless for whoever reads it: a terminal, a CI system that takes commands out of logs and
 * reports, a viewer. It is the one place that knows what must not be printed as it is.
 */

/** Control characters (C0, C1), what turns the direction of writing or can't be seen, halves of surrogate pairs, odd line ends. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const UNSEEN_IN_LINES = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * What CI systems read as commands, each up to the character that is escaped. Ahead of it stands, in the first group, what
 * is kept.
 */
const COMMANDS: readonly RegExp[] = [
  // GitHub's and Azure's ##[…] and ##vso[…], TeamCity's ##teamcity[…], Octopus' ##octopus[…]: taken anywhere in a line.
  /()#(?=#[\w.-]*\[)/g,
  // GitHub's ::command::, but not the colons of an IPv6 address.
  /():(?=:(?![\da-f]{0,4}(?:[:\]%/]|$))[a-z])/gi,
  // Files and properties that Jenkins, GitLab and others take out of JUnit's output.
  /()\[(?=\[\s*[a-z]+\s*\|)/gi,
  // Sections of GitLab and Travis. The underscore: with a backslash ahead, their first letter would be an escape of JSON.
  /(section)_(?=(?:start|end):)/gi,
  /(travis)_(?=(?:fold|time):)/gi,
  // Lookups of log4j and its like, also one within another.
  /()\$(?=\{[^{}]*(?::|\$\{))/g,
];
/** Sections of Buildkite, where a line begins. */
const SECTION = /^([ \t]*)(?=(?:---|\+\+\+|~~~|\^\^\^)(?:\s|$))[-+~^]/gm;

function escape(character: string): string {
  return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`;
}

/** What stands in each of the commands, so that most texts, which have none of it, need not be searched for all. */
const MAY_COMMAND = /##|::|\[\[\s*[a-z]|(?:section|travis)_|\$\{|---|\+\+\+|~~~|\^\^\^/i;

function defused(text: string): string {
  if (!MAY_COMMAND.test(text)) return text;
  return [...COMMANDS, SECTION].reduce(
    (safe, command) =>
      safe.replace(command, (found: string, kept: string) => `${kept}${escape(found.slice(kept.length))}`),
    text,
  );
}

/** A text as one line that commands nothing: what can't be seen, line breaks too, and what CI systems obey is shown as escapes. */
export function printable(text: string): string {
  return defused(text.replace(UNSEEN, escape));
}

/** The same of several lines, whose breaks stay. */
export function printableLines(text: string): string {
  return defused(text.replace(UNSEEN_IN_LINES, escape));
}

/**
 * A value as JSON that commands nothing and shows all its characters. What is read from it is the value that was written.
 * @param indent the number of blanks a level; none: one line
 * @throws TypeError, RangeError as JSON.stringify does
 */
export function jsonText(value: unknown, indent?: number): string {
  const inUnits = (character: string): string =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join('');
  return defused(JSON.stringify(value, null, indent).replace(UNSEEN_IN_LINES, inUnits));
}

/** Text that is printed as it is. @see verbatim */
export class Verbatim {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Lets a text be printed as it is: colours, and reports, whose formats have made each text in them harmless. All else that
 * is printed goes through `printableLines`; the structure test lists who may use this.
 */
export function verbatim(text: string): Verbatim {
  return new Verbatim(text);
}

/** What is written to a stream for a text: the one door through which words go to a terminal and to CI's logs. */
export function printableOutput(text: string | Verbatim): string {
  return text instanceof Verbatim ? text.text : printableLines(text);
}

/** The longest message that quotes what somebody else sent, in characters. */
const LONGEST = 2000;

/** A message cut off where it gets longer than anybody reads; what it quotes was cleaned of secrets before. */
export function bounded(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
}
