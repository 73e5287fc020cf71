import type { UntestedReason } from '../../verdicts/untested-reason';
import type { Remark } from '../../verdicts/remark';
import { countText } from './count-text';

/** The text of remarks, and of reasons why behaviours are untested. */

type Lacks = Extract<UntestedReason, { why: 'notShown' }>['lacks'];

/** What an attempt did not show, so that a behaviour could not be judged. */
const LACKS: Record<Lacks, string> = {
  notThrottled: 'the target throttled the request',
  controlled: 'no comparable valid invitation was accepted, so a refusal of this one proves nothing',
  endingsCome: 'no operation in this run ended, so the missing end of this one proves nothing',
  accepted: 'the invitation was not accepted',
  refusal: 'the invitation was not refused',
  json: 'the response is not JSON',
  body: 'the body of the response is not an operation',
  operationId: 'the response has no operation id',
  operationIdText: 'the response has no operation id',
  location: 'the response has no Location header that can be resolved',
  operationNotification: 'no notification about the operation arrived',
  ended: 'no notification ended the operation',
  completedOrPlain: 'the operation was announced as failed',
  completed: 'the operation was not completed',
  notCompleted: 'the operation was completed',
  invitedAlone: 'another invitation that was not refused names the same identity',
  joined: 'the invitation was not accepted or failed, so nobody joined',
  wholeRoster:
    'the roster updates contain only changes; the suite judges them from the edition 2025-07-23 on, with deltaParticipants true in the config',
  roster: 'no roster update arrived',
  showing: 'no roster update shows the invitees',
  inCallAlready: 'no earlier invitation brought the invitee into the call',
  replacedCall: 'the id of the replaced call is unknown',
  replacingEntry: 'the response names no participant that replaces a call',
  replacedCallEnds: 'no notification said that the replaced call ended',
  replacedCallDeleted: 'no notification said that the replaced call was deleted',
  replacedCallTerminated: 'no notification said that the replaced call was terminated',
  general: 'plain invitations fail in the same way, and the report shows that failure',
  otherOperation: 'there was no other operation to compare with',
  delivery: 'no notification arrived',
  orderProof:
    'the order was mostly wrong while nothing else was under way, but this machine was too busy to prove it; run again with less load',
};

/** What recorded traffic does not contain. */
const UNRECORDED: Record<Extract<UntestedReason, { why: 'notRecorded' }>['what'], string> = {
  notifications: 'the recording has no notifications about the call',
  response: 'the recording has no response of the target to the request',
  responseBody: 'the recording kept no body of the response',
  headers: 'the recording kept no headers',
  times: 'the recording has no times for it',
  clocks: 'the events are in several files, and their clocks may differ',
  order: 'the recorded times are too close together to show the order',
  window: 'the recording begins too late or ends too early to show that nothing more arrived',
  gap: 'it is missing only once, or several times close together, which a gap in the recording would also explain',
  unmatched: 'the recording has notifications that match no recorded invitation',
  callback: 'the notifications of the call arrived at several paths, and the recording does not show its callback',
  twice: 'the recording contains it more than once, so the number of deliveries is unknown',
  acknowledgement:
    'the recording does not show that the first one was acknowledged in time, so the second may be a retry',
  circumstances:
    'the recording does not show whether the state of the call, the caller or the invitees allowed the invitation',
  membership: 'the recording does not show who joined or left the call without an invitation',
  reserialized: 'a library rewrote the notifications, so casing and type names may differ from what the service sent',
};

/** Why a behaviour is untested, in a clause without a full stop. */
export function reasonText(reason: UntestedReason): string {
  switch (reason.why) {
    case 'notShown':
      return LACKS[reason.lacks];
    case 'notRecorded':
      return UNRECORDED[reason.what];
    case 'notProvided':
      return reason.missing;
    case 'stopped':
      return 'the run stopped before it was checked';
    case 'interrupted':
      return 'the run was interrupted before it was checked';
    case 'nothingSent':
      return 'no request in this run tests it';
    case 'notMerged':
      return 'none of the merged runs selected it';
    default:
      return `internal error of the suite: ${reason.error}`;
  }
}

/** What to do about it, if there is advice. */
export function reasonAdvice(reason: UntestedReason): string | undefined {
  return reason.why === 'notProvided' ? reason.advice : undefined;
}

/** Formats a remark. */
export function remarkText(remark: Remark): string {
  const of = remark.of === undefined ? '' : `${remark.of}: `;
  switch (remark.code) {
    case 'recorded':
      return `${of}${remark.text}`;
    case 'notAsked':
      return `${of}not required by this edition, and different in ${remark.deviating} of ${countText(remark.tried, 'invitation')}: ${remark.statement} (${remark.behavior})`;
    case 'waiverExpired':
      return `${of}the waiver for ${remark.behavior} (owner: ${remark.owner}) expired at the end of ${remark.expires}`;
    case 'waiverStale':
      return `${of}the waiver for ${remark.behavior} (owner: ${remark.owner}) is stale: the behaviour passes; remove it`;
    default:
      return `${of}the waiver for ${remark.behavior} (owner: ${remark.owner}) expires soon, at the end of ${remark.expires}`;
  }
}
