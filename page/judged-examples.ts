import { BEHAVIORS } from '../behaviors/catalog';
import type { Finding } from '../behaviors/behavior';
import { identitiesOf } from '../history/identities';
import { rosterOf } from '../history/notifications';
import { member } from '../history/values';
import { view, type Run } from '../history/view';
import { isMove, runsOf, type ExampleRun } from './example-run';
import { onLine, type PageFinding } from './finding';
import type { Example, Lines, Message } from './page';
import { tellsOfRelatedTypes } from './polymorphic';

const PATH = /\$(?:\.[\w$]+|\[\d+\]|\['(?:[^'\\]|\\.)*'\])*/g;

/** Judges an example as if it were a recorded run. */
export function judgedExample(example: Example): PageFinding[] {
  return runsOf(example).flatMap((made) => {
    const run = view(made.history);
    return BEHAVIORS.flatMap((behavior) => {
      const outcomes = behavior.judge(run, behavior);
      return outcomes.flatMap(({ verdict, finding }): PageFinding[] => {
        if (verdict !== 'failed' || !finding || !tries(run, behavior.id)) return [];
        const place = placeOf(finding, made);
        if (place.leftOut) return [];
        const { expected, seen } = finding;
        if (tellsOfRelatedTypes(seen, expected)) return [];
        // The catalogue's contradictions are about replacing calls; it knows none about a move.
        const contradiction = isMove(example) ? undefined : contradictionOf(behavior.id, run, seen);
        const found: PageFinding = { rule: behavior.id, example: example.heading, lines: place.lines, expected, seen };
        return [contradiction === undefined ? found : { ...found, contradiction }];
      });
    });
  });
}

/** Judges of deliveries look at all of them, whatever was tried. */
function tries(run: Run, id: string): boolean {
  return run.header.plan.some((planned) => planned.tries.includes(id));
}

/** Where on the page a finding stands, and whether it is about something that a shortened example leaves out. */
function placeOf(finding: Finding, { messages }: ExampleRun): { lines: Lines; leftOut: boolean } {
  const shown = finding.events.flatMap((n) => messages.get(n) ?? []);
  const message = shown.find(({ role }) => role === 'notification') ?? shown[0];
  if (!message) return { lines: onLine(1), leftOut: false };
  const paths = finding.seen.match(PATH) ?? [];
  const members = message.body?.members ?? [];
  const at = paths.flatMap((path) => members.find((one) => one.path === path) ?? [])[0];
  if (at) return { lines: onLine(at.line), leftOut: false };
  if (ABOUT_HEAD.test(finding.seen)) return { lines: onLine(message.startLine ?? message.lines.first), leftOut: false };
  const identity = members.find(({ path, value }) => path.endsWith('.id') && finding.seen.includes(value.slice(1, -1)));
  if (identity && paths.length === 0) return { lines: onLine(identity.line), leftOut: false };
  return { lines: message.lines, leftOut: paths.length > 0 && isShortened(message) };
}

/** Findings about a start line or headers, which stand above the body. */
const ABOUT_HEAD = /\bheader\b|Content-Type|Location|^the (?:status|answer|method)\b/;

/** `"truncated": true`, also where it is written as a string. */
export function isShortened({ annotation }: Message): boolean {
  return String(annotation?.value['truncated']) === 'true';
}

/** The contradiction of the catalogue that a broken behaviour shows. */
function contradictionOf(id: string, run: Run, seen: string): string | undefined {
  const [invitation] = run.invitations;
  if (!invitation) return undefined;
  const ending = invitation.endings[0];
  const replaced = run.calls.find(({ key }) => key === invitation.record.replaces)?.callId;
  switch (id) {
    case 'response.location':
      return invitation.exchange.response?.headers.some(([name]) => name === 'location') === true
        ? undefined
        : 'location-not-in-examples';
    case 'replace.first-only-response':
    case 'replace.first-only-completion':
    case 'replace.first-only-roster':
      return 'example-2-replaces';
    case 'response.replaces-call-id':
      return invitation.record.ignored.length > 0 ? 'example-2-replaces' : undefined;
    case 'completion.resource-url':
      return ending?.resource?.id === 'participants' ? 'example-2-operation-path' : undefined;
    case 'completion.operation-id':
      return member(ending?.data, 'id') === undefined ? 'example-2-operation-path' : undefined;
    case 'completion.operation':
      return /^\$\.value\[\d+\]\.resourceData\.id is null\b[^;]*$/.test(seen) ? 'example-2-operation-path' : undefined;
    case 'roster.resource-url':
      if (invitation.rosters.some(({ resource }) => resource !== undefined && resource.callId === replaced)) {
        return 'example-3-roster-call';
      }
      return invitation.rosters.some(({ resource }) => resource?.id === 'participants')
        ? 'example-2-roster-path'
        : undefined;
    case 'roster.invitees':
      return showsAnotherKind(invitation) ? 'application-identity' : undefined;
    default:
      return undefined;
  }
}

/** Whether a roster shows an invitee's id as another kind of identity. */
function showsAnotherKind({ rosters, record }: Run['invitations'][number]): boolean {
  const listed = rosters
    .flatMap(rosterOf)
    .flatMap(({ entry }) => identitiesOf(member(member(entry, 'info'), 'identity')));
  return listed.some((shown) => record.invitees.some(({ id, kind }) => id === shown.id && kind !== shown.kind));
}
