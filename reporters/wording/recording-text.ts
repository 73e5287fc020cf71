import type { HistoryHeader } from '../../history/events';
import type { Assembled } from '../../history/import/assemble';
import type { HarTool } from '../../history/import/har-tools';
import type { LeftOut, RecordedSource, Recording } from '../../history/recording';
import { JUDGED_VERDICTS } from '../../verdicts/gate';
import type { Result } from '../../verdicts/result';
import { plain } from '../plain';
import { countText } from './count-text';

/** The text about recorded traffic. */

const KINDS: Record<RecordedSource['kind'], string> = {
  har: 'HAR',
  ngrok: 'ngrok requests',
  wiremock: 'WireMock journal',
};

/** What is judged of them all the same. */
const EXCEPT_REFUSAL = ', except how they were refused';

const LEFT_OUT: Record<LeftOut, (count: number) => string> = {
  noBody: (n) => `${countText(n, 'invitation')} without a recorded body${EXCEPT_REFUSAL}`,
  otherForm: (n) =>
    `${countText(n, 'invitation')} in a form that this edition of the page does not describe${EXCEPT_REFUSAL}`,
  otherTarget: (n) => `${countText(n, 'invitation')} to another base URL`,
  twice: (n) => `${countText(n, 'exchange')} that ${n === 1 ? 'was' : 'were'} recorded more than once`,
  unknownCall: (n) => `${countText(n, 'notification')} about calls without a recorded invitation`,
  unreadable: (n) =>
    `${countText(n, 'request')} to a callback that ${n === 1 ? 'is not a readable notification' : 'are not readable notifications'}`,
  notAnEntry: (n) => `${countText(n, 'entry').replace(/ys$/, 'ies')} without a request, or too long`,
};

/** `recorded traffic of 12 invitations, 54 of 81 behaviours could be judged` */
export function recordedText({ recording, behaviors }: Pick<Result, 'recording' | 'behaviors'>): string | undefined {
  if (!recording) return undefined;
  const judged = behaviors.filter(({ verdict }) => JUDGED_VERDICTS.includes(verdict)).length;
  const of = countText(recording.invitations, 'invitation');
  return `recorded traffic of ${of}, ${judged} of ${countText(behaviors.length, 'behaviour')} could be judged`;
}

function sourceLine({ name, kind, entries, invitations, notifications, cutOff }: RecordedSource): string {
  const held = `${countText(invitations, 'invitation')}, ${countText(notifications, 'notification')}`;
  const all = countText(entries, 'entry').replace(/ys$/, 'ies');
  return `${plain(name)} (${KINDS[kind]}): ${all}, among them ${held}${cutOff ? '; the file is cut off' : ''}`;
}

function leftOutLines({ leftOut }: Recording): string[] {
  return leftOut.map(({ why, count }) => `left out   ${LEFT_OUT[why](count)}`);
}

/** How to make a tool record bodies. */
const KEEP_BODIES: Partial<Record<HarTool, string>> = {
  devProxy: 'set "includeResponse": true in the configuration of HarGeneratorPlugin',
  fiddler: 'before the export, say: prefs set fiddler.importexport.HTTPArchiveJSON.MaxTextBodyLength 1000000',
  firefox: 'set devtools.netmonitor.har.includeResponseBodies in about:config',
  playwright: "record with content: 'embed'",
};

/** Advice for files without bodies, from which little can be judged. */
function bodyLines(withoutBodies: Assembled['withoutBodies']): string[] {
  return withoutBodies.map(({ name, tool }) => {
    const how = tool === undefined ? undefined : KEEP_BODIES[tool];
    return `note       ${plain(name)} has no bodies of invitations or of their responses: ${how ?? 'configure the recorder to keep them'}`;
  });
}

/**
 * Describes recorded traffic before it is judged.
 * @param of the base URLs of the invitations, files without bodies, and the edition if the recording shows it
 */
export function recordingLines(
  { recording, target }: HistoryHeader,
  { targets, withoutBodies, shown }: Pick<Assembled, 'targets' | 'withoutBodies'> & { shown?: string | undefined },
): string[] {
  if (!recording) return [];
  const { sources, calls, invitations, notifications, callbacks, reserialized } = recording;
  const others = [...targets.keys()].filter((base) => base !== target).slice(0, 3);
  const elsewhere = others.length > 0 ? `; others go to ${others.map(plain).join(', ')} (--target chooses)` : '';
  const where = callbacks.length > 0 ? `, delivered to ${callbacks.slice(0, 3).map(plain).join(', ')}` : '';
  return [
    ...sources.map((source) => `recording  ${sourceLine(source)}`),
    `target     ${invitations === 0 ? 'none: there is no invitation' : plain(target)}${elsewhere}`,
    `calls      ${countText(calls, 'call')}, ${countText(invitations, 'invitation')}`,
    `callbacks  ${countText(notifications, 'notification')} about them${where}`,
    ...(shown === undefined
      ? []
      : [`edition    ${shown}: invitations have participantId or hidden, which it describes (--edition chooses)`]),
    ...leftOutLines(recording),
    ...bodyLines(withoutBodies),
    ...(reserialized ? ['note       a library rewrote the notifications: casing and types are not judged'] : []),
  ];
}
