import { MASK, redactor, type Redact } from '../redact';
import { isUnmistakable } from '../secrets';
import { shownUrl } from '../urls';
import type { Headers } from '../events';
import type { RecordedExchange } from './importer';

/** Takes the secrets out of recorded traffic as it is read: nobody says beforehand which they are. */

/** How many different tokens are looked for in what follows; a JSON Web Token is found by its form. */
const MOST_TOKENS = 64;
/** Headers and claims of a JSON Web Token begin with `{"`, which is eyJ in base64. */
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

/** Cleans one exchange after the other; a token that stood in a header is masked wherever it stands from then on. */
export class Cleaner {
  readonly #tokens = new Set<string>();
  #redact: Redact = redactor([]);

  /** A copy without tokens and without the values of queries. */
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
