import type { Answer } from '../hooks';
import { variant, type Variant } from '../fault-records';
import { editText, everyAnswer, onAnswer, onResponse, setHeader } from '../hook-builders';

const location = (change: (uri: string) => string) =>
  onAnswer((answer) => setHeader(answer.headers, 'Location', change(answer.headers['Location'] ?? '')));

const headerNames = (change: (name: string) => string) =>
  everyAnswer((answer: Answer) => {
    answer.headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [change(name), value]));
  });

/** Variants of responses: their headers and their timing. */
export const answerVariants: readonly Variant[] = [
  variant(
    'relative-location',
    'sends Location as a path',
    location((uri) => new URL(uri).pathname),
  ),
  variant(
    'location-other-host',
    'sends a Location with another host, as a service behind a gateway does',
    location((uri) => uri.replace(/^https?:\/\/[^/]+/, 'https://graph.example.com')),
  ),
  variant(
    'location-app-path',
    'sends a Location with the older path /app/calls',
    location((uri) => uri.replace('/communications/', '/app/')),
  ),
  variant(
    'location-key-form',
    "sends a Location in OData's key form, with the ids in parentheses",
    location((uri) => uri.replaceAll(/\/(calls|operations)\/([^/]+)/g, "/$1('$2')")),
  ),
  variant(
    'location-key-form-escaped',
    "sends Location as a path in OData's key form, with escaped quotation marks and the operation's type",
    location((uri) => {
      const keyed = new URL(uri).pathname.replaceAll(/\/(calls|operations)\/([^/]+)/g, '/$1(%27$2%27)');
      return `${keyed}/microsoft.graph.inviteParticipantsOperation`;
    }),
  ),
  variant(
    'location-trailing-slash',
    'sends a Location with a slash at the end',
    location((uri) => `${uri}/`),
  ),
  variant(
    'location-escaped',
    'escapes the hyphens of the operation id in Location',
    location((uri) => uri.replaceAll(/(?<=\/operations\/.*)-/g, '%2D')),
  ),
  variant(
    'slow-answer',
    'sends each response 300 ms later',
    everyAnswer((answer) => {
      answer.delayMs += 300;
    }),
  ),
  variant(
    'keep-alive-off',
    'closes each client connection after one response',
    everyAnswer((answer) => setHeader(answer.headers, 'Connection', 'close')),
  ),
  variant(
    'headers-upper-case',
    'writes the names of response headers in upper case',
    headerNames((name) => name.toUpperCase()),
  ),
  variant(
    'headers-lower-case',
    'writes the names of response headers in lower case',
    headerNames((name) => name.toLowerCase()),
  ),
  variant(
    'more-headers',
    'adds the usual headers of Microsoft Graph to responses',
    everyAnswer((answer) => {
      answer.headers['Strict-Transport-Security'] = 'max-age=31536000';
      answer.headers['request-id'] = 'b3c1f2d0-6f0e-4a53-a6a8-0b2f4fbb1c55';
      answer.headers['OData-Version'] = '4.0';
      answer.headers['Cache-Control'] = 'no-store, no-cache';
    }),
  ),
  variant(
    'status-lowercase',
    'sends the status of the operation in lower case in responses',
    onResponse((operation) => editText(operation, 'status', (status) => status.toLowerCase())),
  ),
];
