import { MASK, redactor, type Redact } from '../redact';
import { isUnmistakable } from '../secrets';
import { shownUrl } from '../urls';
import type { Headers } from '../events';
import type { RecordedExchange } from './importer';

/** Removes secrets from recorded traffic while reading it; which texts are secrets is not known beforehand. */

/** The most tokens that are remembered and masked later; JSON Web Tokens are recognized by their form. */
const MOST_TOKENS = 64;
/** Text that may contain a JSON Web Token. It always matches as a whole, so that a long text takes no longer per character. */
const DOTTED = /[\w.-]{16,}/g;
/** The beginning of a token's header and claims: `{"` in base64. */
const BEGINNING = 'eyJ';
/** The shortest header and claims, and the most parts after them, as encrypted tokens have. */
const SHORTEST_PART = 7;
const MOST_MORE_PARTS = 3;
const CREDENTIALS = new Set([
  'authorization',
  'proxy-authorization',
  'authentication',
  'x-auth-token',
  'x-access-token',
]);

function withoutWebTokens(text: string): string {
  return text.includes(BEGINNING) ? text.replace(DOTTED, withoutWebTokensIn) : text;
}

function withoutWebTokensIn(dotted: string): string {
  const parts = dotted.split('.');
  const left: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const [part = '', claims = ''] = [parts[i], parts[i + 1]];
    const at = part.indexOf(BEGINNING);
    const isToken =
      at !== -1 &&
      part.length - at >= SHORTEST_PART &&
      claims.startsWith(BEGINNING) &&
      claims.length >= SHORTEST_PART &&
      i + 2 < parts.length;
    left.push(isToken ? part.slice(0, at) + MASK : part);
    if (isToken) i += 1 + MOST_MORE_PARTS;
  }
  return left.join('.');
}

/** Cleans exchanges one after the other; a token in a header is masked in all later text. */
export class Cleaner {
  readonly #tokens = new Set<string>();
  #redact: Redact = redactor([]);

  /** A copy without tokens and without the values of query parameters. */
  clean({ request, response, ...rest }: RecordedExchange): RecordedExchange {
    this.#note(request.headers);
    if (response) this.#note(response.headers);
    const url = shownUrl(request.url);
    return {
      ...rest,
      request: { ...this.#message({ ...request, url }), method: request.method.slice(0, 40) },
      ...(response ? { response: this.#message(response) } : {}),
    };
  }

  #message<T extends RecordedExchange['request'] | NonNullable<RecordedExchange['response']>>(message: T): T {
    const shell = { kind: 'delivery' as const, method: '', path: '' };
    const { headers, body } = this.#redact.event({ ...shell, headers: message.headers, body: message.body });
    const content = body.encoding === 'utf8' ? withoutWebTokens(body.content) : body.content;
    return {
      ...message,
      headers: headers.map(([name, value]): Headers[number] => [name, withoutWebTokens(value)]),
      body: { ...body, content },
    };
  }

  #note(headers: Headers): void {
    for (const [name, value] of headers) {
      if (!CREDENTIALS.has(name) || value.length > 8192) continue;
      const token = value.replace(/^(?:Bearer|Basic)\s+/i, '');
      const known = this.#tokens.has(token) || this.#tokens.size >= MOST_TOKENS;
      if (known || !isUnmistakable(token) || withoutWebTokens(token) !== token) continue;
      this.#tokens.add(token);
      this.#redact = redactor([...this.#tokens]);
    }
  }
}
