import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';

/** A request as it goes out: the bytes as they are, no header but these and those that HTTP itself needs. */
export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Buffer | undefined;
  /** The connections that it may go out on. */
  agent: http.Agent;
}

/** What becomes of a request; `failed` may come more than once, and after an answer that broke off. */
export interface ResponseHandlers {
  answered: (message: IncomingMessage) => void;
  /** An interim answer (1xx) has come. */
  informed: () => void;
  failed: (error: Error) => void;
}

/**
 * Sends a request by node's own client, which follows no redirect and undoes no coding.
 * @returns the request, to be given up or asked about; undefined where it could not be made: `failed` tells why
 */
export function sendRequest(
  { method, url, headers, body, agent }: HttpRequest,
  { answered, informed, failed }: ResponseHandlers,
): ClientRequest | undefined {
  try {
    const send = url.protocol === 'https:' ? https.request : http.request;
    const request = send({
      method,
      // Node takes an IPv6 address without its brackets. Credentials in a URL are not sent.
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers: body === undefined ? headers : { ...headers, 'Content-Length': body.length },
      agent,
    });
    request.on('response', answered).on('information', informed).on('error', failed);
    request.end(body);
    return request;
  } catch (error) {
    // A header that can't be sent, for one.
    failed(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}
