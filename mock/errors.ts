import { randomUUID } from 'node:crypto';
import type { JsonObject } from './json';

/** Why a request is refused: an HTTP status, and Graph's error code and message. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

/**
 * Makes a refusal.
 * @param status HTTP status, 4xx
 * @param code Graph's error code; the calls API uses numeric strings
 * @param message one sentence for a person
 * @param headers further headers of the response
 */
export function refusal(status: number, code: string, message: string, headers?: Record<string, string>): Refusal {
  return headers ? { status, code, message, headers } : { status, code, message };
}

/** The error body of Microsoft Graph: code, message, and an innerError with the time and the ids of the request. */
export function errorBody(code: string, message: string, clientRequestId?: string): JsonObject {
  const requestId = randomUUID();
  return {
    error: {
      code,
      message,
      innerError: {
        date: new Date().toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': clientRequestId ?? requestId,
      },
    },
  };
}
