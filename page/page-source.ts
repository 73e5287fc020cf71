import { callFailure } from '../common/errors';
import { MAX_TEXT_BYTES, readText, textOf } from '../common/read-file';
import { withoutQuery } from '../common/urls';
import { BodyBuffer } from '../history/body-buffer';
import { EnvironmentError, UsageError } from '../target/errors';

/** The bounds of fetching a page. */
export interface FetchBounds {
  /** The longest that it may take in all, ms. */
  timeoutMs: number;
  /** The longest page that is read, in bytes. */
  cap: number;
}

const BOUNDS: FetchBounds = { timeoutMs: 30_000, cap: MAX_TEXT_BYTES };
const ADVICE =
  'Download the page, for example with curl --location --max-time 60 --output page.md URL, and give the file.';

/** What a page is called in messages: a file's path, or a URL without its query. */
export function sourceName(source: string): string {
  return isUrl(source) ? withoutQuery(source) : source;
}

function isUrl(source: string): boolean {
  return /^https?:/i.test(source);
}

/** Fetches a page without any token; redirects are followed. */
async function fetched(url: string, { timeoutMs, cap }: FetchBounds): Promise<string> {
  const name = sourceName(url);
  const limits = `the limits are ${timeoutMs} ms and ${cap} bytes`;
  const signal = AbortSignal.timeout(timeoutMs);
  let received = 0;
  const unreadable = (why: string): EnvironmentError =>
    new EnvironmentError('answer', `can't read the page ${name}: ${why}`, ADVICE);
  try {
    const response = await fetch(url, { signal, headers: { Accept: 'text/markdown, text/plain, */*;q=0.1' } });
    if (!response.ok) throw unreadable(`the response has status ${response.status}`);
    const body = new BodyBuffer(cap);
    for await (const piece of response.body ?? []) {
      received += piece.length;
      if (received > cap) throw unreadable(`it is too long; ${limits}`);
      body.add(Buffer.from(piece));
    }
    return textOf(body.toBuffer());
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    if (signal.aborted) throw unreadable(`it did not end in time, ${received} bytes arrived; ${limits}`);
    throw unreadable(callFailure(error));
  }
}

/**
 * Reads the Markdown source of a page.
 * @param source a file, `-` for standard input, or an http or https URL
 * @throws UsageError if the file can't be read, or the URL has no valid form
 * @throws EnvironmentError if nothing complete came from the URL within the bounds
 */
export async function pageSource(source: string, bounds: FetchBounds = BOUNDS): Promise<string> {
  if (!isUrl(source)) return readText(source, 'the page', { cap: MAX_TEXT_BYTES });
  if (!URL.canParse(source)) throw new UsageError('the URL of the page has no valid form');
  return fetched(source, bounds);
}
