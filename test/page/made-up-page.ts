import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page in the documentation's format with its own wording, and the lines from which behaviours come. */
export interface MadeUpPage {
  markdown: string;
  sources: Map<string, number[]>;
}

/** Lines; `from` names the behaviours that come from a line. */
type Line = string | { text: string; from: string[] };

const at = (text: string, ...from: string[]): Line => ({ text, from });

/** The JSON of an example's message; `marks` gives behaviours to lines by the beginning of their text. */
function json(value: unknown, marks: Record<string, string[]> = {}): Line[] {
  const left = { ...marks };
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((text) => {
      const key = Object.keys(left).find((start) => text.trim().startsWith(start));
      if (key === undefined) return text;
      const from = left[key] ?? [];
      delete left[key];
      return at(text, ...from);
    });
}

export type Json = Record<string, unknown>;
export type Kind = 'request' | 'response' | 'completion' | 'roster';

/** The JSON of a kept example. */
function fixture(n: number, kind: Kind): Json {
  const file = join(__dirname, '..', 'fixtures', 'page', `example-${n}-${kind}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

interface Marks {
  response?: Record<string, string[]>;
  completion?: Record<string, string[]>;
  roster?: Record<string, string[]>;
  headings?: boolean;
}

const TITLES = [
  '',
  'Example 1: One person joins',
  'Example 2: Several people join',
  'Example 3: Somebody leaves another call, which is replaced, and joins',
  'Example 4: A telephone joins',
];

export interface PageOptions {
  /** The bodies of the examples. */
  bodies?: (example: number, kind: Kind) => Json;
  /** The headers of an example's response, in addition to Content-Type. */
  responseHeaders?: (example: number) => string[];
  /** The path of an example's request. */
  path?: (example: number) => string;
}

function example(n: number, says: Line[], marks: Marks, options: PageOptions): Line[] {
  const {
    bodies = fixture,
    responseHeaders = () => [],
    path = () => '/communications/calls/{id}/participants/invite',
  } = options;
  const mark = (text: string, ...from: string[]): Line => (marks.headings === true ? at(text, ...from) : text);
  const order = ['ordering.completion-before-roster', 'ordering.concurrent-invitations'];
  const callback = [
    mark('POST https://robot.example/hook', 'notification.post'),
    mark('Content-Type: application/json', 'notification.json'),
  ];
  return [
    n === 4 ? at(`### ${TITLES[n] ?? ''}`, 'pstn.accepted') : `### ${TITLES[n] ?? ''}`,
    '',
    ...says,
    '',
    '##### Request',
    '',
    '# [HTTP](#tab/http)',
    '<!-- {',
    '  "blockType": "request",',
    `  "name": "made-up-${n}"`,
    '}-->',
    '```http',
    `POST ${path(n)}`,
    'Content-Type: application/json',
    '',
    ...json(bodies(n, 'request')),
    '```',
    '# [C#](#tab/csharp)',
    '[!INCLUDE [sample-code](../includes/made-up.md)]',
    '---',
    '',
    mark('##### Response', 'ordering.response-first', 'ordering.concurrent-invitations'),
    '',
    '<!-- { "blockType": "response", "truncated": true, "@odata.type": "microsoft.graph.inviteParticipantsOperation" } -->',
    '```http',
    'HTTP/1.1 200 OK',
    mark('Content-Type: application/json', 'response.json'),
    ...responseHeaders(n),
    '',
    ...json(bodies(n, 'response'), marks.response),
    '```',
    '',
    mark(
      '##### Notification - the end',
      'completion.announced',
      'completion.once',
      'ordering.response-first',
      ...order,
    ),
    '',
    '```http',
    ...callback,
    '```',
    '<!-- { "blockType": "example", "@odata.type": "microsoft.graph.commsNotifications" } -->',
    '```json',
    ...json(bodies(n, 'completion'), marks.completion),
    '```',
    '',
    mark('##### Notification - the roster', ...order),
    '',
    '```http',
    'POST https://robot.example/hook',
    'Content-Type: application/json',
    '```',
    '',
    '<!-- { "blockType": "example", "@odata.type": "microsoft.graph.commsNotifications" } -->',
    '',
    '```json',
    ...json(bodies(n, 'roster'), marks.roster),
    '',
    '```',
    '',
  ];
}

function introduction(): Line[] {
  const header = ['authorization.required', 'authorization.bearer', 'authorization.unknown-token'];
  const context = ['request.client-context-at-limit', 'request.client-context-over-limit'];
  return [
    '---',
    'title: "robot: call in"',
    'doc_type: apiPageType',
    '---',
    '',
    '# robot: call in',
    '',
    'Namespace: microsoft.graph',
    '',
    'Asks people to come into a call. See [operations](../resources/operation.md) for what happens then.',
    '',
    at('> **Note:** Calls between two parties are left out here.', 'request.group-calls-only'),
    '',
    '## Permissions',
    'You need one of these.',
    '',
    '| Permission type | Permissions |',
    '| :--- | :--- |',
    at('| Delegated (of a company)    | None |', 'authorization.delegated'),
    at('| Delegated (of a person)     | None |', 'authorization.delegated'),
    at('| Application | Calls.InitiateGroupCall.All |', 'authorization.application-permission'),
    '',
    '## HTTP request',
    '<!-- { "blockType": "ignored" } -->',
    '```http',
    at('POST /communications/calls/{id}/participants/invite', 'request.route'),
    '```',
    '',
    '## Request headers',
    '| Name | Description |',
    '|:-----|:------------|',
    at('| Authorization | Bearer {token}. Needed. |', ...header),
    at('| Content-type  | application/json. Needed. |', 'request.content-type'),
    '',
    '## Request body',
    'Send a JSON object with these.',
    '',
    '| Parameter | Type | Description |',
    '|:----------|:-----|:------------|',
    '| participants | [participantInfo](../resources/info.md) collection | Whom to ask in. |',
    at('| clientContext | String | Words of yours, at most 256 characters long. |', ...context),
    '',
    '## Response',
    at(
      'If all is well, the answer is `200 OK`, with a location header that names the [operation](../resources/operation.md).',
      'response.status-200',
      'response.location',
      'response.location-operation',
    ),
    '',
    at('Its body is that [operation](../resources/operation.md).', 'response.operation', 'response.participants'),
    '',
    at('> **Note:** After that, everybody is told who is in the call.', 'roster.announced', 'roster.invitees'),
    '',
    '## Examples',
    'See how it is done.',
    '',
  ];
}

const FIRST: Marks = {
  headings: true,
  response: {
    '"@odata.type"': ['response.odata-type'],
    '"id"': ['response.operation-id'],
    '"status"': ['response.status-running'],
    '"clientContext"': ['response.client-context'],
    '"resultInfo"': ['response.result-info'],
  },
  completion: {
    '"@odata.type": "#microsoft.graph.commsNotifications"': ['notification.envelope'],
    '"changeType"': ['completion.change-type'],
    '"resourceUrl"': ['completion.resource-url', 'notification.resource-url'],
    '"@odata.type": "#microsoft.graph.inviteParticipantsOperation"': ['completion.operation'],
    '"participants"': ['completion.participants'],
    '"status"': ['completion.status'],
    '"clientContext"': ['completion.client-context'],
  },
  roster: {
    '"changeType"': ['roster.change-type'],
    '"resourceUrl"': ['roster.resource-url'],
    '"resourceData"': ['roster.collection'],
    '"@odata.type": "#microsoft.graph.participant"': ['roster.participant'],
    '"mediaStreams"': ['roster.media-streams'],
    '"isMuted"': ['roster.joined'],
    '"isInLobby"': ['roster.joined'],
  },
};

const several = ['accepted', 'five-accepted', 'six-refused', 'chat-info-required'].map((id) => `multiple.${id}`);
const firstOnly = ['accepted', 'response', 'completion', 'roster'].map((id) => `replace.first-only-${id}`);
const ends = [
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
  'ordering.replaced-call-ends-after-completion',
];

/** Builds the page. */
export function madeUpPage(options: PageOptions = {}): MadeUpPage {
  const phone = { '"phone": {': ['phone'] };
  const lines: Line[] = [
    ...introduction(),
    ...example(1, ['The simplest case.'], FIRST, options),
    ...example(
      2,
      [at('> **Note**: The call has to have a chat. Up to 5 people can be asked at once.', ...several)],
      {},
      options,
    ),
    ...example(
      3,
      [
        at('Only one person can replace a call of two parties.', 'replace.accepted', ...firstOnly),
        at('Of several who are named the first one counts', ...firstOnly),
        at('and the others are passed over.', ...firstOnly),
      ],
      { response: { '"replacesCallId"': ['response.replaces-call-id'] } },
      options,
    ),
    at('> **Note:** After `completed`, look out for the end of the call that was replaced.', ...ends),
    '',
    ...example(
      4,
      [at('The robot needs a number of its own.', 'pstn.accepted', 'pstn.number-required')],
      {
        response: { '"phone": {': phone['"phone": {'].map((id) => `pstn.${id}-response`) },
        completion: { '"phone": {': ['pstn.phone-completion'] },
        roster: { '"phone": {': ['pstn.phone-roster'] },
      },
      options,
    ),
  ];
  const sources = new Map<string, number[]>();
  lines.forEach((line, i) => {
    if (typeof line === 'string') return;
    for (const id of line.from) sources.set(id, [...(sources.get(id) ?? []), i + 1]);
  });
  return { markdown: `${lines.map((line) => (typeof line === 'string' ? line : line.text)).join('\n')}\n`, sources };
}
