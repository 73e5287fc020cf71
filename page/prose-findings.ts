import { arrayMember, stringMember } from '../history/values';
import { isInvitation, isMove } from './example-run';
import { onLine, type PageFinding } from './page-finding';
import type { Example, Page } from './page';

/** What the page's words break: names of permissions, and words about an example that its request belies. */
export function proseFindings(page: Page): PageFinding[] {
  return [...permissionNames(page), ...page.examples.filter(isInvitation).flatMap(wordsAboutReplacing)];
}

/** The permissions for calls, as the permissions reference and the metadata name them (linked: permissions-reference). */
const CALL_PERMISSIONS = new Set(
  ['AccessMedia', 'Initiate', 'InitiateGroupCall', 'JoinGroupCall', 'JoinGroupCallAsGuest'].map(
    (name) => `Calls.${name}.All`,
  ),
);

function permissionNames({ parts }: Page): PageFinding[] {
  const rows = parts.flatMap((part) => (part.kind === 'table' ? part.rows : []));
  return rows.flatMap(({ cells, lines }) =>
    (cells.join(' ').match(/\bCalls\.\w+\.All\b/g) ?? [])
      .filter((name) => !CALL_PERMISSIONS.has(name))
      .map((name) => ({
        rule: 'permission names',
        lines,
        expected: `a permission that the reference lists: ${[...CALL_PERMISSIONS].join(', ')} (linked: permissions-reference)`,
        seen: name,
        ...(name === 'Calls.InitiateGroupCalls.All' ? { contradiction: 'permission-name' } : {}),
      })),
  );
}

const REPLACING = /\breplac|\bpeer[- ]to[- ]peer\b/i;

const MOVING = /\bmov(?:e|es|ed|ing)\b|\btransfer|\breplac/i;

/** What is said of an example speaks of replacing a call if, and only if, its request carries a replacesCallId. */
function wordsAboutReplacing(example: Example): PageFinding[] {
  const { request, heading, says, lines } = example;
  const participants = arrayMember(request.body?.value, 'participants') ?? [];
  const at = participants.findIndex((one) => stringMember(one, 'replacesCallId') !== undefined);
  // Who is moved between meetings carries a replacesCallId as well.
  const about = isMove(example) ? MOVING : REPLACING;
  const sentence = says.find((one) => about.test(one.text));
  const speaks = about.test(heading) || sentence !== undefined;
  if (speaks === (at !== -1)) return [];
  const member = request.body?.members.find(({ path }) => path === `$.participants[${at}].replacesCallId`);
  if (at !== -1) {
    return [
      {
        rule: 'words about replacing',
        example: heading,
        lines: onLine(member?.line ?? request.lines.first),
        expected:
          'a request carries a replacesCallId where its example is about replacing a call, or about moving somebody',
        seen: 'the request carries one, and nothing that is said of the example speaks of it',
        ...(isMove(example)
          ? {}
          : { contradiction: participants.length > 1 ? 'example-2-replaces' : 'single-replaces' }),
      },
    ];
  }
  return [
    {
      rule: 'words about replacing',
      example: heading,
      lines: sentence?.lines ?? onLine(lines.first),
      expected: 'an example whose words speak of a replaced call carries a replacesCallId',
      seen: 'its request carries none, so that nothing is replaced',
      contradiction: 'pstn-peer-call-note',
    },
  ];
}
