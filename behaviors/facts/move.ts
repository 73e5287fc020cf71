import { saysTerminated } from '../../history/notifications';
import { arrayMember, member } from '../../history/values';
import { memberOf, valueOf } from '../finding-values';
import { aboutCall, bodyOf, inNotification, inResponse, isDeleted, replacedCallOf, replacingEntry } from './evidence';
import { fact } from './fact';

/** Facts about a participant who is moved from one meeting to another. */

const responseParticipantId = fact(['replacingEntry'], (invitation) => {
  const sent = invitation.record.participantId;
  const at = replacingEntry(invitation);
  const entry = arrayMember(bodyOf(invitation), 'participants')?.[at];
  if (sent === undefined || member(entry, 'participantId') === sent) return undefined;
  return {
    expected: valueOf(sent),
    observed: memberOf(entry, 'participantId'),
    at: [inResponse(invitation, `.participants[${at}].participantId`)],
  };
});

/** Only a peer-to-peer call ends when its participant leaves; a meeting continues. */
const sourceCallStays = fact(['accepted', 'replacedCall'], (invitation, run) => {
  const source = replacedCallOf(invitation, run);
  const end = aboutCall(source?.callId, run).find((it) => saysTerminated(it) || isDeleted(it));
  if (!end) return undefined;
  const [from, key, path] = saysTerminated(end)
    ? [end.data, 'state', '.resourceData.state']
    : [end.item, 'changeType', '.changeType'];
  return {
    expected: { is: 'allowed', allowed: 'a meeting that continues' },
    observed: memberOf(from, key),
    at: [inNotification(end, path)],
  };
});

export const moveFacts = {
  'move.response-participant-id': responseParticipantId,
  'move.source-call-stays': sourceCallStays,
};
