import http from 'node:http';
import https from 'node:https';
import type { SecureOptions } from './tls';

/** A connection that is kept from one request to the next; requests on it go one after the other. */
export class KeptConnection {
  readonly #plain = new http.Agent({ keepAlive: true, maxSockets: 1 });
  readonly #secure: https.Agent;

  /** @param secure how it is secured beyond what Node does by itself */
  constructor(secure?: SecureOptions) {
    this.#secure = new https.Agent({ keepAlive: true, maxSockets: 1, ...secure });
  }

  /** What node sends a request to this URL with. */
  agentFor(url: URL): http.Agent {
    return url.protocol === 'https:' ? this.#secure : this.#plain;
  }

  /** Closes it, where the target has not done so. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }
}
