import { didYouMean } from '../common/nearest';

/** A failure that somebody answers for until a date. */
export interface Waiver {
  behavior: string;
  reason: string;
  owner: string;
  issue?: string;
  /** `YYYY-MM-DD`; it holds to the end of that day, UTC. */
  expires: string;
}

/** How long before its end a waiver is warned of, days. */
const WARN_DAYS = 14;
const DAY = 86_400_000;

/** The last moment at which a waiver holds. */
export function endOf(waiver: Waiver): number {
  return Date.parse(`${waiver.expires}T00:00:00Z`) + DAY - 1;
}

export function isLive(waiver: Waiver, now: number): boolean {
  return now <= endOf(waiver);
}

/** Whether a live waiver is about to end. */
export function endsSoon(waiver: Waiver, now: number): boolean {
  return isLive(waiver, now) && endOf(waiver) - now < WARN_DAYS * DAY;
}

/**
 * Checks the content of a waivers file.
 * @returns what is wrong with it, each with its place; and the waivers where nothing is
 */
export function readWaivers(content: unknown, ids: readonly string[]): { waivers: Waiver[]; problems: string[] } {
  if (content === null || content === undefined) return { waivers: [], problems: [] };
  if (!Array.isArray(content)) return { waivers: [], problems: [`: ${notAList(content)}`] };
  const problems: string[] = [];
  const seen = new Set<string>();
  const waivers = content.flatMap((entry: unknown, i): Waiver[] => {
    const at = `[${i}]`;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      problems.push(`${at}: is no waiver (behavior, reason, owner, issue, expires)`);
      return [];
    }
    const { waiver, faults } = readOne(entry as Record<string, unknown>, ids);
    if (waiver && seen.has(waiver.behavior)) faults.push(`behavior: ${waiver.behavior} is waived twice`);
    if (waiver) seen.add(waiver.behavior);
    problems.push(...faults.map((fault) => `${at}.${fault}`));
    return waiver && faults.length === 0 ? [waiver] : [];
  });
  return { waivers, problems };
}

/** What a waivers file that is no list holds, and how it is written as one. */
function notAList(content: unknown): string {
  const list = 'a waivers file is a list, each waiver after a hyphen: "- behavior: response.location"';
  if (typeof content !== 'object' || content === null) return `${list}; it holds a ${typeof content}`;
  const keys = Object.keys(content);
  if (keys.includes('behavior')) return `${list}; it holds one waiver without its hyphen`;
  if (keys.includes('waivers')) return `${list}; put the list itself at the top, without "waivers:"`;
  return `${list}; it holds a map of ${keys.length} keys`;
}

const KEYS = ['behavior', 'reason', 'owner', 'issue', 'expires'];

function readOne(entry: Record<string, unknown>, ids: readonly string[]): { waiver?: Waiver; faults: string[] } {
  const faults = Object.keys(entry)
    .filter((key) => !KEYS.includes(key))
    .map((key) => `${key}: unknown key${didYouMean(key, KEYS)} Known: ${KEYS.join(', ')}`);
  const textOf = (key: string, needed: boolean): string => {
    const given = entry[key];
    const value = given instanceof Date ? given.toISOString().slice(0, 10) : given;
    if (typeof value === 'string' && value !== '') return value;
    if (needed || (value !== undefined && value !== null)) faults.push(`${key}: must be a text that is not empty`);
    return '';
  };
  const [behavior, reason, owner, expires] = ['behavior', 'reason', 'owner', 'expires'].map((key) => textOf(key, true));
  const issue = textOf('issue', false);
  if (behavior === undefined || reason === undefined || owner === undefined || expires === undefined) return { faults };
  if (behavior !== '' && !ids.includes(behavior)) {
    faults.push(`behavior: no behaviour ${behavior}${didYouMean(behavior, ids)}`);
  }
  if (expires !== '' && !isDate(expires)) faults.push(`expires: ${expires} is no date YYYY-MM-DD`);
  const waiver = { behavior, reason, owner, expires };
  return { waiver: issue === '' ? waiver : { ...waiver, issue }, faults };
}

function isDate(value: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
