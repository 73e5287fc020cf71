import type { ErrorObject } from 'ajv/dist/2020';
import { pathOf, stepsOfPointer, valueAt, type Step } from '../common/json-path';
import { didYouMean } from '../common/nearest-name';
import type { Waiver } from '../schemas/generated/result';
import { errorsIn } from '../schemas/own-files';

export type { Waiver };

/** A warning appears this many days before a waiver expires. */
const WARN_DAYS = 14;
const DAY = 86_400_000;

/** The last moment of a waiver, ms since 1970. */
export function endOf(waiver: Waiver): number {
  return Date.parse(`${waiver.expires}T00:00:00Z`) + DAY - 1;
}

export function isLive(waiver: Waiver, now: number): boolean {
  return now <= endOf(waiver);
}

/** Whether a live waiver expires soon. */
export function endsSoon(waiver: Waiver, now: number): boolean {
  return isLive(waiver, now) && endOf(waiver) - now < WARN_DAYS * DAY;
}

/** An error in a waivers file. */
export interface WaiverProblem {
  /** The path to the wrong value. */
  steps: readonly Step[];
  /** Whether the name of the last step is wrong: an unknown key. */
  ofName: boolean;
  /** A sentence that begins with the path: `[1].behavior: …`. */
  text: string;
}

/** Converts dates from a YAML reader back to text. */
function withoutDates(content: unknown): unknown {
  const isDate = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());
  if (!Array.isArray(content)) return content;
  return content.map((entry: unknown) =>
    isPlainObject(entry)
      ? Object.fromEntries(
          Object.entries(entry).map(([key, value]) => [key, isDate(value) ? value.toISOString().slice(0, 10) : value]),
        )
      : entry,
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks the content of a waivers file against its schema and the catalogue.
 * @param ids the known behaviours
 * @returns the problems with their places, and the valid waivers
 */
export function readWaivers(given: unknown, ids: readonly string[]): { waivers: Waiver[]; problems: WaiverProblem[] } {
  const content = withoutDates(given ?? null);
  const found = errorsIn('waivers', content).map((error) => problemOf(content, error));
  const list = Array.isArray(content) ? (content as unknown[]) : [];
  const seen = new Set<unknown>();
  for (const [i, entry] of list.entries()) {
    const behavior = isPlainObject(entry) ? entry['behavior'] : undefined;
    const add = (text: string): void => void found.push(problem([i, 'behavior'], text));
    if (typeof behavior !== 'string' || behavior === '') continue;
    if (!ids.includes(behavior)) add(`no behaviour ${behavior}${didYouMean(behavior, ids)}`);
    else if (seen.has(behavior)) add(`${behavior} has two waivers`);
    seen.add(behavior);
  }
  const inOrder = found.toSorted((a, b) => entryOf(a) - entryOf(b) || keyOf(a) - keyOf(b));
  const wrong = new Set(found.map(({ steps }) => steps[0]));
  const right = list.filter((_, i) => !wrong.has(i)) as (Omit<Waiver, 'issue'> & { issue?: string | null })[];
  return { waivers: right.map(waiverOf), problems: inOrder };
}

const entryOf = ({ steps: [entry] }: WaiverProblem): number => (typeof entry === 'number' ? entry : -1);
/** Unknown keys come first: a misspelled key also makes the right one missing. */
const keyOf = ({ steps: [, key] }: WaiverProblem): number => KEYS.findIndex((known) => known === key);

function waiverOf({ issue, ...waiver }: Omit<Waiver, 'issue'> & { issue?: string | null }): Waiver {
  return typeof issue === 'string' ? { ...waiver, issue } : waiver;
}

function problem(steps: readonly Step[], told: string, ofName = false): WaiverProblem {
  return { steps, ofName, text: `${pathOf(steps, '')}: ${told}` };
}

const KEYS = ['behavior', 'reason', 'owner', 'issue', 'expires'];

function problemOf(content: unknown, { instancePath, keyword, params }: ErrorObject): WaiverProblem {
  const steps = stepsOfPointer(content, instancePath);
  const { additionalProperty, missingProperty } = params as { additionalProperty?: string; missingProperty?: string };
  if (additionalProperty !== undefined)
    return problem(
      [...steps, additionalProperty],
      `unknown key${didYouMean(additionalProperty, KEYS)} Known: ${KEYS.join(', ')}`,
      true,
    );
  if (keyword === 'format') return problem(steps, `${String(valueAt(content, steps))} is not a date (YYYY-MM-DD)`);
  if (steps.length === 0) return problem(steps, notAList(content));
  if (missingProperty === undefined && steps.length === 1)
    return problem(steps, 'is not a waiver (behavior, reason, owner, issue, expires)');
  return problem([...steps, missingProperty ?? []].flat(), 'must be a non-empty string');
}

/** What a waivers file contains instead of a list, and how to write the list. */
function notAList(content: unknown): string {
  const list = 'a waivers file is a list; each waiver begins with a hyphen: "- behavior: response.location"';
  if (typeof content !== 'object' || content === null) return `${list}; this file has a ${typeof content}`;
  const keys = Object.keys(content);
  if (keys.includes('behavior')) return `${list}; this file has one waiver without a hyphen`;
  if (keys.includes('waivers')) return `${list}; put the list at the top level, without "waivers:"`;
  return `${list}; this file has a map of ${keys.length} keys`;
}
