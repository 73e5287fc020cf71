import type { Answer } from '../hooks';
import { variant, type Variant } from '../fault-records';
import { editText, everyAnswer, onAnswer, onResponse, setHeader } from '../hook-builders';

const location = (change: (uri: string) => string) =>
  onAnswer((answer) => setHeader(answer.headers, 'Location', change(answer.headers['Location'] ?? '')));

const headerNames = (change: (name: string) => string) =>
  everyAnswer((answer: Answer) => {
    answer.headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [change(name), value]));
  });

/** How the answer to a request comes: its header, and when. */
export const answerVariants: readonly Variant[] = [
  variant(
    'relative-location',
    'Location is a path',
    location((uri) => new URL(uri).pathname),
  ),
  variant(
    'location-other-host',
    'Location names the host of the service behind a gateway',
    location((uri) => uri.replace(/^https?:\/\/[^/]+/, 'https://graph.example.com')),
  ),
  variant(
    'location-app-path',
    'Location has the older path, /app/calls',
    location((uri) => uri.replace('/communications/', '/app/')),
  ),
  variant(
    'location-key-form',
    "Location names call and operation in OData's form, keys in parentheses",
    location((uri) => uri.replaceAll(/\/(calls|operations)\/([^/]+)/g, "/$1('$2')")),
  ),
  variant(
    'location-key-form-escaped',
    "Location is a path in OData's form with escaped quotation marks, and names the operation's type",
    location((uri) => {
      const keyed = new URL(uri).pathname.replaceAll(/\/(calls|operations)\/([^/]+)/g, '/$1(%27$2%27)');
      return `${keyed}/microsoft.graph.inviteParticipantsOperation`;
    }),
  ),
  variant(
    'location-trailing-slash',
    'Location ends in a slash',
    location((uri) => `${uri}/`),
  ),
  variant(
    'location-escaped',
    'Location has hyphens escaped in its ids',
    location((uri) => uri.replaceAll(/(?<=\/operations\/.*)-/g, '%2D')),
  ),
  variant(
    'slow-answer',
    'each answer takes 300 ms',
    everyAnswer((answer) => {
      answer.delayMs += 300;
    }),
  ),
  variant(
    'keep-alive-off',
    'each connection of a client is closed after one answer',
    everyAnswer((answer) => setHeader(answer.headers, 'Connection', 'close')),
  ),
  variant(
    'headers-upper-case',
    'names of headers are in upper case',
    headerNames((name) => name.toUpperCase()),
  ),
  variant(
    'headers-lower-case',
    'names of headers are in lower case',
    headerNames((name) => name.toLowerCase()),
  ),
  variant(
    'more-headers',
    'answers have the headers of Microsoft Graph',
    everyAnswer((answer) => {
      answer.headers['Strict-Transport-Security'] = 'max-age=31536000';
      answer.headers['request-id'] = 'b3c1f2d0-6f0e-4a53-a6a8-0b2f4fbb1c55';
      answer.headers['OData-Version'] = '4.0';
      answer.headers['Cache-Control'] = 'no-store, no-cache';
    }),
  ),
  variant(
    'status-lowercase',
    'the status of answers is in lower case',
    onResponse((operation) => editText(operation, 'status', (status) => status.toLowerCase())),
  ),
];
