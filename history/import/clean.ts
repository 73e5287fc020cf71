import { MASK, redactor, type Redact } from '../redact';
import { isUnmistakable } from '../secrets';
import { shownUrl } from '../urls';
import type { Headers } from '../events';
import type { RecordedExchange } from './importer';

/** Removes secrets from recorded traffic while reading it; which texts are secrets is not known beforehand. */

/** The most tokens that are remembered and masked later; JSON Web Tokens are recognized by their form. */
const MOST_TOKENS = 64;
/** Header and claims of a JSON Web Token begin with `{"`, which is eyJ in base64. */
const WEB_TOKEN = /eyJ[\w-]{4,}\.eyJ[\w-]{4,}(?:\.[\w-]*){1,3}/g;
const CREDENTIALS = new Set([
  'authorization',
  'proxy-authorization',
  'authentication',
  'x-auth-token',
  'x-access-token',
]);

function withoutWebTokens(text: string): string {
  return text.includes('eyJ') ? text.replace(WEB_TOKEN, MASK) : text;
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
