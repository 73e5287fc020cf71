import { arrayMember, stringMember } from '../history/values';
import { isInvitation, isMove } from './example-run';
import { onLine, type PageFinding } from './page-finding';
import type { Example, Page } from './page';

/** Contradictions in the page's text: names of permissions, and descriptions of examples that their requests contradict. */
export function proseFindings(page: Page): PageFinding[] {
  return [...permissionNames(page), ...page.examples.filter(isInvitation).flatMap(wordsAboutReplacing)];
}

/** The call permissions in the permissions reference and the metadata (linked: permissions-reference). */
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

/** The description of an example must mention a replaced call if, and only if, its request has a replacesCallId. */
function wordsAboutReplacing(example: Example): PageFinding[] {
  const { request, heading, says, lines } = example;
  const participants = arrayMember(request.body?.value, 'participants') ?? [];
  const at = participants.findIndex((one) => stringMember(one, 'replacesCallId') !== undefined);
  // Moving a participant between meetings also needs a replacesCallId.
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
          'a request has a replacesCallId only if its example is about replacing a call or moving a participant',
        seen: 'the request has one, but the text of the example does not mention it',
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
      expected: 'the request of an example about a replaced call has a replacesCallId',
      seen: 'the request has none, so no call is replaced',
      contradiction: 'pstn-peer-call-note',
    },
  ];
}
