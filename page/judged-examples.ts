import type { Finding } from '../behaviors/behavior';
import { BEHAVIORS } from '../behaviors/catalog';
import type { Place, Value } from '../behaviors/finding';
import { identitiesOf } from '../history/identities';
import { rosterOf } from '../history/notifications';
import { member } from '../history/values';
import { runView, type Run } from '../history/run-view';
import { findingText } from '../reporters/wording/finding-text';
import { isMove, runsOf, type ExampleRun } from './example-run';
import { onLine, type PageFinding } from './page-finding';
import { allowedAt, isShortened } from './schema-checks';
import type { Example, Lines } from './page';
import { isRelatedType } from './related-types';

/** Judges an example as if it were a recorded run. */
export function judgedExample(example: Example): PageFinding[] {
  return runsOf(example).flatMap((made) => {
    const run = runView(made.history);
    return BEHAVIORS.flatMap(({ id, judge }) =>
      judge(run).flatMap((outcome): PageFinding[] => {
        if (outcome.verdict !== 'failed' || !tries(run, id)) return [];
        const { finding } = outcome;
        const { lines, leftOut } = placeOf(finding, made);
        if (leftOut || isAboutRelatedTypes(finding, made)) return [];
        // The catalogue's contradictions concern replaced calls; there is none about moves.
        const contradiction = isMove(example) ? undefined : contradictionOf(id, run, finding);
        const { title, expected, got } = findingText(finding, id);
        const found: PageFinding = { rule: id, example: example.heading, lines, says: title, expected, seen: got };
        return [contradiction === undefined ? found : { ...found, contradiction }];
      }),
    );
  });
}

/** Whether the run tries a behaviour: judges of deliveries judge all of them anyway. */
function tries(run: Run, id: string): boolean {
  return run.header.plan.some((planned) => planned.tries.includes(id));
}

/** The place of a finding on the page, and whether it concerns content that a shortened example omits. */
function placeOf({ at }: Finding, { messages }: ExampleRun): { lines: Lines; leftOut: boolean } {
  const [first] = at.flatMap(({ event }) => messages.get(event) ?? []);
  if (!first) return { lines: onLine(1), leftOut: false };
  const places = at.filter(({ event }) => messages.get(event) === first);
  const paths = places.flatMap(({ part, path }) => (part === 'body' && path !== undefined ? [path] : []));
  const members = first.body?.members ?? [];
  const shown = paths.flatMap((path) => members.find((one) => one.path === path) ?? [])[0];
  if (shown) return { lines: onLine(shown.line), leftOut: false };
  if (places.some(({ part }) => ABOVE_THE_BODY.has(part))) {
    return { lines: onLine(first.startLine ?? first.lines.first), leftOut: false };
  }
  // Examples shorten resources; an error has few members, and none is omitted.
  const leftOut = paths.length > 0 && isShortened(first) && (first.status ?? 200) < 400;
  return { lines: first.lines, leftOut };
}

/** Parts of a message before its body: start line and headers. */
const ABOVE_THE_BODY: ReadonlySet<Place['part']> = new Set(['status', 'header', 'method']);

/** Whether a finding only concerns types that are related to the expected ones. */
function isAboutRelatedTypes({ at, expected }: Finding, { messages }: ExampleRun): boolean {
  return at.every(({ event, part, path }) => {
    const message = messages.get(event);
    if (part !== 'body' || path === undefined || !message) return false;
    const shown = message.body?.members.find((one) => one.path === path)?.value;
    const allowed = expected.is === 'json' ? [expected.value] : allowedAt(message, path);
    return shown !== undefined && isRelatedType(path, JSON.parse(shown), allowed);
  });
}

/** The contradiction of the catalogue that explains a failed behaviour. */
function contradictionOf(id: string, run: Run, { at, observed }: Finding): string | undefined {
  const [invitation] = run.invitations;
  if (!invitation) return undefined;
  const ending = invitation.endings[0];
  const replaced = run.calls.find(({ key }) => key === invitation.record.replaces)?.callId;
  switch (id) {
    case 'response.location':
      return observed.is === 'absent' ? 'location-not-in-examples' : undefined;
    case 'replace.first-only-response':
    case 'replace.first-only-completion':
    case 'replace.first-only-roster':
      return 'example-2-replaces';
    case 'response.replaces-call-id':
      return invitation.record.ignored.length > 0 ? 'example-2-replaces' : undefined;
    case 'completion.resource-url':
      return ending?.resource?.id === 'participants' ? 'example-2-operation-path' : undefined;
    case 'completion.operation-id':
      return isNothing(observed) ? 'example-2-operation-path' : undefined;
    case 'completion.operation':
      return at.every(({ path = '' }) => OPERATION_ID.test(path)) && isNull(observed)
        ? 'example-2-operation-path'
        : undefined;
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

/** The path of an operation's id in a notification. */
const OPERATION_ID = /^\$\.value\[\d+\]\.resourceData\.id$/;

function isNull(value: Value): boolean {
  return value.is === 'json' && value.value === null;
}

/** Whether a value is absent or null, which mean the same. */
function isNothing(value: Value): boolean {
  return value.is === 'absent' || isNull(value);
}

/** Whether a roster shows an invitee's id with another kind of identity. */
function showsAnotherKind({ rosters, record }: Run['invitations'][number]): boolean {
  const listed = rosters
    .flatMap(rosterOf)
    .flatMap(({ entry }) => identitiesOf(member(member(entry, 'info'), 'identity')));
  return listed.some((shown) => record.invitees.some(({ id, kind }) => id === shown.id && kind !== shown.kind));
}
