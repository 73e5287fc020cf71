import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';

/** A request as it is sent: the bytes unchanged, and only these headers plus those that HTTP requires. */
export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Buffer | undefined;
  /** The agent that supplies the connection. */
  agent: http.Agent;
}

/** Receives the outcome of a request; `failed` may be called more than once, and after a response that broke off. */
export interface ResponseHandlers {
  answered: (message: IncomingMessage) => void;
  /** Called for an interim response (1xx). */
  informed: () => void;
  failed: (error: Error) => void;
}

/**
 * Sends a request with Node's client, which follows no redirects and decodes nothing.
 * @returns the request; undefined if it could not be made, and then `failed` receives the reason
 */
export function sendRequest(
  { method, url, headers, body, agent }: HttpRequest,
  { answered, informed, failed }: ResponseHandlers,
): ClientRequest | undefined {
  try {
    const send = url.protocol === 'https:' ? https.request : http.request;
    const request = send({
      method,
      // Node expects an IPv6 address without brackets. Credentials in a URL are not sent.
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers: body === undefined ? headers : { ...headers, 'Content-Length': body.length },
      agent,
    });
    request.on('response', answered).on('information', informed).on('error', failed);
    // Without this, Node waits for a response until the deadline.
    request.on('upgrade', (_message, socket) => {
      socket.destroy();
      failed(new Error('it switched to another protocol (101), which the request did not ask for'));
    });
    request.end(body);
    return request;
  } catch (error) {
    // A header that can't be sent, for one.
    failed(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}
