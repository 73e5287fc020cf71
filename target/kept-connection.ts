import http from 'node:http';
import https from 'node:https';
import type { SecureOptions } from './tls';

/** A connection that is kept between requests; its requests run one after the other. */
export class KeptConnection {
  readonly #plain = new http.Agent({ keepAlive: true, maxSockets: 1 });
  readonly #secure: https.Agent;

  /** @param secure TLS options in addition to Node's defaults */
  constructor(secure?: SecureOptions) {
    this.#secure = new https.Agent({ keepAlive: true, maxSockets: 1, ...secure });
  }

  /** The agent for a request to this URL. */
  agentFor(url: URL): http.Agent {
    return url.protocol === 'https:' ? this.#secure : this.#plain;
  }

  /** Closes the connection if it is open. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }
}
