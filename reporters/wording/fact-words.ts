import type { AnyFactId } from '../../behaviors/behavior';

/** How the thing that a fact is about is named in a sentence, and what to fix where it deviates. */
export interface FactWords {
  /** A noun phrase, fit to begin a sentence. */
  subject: string;
  fix: string;
}

/** Words for every fact; where a behaviour has words of its own for an invitation (request-words.ts), those are taken. */
export const FACT_WORDS: Record<AnyFactId, FactWords> = {
  'invitation.accepted': { subject: 'An invitation', fix: 'Accept the invitation.' },
  'invitation.carried-out': {
    subject: 'An accepted invitation',
    fix: 'Carry the invitation out: its operation ends with status completed.',
  },
  'invitation.refused': { subject: 'An invitation that must be refused', fix: 'Refuse the invitation with a 4xx.' },
  'invitation.nobody-joins': {
    subject: 'The roster after an invitation that was refused or failed',
    fix: 'Stop at the refusal: nobody may be queued, announced or joined before the whole request was checked.',
  },
  'invitation.ignored-stay-out': {
    subject: 'The roster after a replacement',
    fix: 'With a replacesCallId read the first participant alone, and ignore the rest without an error.',
  },
  'refusal.no-operation': {
    subject: 'A refused invitation',
    fix: 'Stop at the refusal: no operation may be started or announced after it.',
  },
  'refusal.client-error': {
    subject: 'A refused invitation',
    fix: 'Answer with a 4xx what the caller got wrong; look for an unhandled error behind a 5xx.',
  },
  'refusal.error-body': {
    subject: 'The body of a refusal',
    fix: 'Answer every refusal with {"error": {"code": …, "message": …}}, also those that a framework or proxy makes.',
  },
  'refusal.status-401': { subject: 'The status of the refusal', fix: 'Answer 401 here.' },
  'refusal.status-403': { subject: 'The status of the refusal', fix: 'Answer 403 here.' },
  'refusal.status-404': { subject: 'The status of the refusal', fix: 'Answer 404 for a call id that does not exist.' },
  'response.status-200': {
    subject: 'The status of the response',
    fix: 'Answer 200 even though the operation is still running.',
  },
  'response.location': {
    subject: "The response's Location header",
    fix: 'Send a Location header with the URI of the operation; the prose asks for it although no example shows it.',
  },
  'response.location-operation': {
    subject: "The response's Location",
    fix: 'Let Location end in /calls/{call id}/operations/{the id in the body}, with each id written as the body writes it.',
  },
  'response.json': { subject: 'The response', fix: 'Send the operation as JSON, with Content-Type: application/json.' },
  'response.operation': {
    subject: 'The operation in the response',
    fix: 'Add or correct this property of inviteParticipantsOperation.',
  },
  'response.odata-type': {
    subject: "The response's @odata.type",
    fix: 'Name the type of the operation, with its leading #.',
  },
  'response.operation-id': { subject: "The operation's id in the response", fix: 'Send the id of the operation.' },
  'response.operation-id-unique': {
    subject: "The operation's id in the response",
    fix: 'Give each operation an id of its own.',
  },
  'response.status-running': { subject: "The operation's status in the response", fix: 'Answer with status Running.' },
  'response.status-in-progress': {
    subject: "The operation's status in the response",
    fix: 'Answer notStarted or running while the outcome is still to be announced.',
  },
  'response.client-context': {
    subject: "The response's clientContext",
    fix: 'Send the clientContext back exactly as it came: clients match responses and notifications by it.',
  },
  'response.result-info': {
    subject: "The response's resultInfo",
    fix: 'Leave resultInfo null until the operation has ended.',
  },
  'response.participants': {
    subject: "The response's list of participants",
    fix: 'List exactly the invited participants.',
  },
  'response.replaces-call-id': {
    subject: "The participant's replacesCallId in the response",
    fix: "Send the participant's replacesCallId back.",
  },
  'completion.arrives': {
    subject: 'The completion',
    fix: "Post the end of the operation to the callbackUri of the operation's own call.",
  },
  'completion.in-time': {
    subject: 'The completion',
    fix: 'Announce the end of the operation sooner or, if it is as it should be, raise --timeout-ms.',
  },
  'completion.change-type': {
    subject: "The completion's changeType",
    fix: 'Send deleted: the operation is gone once it has ended.',
  },
  'completion.resource-url': {
    subject: "The completion's resourceUrl",
    fix: 'Build resourceUrl from the id of the call that the operation belongs to and the id of the operation.',
  },
  'completion.names-operation': {
    subject: "The completion's resourceUrl",
    fix: 'Build resourceUrl from the id of the call that the operation belongs to and the id of the operation.',
  },
  'completion.operation': {
    subject: 'The operation in the completion',
    fix: 'Put the inviteParticipantsOperation into resourceData, with its @odata.type and every property of the resource.',
  },
  'completion.operation-type': {
    subject: "The completion's @odata.type",
    fix: 'Put the inviteParticipantsOperation into resourceData, with its @odata.type.',
  },
  'completion.status': {
    subject: "The completion's status",
    fix: 'End an operation that was carried out with status completed.',
  },
  'completion.operation-id': {
    subject: "The operation's id in the completion",
    fix: 'Send the id that the response gave the operation.',
  },
  'completion.client-context': {
    subject: "The completion's clientContext",
    fix: 'Send the clientContext of this invitation, exactly as it came.',
  },
  'completion.participants': {
    subject: "The completion's list of participants",
    fix: 'List exactly the invited participants.',
  },
  'completion.names-no-others': {
    subject: "The completion's list of participants",
    fix: 'Name nobody who was not invited by this invitation.',
  },
  'completion.once': {
    subject: 'The end of the operation',
    fix: 'Announce the end of an operation once, to the callback of its call alone.',
  },
  'failure.status': {
    subject: "The failed operation's status",
    fix: 'Announce an invitation that could not be carried out with status failed.',
  },
  'failure.result-info': {
    subject: "The failed operation's resultInfo",
    fix: 'Send resultInfo with an integer code and subcode.',
  },
  'roster.announced': {
    subject: 'The roster update',
    fix: 'Post the roster (resourceUrl …/participants) to the callbackUri of the call once the invitees have joined.',
  },
  'roster.change-type': { subject: "The roster update's changeType", fix: 'Send updated.' },
  'roster.resource-url': {
    subject: "The roster update's resourceUrl",
    fix: "Name the participants of the call that the invitation was sent to, and post it to that call's callback alone.",
  },
  'roster.collection': {
    subject: "The roster update's resourceData",
    fix: 'Send resourceData as an array of participant, also for one.',
  },
  'roster.invitees': {
    subject: 'The roster',
    fix: 'Let the roster update list everybody who joined by the invitation, as the kind of identity that was invited.',
  },
  'roster.participant': {
    subject: "The invitee's entry in the roster",
    fix: 'Add or correct this property of participant.',
  },
  'roster.media-streams': {
    subject: "The invitee's mediaStreams in the roster",
    fix: 'List at least one stream: {"mediaType": "audio", "sourceId": "1", "direction": "sendReceive", "serverMuted": false}.',
  },
  'roster.hidden-absent': {
    subject: 'The roster',
    fix: 'List nobody in a roster who was invited with hidden true.',
  },
  'roster.joined': {
    subject: "The invitee's entry in the roster",
    fix: 'Admit invitees immediately and unmuted.',
  },
  'pstn.e164': {
    subject: "The phone's id",
    fix: 'Refuse a phone whose id is not a number in E.164, and send numbers back in E.164: a plus, and up to 15 digits.',
  },
  'move.response-participant-id': {
    subject: "The participant's participantId in the response",
    fix: 'Send the participantId of a participant who is moved back.',
  },
  'move.source-call-stays': {
    subject: 'The meeting that the participant was moved out of',
    fix: 'Let that meeting go on: only a peer-to-peer call ends when its participant leaves it for another call.',
  },
  'ordering.response-first': {
    subject: 'A notification about the operation',
    fix: 'Answer the request first, and queue the notifications until the answer is written.',
  },
  'ordering.completion-before-roster': {
    subject: 'The roster update',
    fix: 'Deliver the notifications of a call one after the other: the completion, then the roster.',
  },
  'ordering.replaced-call-ends-after-completion': {
    subject: 'The end of the replaced call',
    fix: 'End the replaced call once the participant has been added, and announce it after the completion.',
  },
  'ordering.terminated-before-deleted': {
    subject: 'The deletion of the replaced call',
    fix: "Announce the call's last states before its deletion.",
  },
  'replace.peer-call-terminated': {
    subject: 'The termination of the replaced call',
    fix: "Post the replaced call with state terminated to that call's callbackUri.",
  },
  'replace.peer-call-deleted': {
    subject: 'The deletion of the replaced call',
    fix: 'Post changeType deleted with resourceUrl /communications/calls/{replaced call id}.',
  },
  'notification.post': { subject: "The notification's method", fix: 'Deliver notifications with POST.' },
  'notification.json': {
    subject: 'The notification',
    fix: 'Send the envelope as JSON, with Content-Type: application/json.',
  },
  'notification.envelope': {
    subject: "The notification's envelope",
    fix: 'Post {"@odata.type": "#microsoft.graph.commsNotifications", "value": [ … ]}.',
  },
  'notification.change-type': {
    subject: "The notification's changeType",
    fix: 'Send created, updated or deleted, in lower case.',
  },
  'notification.resource-url': {
    subject: "The notification's resourceUrl",
    fix: 'Name the resource that changed: /communications/calls/{call id}/…',
  },
};
