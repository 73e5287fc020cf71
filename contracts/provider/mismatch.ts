import { isObject, list, member, show, text } from '../../history/values';

/** One thing that Pact found to differ. */
export interface Mismatch {
  part: 'status' | 'header' | 'body' | 'bodyType' | 'metadata' | 'other';
  /** The JSON path in a body, the name of a header or of metadata. */
  at: string;
  /** The status that came. */
  status?: number;
  /** True where what differs is not there at all. */
  absent: boolean;
  /** In words. */
  line: string;
}

/** What the Verifier said about one interaction. */
export type Finding = { passed: true } | { passed: false; mismatches: Mismatch[] } | { unclear: string };

const PARTS: Record<string, Mismatch['part']> = {
  StatusMismatch: 'status',
  HeaderMismatch: 'header',
  BodyTypeMismatch: 'bodyType',
  BodyMismatch: 'body',
  MetadataMismatch: 'metadata',
};

/** How much is told of one mismatch, in characters, and how many of an interaction. */
const MOST_SAID = 1000;
const MOST_MISMATCHES = 100;

/** How much is told of what the Verifier says instead of a result, in characters. */
const MOST_TOLD = 300;

/** `$['@odata.type']` for a key that can't stand after a dot. */
function below(path: string, key: string): string {
  return /^[\w$]+$/.test(key) ? `${path}.${key}` : `${path}['${key}']`;
}

/** What the Verifier says repeats bodies, which may have a megabyte. */
function shortened(words: string): string {
  return words.length > MOST_SAID ? `${words.slice(0, MOST_SAID)}…` : words;
}

function read(raw: unknown): Mismatch[] {
  const part = PARTS[text(raw, 'type') ?? ''] ?? 'other';
  const words = shortened(text(raw, 'mismatch') ?? show(raw));
  if (part === 'status') {
    const status = member(raw, 'actual');
    const line = `status: ${words}`;
    return [{ part, at: 'status', absent: false, line, ...(typeof status === 'number' ? { status } : {}) }];
  }
  if (part === 'header' || part === 'metadata') {
    const at = text(raw, 'key') ?? '';
    const actual = text(raw, 'actual') ?? '';
    return [{ part, at, absent: actual === '', line: `${part} ${at}: ${words}` }];
  }
  const at = text(raw, 'path') ?? '$';
  // The keys may be many, and each is one that the contract names: their list is read as a whole.
  const missing = /missing the following keys: (.+)$/s.exec(text(raw, 'mismatch') ?? '')?.[1];
  if (part === 'body' && missing !== undefined) {
    return missing
      .split(', ')
      .map((key) => ({ part, at: below(at, key), absent: true, line: `${below(at, key)}: absent` }));
  }
  // A body that is none has no path at which it differs.
  if (part === 'body' && /failed to parse|but was empty/i.test(words)) {
    return [{ part: 'bodyType', at, absent: false, line: words }];
  }
  return [{ part, at, absent: false, line: part === 'body' ? `${at}: ${words}` : words }];
}

/** Where an error is that names no mismatch: nowhere in an answer. */
const NOTHING_COMPARED = '';

function mismatchesIn(error: unknown): Mismatch[] {
  const mismatch = member(error, 'mismatch');
  const several = list(mismatch, 'mismatches');
  if (several) return several.flatMap(read);
  return [
    { part: 'other', at: NOTHING_COMPARED, absent: false, line: text(mismatch, 'message') ?? show(mismatch ?? error) },
  ];
}

/**
 * Reads what the Verifier resolved or rejected with. An interaction has passed only where it says so, once, and nothing
 * speaks against it: an empty result is none.
 */
export function findingOf(resolved: boolean, json: string, description: string): Finding {
  let said: unknown;
  try {
    said = JSON.parse(json);
  } catch {
    return { unclear: `Pact's Verifier failed: ${json.slice(0, MOST_TOLD)}` };
  }
  const errors = [...(list(said, 'errors') ?? []), ...(list(said, 'pendingErrors') ?? [])];
  if (errors.length > 0) {
    const mismatches = errors.slice(0, MOST_MISMATCHES).flatMap(mismatchesIn).slice(0, MOST_MISMATCHES);
    // It compared nothing, as where it could not load the pact: that says nothing about the target.
    if (mismatches.every(({ part, at }) => part === 'other' && at === NOTHING_COMPARED)) {
      // Where it read it from is a file of ours.
      const lines = mismatches.map(({ line }) =>
        line.replace(/^Failed to load pact '[^']*' - /, "it can't read the contract: "),
      );
      return { unclear: `Pact's Verifier compared nothing: ${lines.join('; ').slice(0, MOST_TOLD)}` };
    }
    const broken = mismatches.find(({ line }) => line.includes('is not a valid regular expression'));
    if (broken) return { unclear: `the contract's own fault: ${broken.line}` };
    return { passed: false, mismatches };
  }
  const results = list(said, 'interactionResults') ?? [];
  const [only] = results;
  if (!isObject(said) || results.length !== 1 || text(only, 'description') !== description) {
    return { unclear: `Pact's Verifier gave ${results.length} results for this one interaction` };
  }
  if (resolved && said['result'] === true && text(only, 'result') === 'OK') return { passed: true };
  return { unclear: `Pact's Verifier said ${show(only)} and named no mismatch` };
}
