/**
 * Makes text from outside harmless for its reader: a terminal, a CI system that reads commands from logs and reports, a
 * viewer. The only module that decides which characters must be escaped.
 */

/** Control characters (C0, C1), invisible characters, changes of writing direction, lone surrogates, unusual line breaks. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const UNSEEN_IN_LINES = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Commands that CI systems read, each up to the character to escape. The first group is kept. */
const COMMANDS: readonly RegExp[] = [
  // GitHub's and Azure's ##[…] and ##vso[…], TeamCity's ##teamcity[…], Octopus' ##octopus[…]: read anywhere in a line.
  /()#(?=#[\w.-]*\[)/g,
  // GitHub's ::command::, but not the colons of an IPv6 address.
  /():(?=:(?![\da-f]{0,4}(?:[:\]%/]|$))[a-z])/gi,
  // Files and properties that Jenkins, GitLab and others read from JUnit's output.
  /()\[(?=\[\s*[a-z]+\s*\|)/gi,
  // Sections of GitLab and Travis. The underscore is escaped: before the first letter, a backslash could form a JSON
  // escape.
  /(section)_(?=(?:start|end):)/gi,
  /(travis)_(?=(?:fold|time):)/gi,
  // Lookups of log4j and the like, nested ones too.
  /()\$(?=\{[^{}]*(?::|\$\{))/g,
];
/** Sections of Buildkite, at the beginning of a line. */
const SECTION = /^([ \t]*)(?=(?:---|\+\+\+|~~~|\^\^\^)(?:\s|$))[-+~^]/gm;

function escape(character: string): string {
  return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`;
}

/** A quick test for any of the commands: most texts contain none. */
const MAY_COMMAND = /##|::|\[\[\s*[a-z]|(?:section|travis)_|\$\{|---|\+\+\+|~~~|\^\^\^/i;

function defused(text: string): string {
  if (!MAY_COMMAND.test(text)) return text;
  return [...COMMANDS, SECTION].reduce(
    (safe, command) =>
      safe.replace(command, (found: string, kept: string) => `${kept}${escape(found.slice(kept.length))}`),
    text,
  );
}

/** A text as one harmless line: invisible characters, line breaks and CI commands are escaped. */
export function printable(text: string): string {
  return defused(text.replace(UNSEEN, escape));
}

/** Like `printable`, but keeps line breaks. */
export function printableLines(text: string): string {
  return defused(text.replace(UNSEEN_IN_LINES, escape));
}

/**
 * A value as harmless JSON with all characters visible; parsing it returns the same value.
 * @param indent blanks per level; absent: one line
 * @throws TypeError, RangeError as JSON.stringify does
 */
export function jsonText(value: unknown, indent?: number): string {
  const inUnits = (character: string): string =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join('');
  return defused(JSON.stringify(value, null, indent).replace(UNSEEN_IN_LINES, inUnits));
}

/** Text to print unchanged. @see verbatim */
export class Verbatim {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Marks a text to be printed unchanged: colours, and reports whose formats escape each text in them. All other output
 * goes through `printableLines`; the structure test lists the files that may use this.
 */
export function verbatim(text: string): Verbatim {
  return new Verbatim(text);
}

/** The form in which a text is written to a stream. All output to terminals and CI logs goes through here. */
export function printableOutput(text: string | Verbatim): string {
  return text instanceof Verbatim ? text.text : printableLines(text);
}

/** The longest message that quotes foreign text, in characters. */
const LONGEST = 2000;

/** Cuts off a long message. The caller has already removed secrets from it. */
export function bounded(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
}
