import type { AnyFactId } from '../../behaviors/behavior';

/** How a sentence names the subject of a fact, and how to fix a deviation. */
export interface FactWords {
  /** A noun phrase, fit to begin a sentence. */
  subject: string;
  fix: string;
}

/** The words of every fact; a behaviour's own words for an invitation (request-words.ts) take precedence. */
export const FACT_WORDS: Record<AnyFactId, FactWords> = {
  'invitation.accepted': { subject: 'An invitation', fix: 'Accept the invitation.' },
  'invitation.carried-out': {
    subject: 'An accepted invitation',
    fix: 'Complete the accepted invitation: end its operation with status completed.',
  },
  'invitation.refused': { subject: 'An invitation that must be refused', fix: 'Refuse the invitation with a 4xx.' },
  'invitation.nobody-joins': {
    subject: 'The roster after an invitation that was refused or failed',
    fix: 'List only participants who joined: check the whole request before you queue, announce or add any of them.',
  },
  'invitation.ignored-stay-out': {
    subject: 'The roster after a replacement',
    fix: 'If the first participant has a replacesCallId, use only the first participant and ignore the others without an error.',
  },
  'refusal.no-operation': {
    subject: 'A refused invitation',
    fix: 'Do nothing after a refusal: start and announce no operation.',
  },
  'refusal.client-error': {
    subject: 'A refused invitation',
    fix: 'Answer a wrong request with a 4xx; a 5xx suggests an unhandled error in the service.',
  },
  'refusal.error-body': {
    subject: 'The body of a refusal',
    fix: 'Answer every refusal with {"error": {"code": …, "message": …}}, including refusals by a framework or proxy.',
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
    fix: "Send a Location header with the URI of the operation; the page's text requires it although no example shows it.",
  },
  'response.location-operation': {
    subject: "The response's Location",
    fix: 'End Location in /calls/{call id}/operations/{operation id}, with the operation id exactly as in the body.',
  },
  'response.json': { subject: 'The response', fix: 'Send the operation as JSON, with Content-Type: application/json.' },
  'response.operation': {
    subject: 'The operation in the response',
    fix: 'Add or correct this property of inviteParticipantsOperation.',
  },
  'response.odata-type': {
    subject: "The response's @odata.type",
    fix: 'Set @odata.type to the type of the operation, with its leading #.',
  },
  'response.operation-id': { subject: "The operation's id in the response", fix: 'Send the id of the operation.' },
  'response.operation-id-unique': {
    subject: "The operation's id in the response",
    fix: 'Give each operation a unique id.',
  },
  'response.status-running': { subject: "The operation's status in the response", fix: 'Answer with status Running.' },
  'response.status-in-progress': {
    subject: "The operation's status in the response",
    fix: 'Send status notStarted or running until the operation has ended.',
  },
  'response.client-context': {
    subject: "The response's clientContext",
    fix: 'Return the clientContext exactly as it was sent: clients match responses and notifications by it.',
  },
  'response.result-info': {
    subject: "The response's resultInfo",
    fix: 'Send resultInfo as null, or omit it, until the operation has ended.',
  },
  'response.participants': {
    subject: "The response's list of participants",
    fix: 'List exactly the invited participants.',
  },
  'response.replaces-call-id': {
    subject: "The participant's replacesCallId in the response",
    fix: "Return the participant's replacesCallId.",
  },
  'completion.arrives': {
    subject: 'The completion',
    fix: 'When the operation ends, post a notification to the callbackUri of its call.',
  },
  'completion.in-time': {
    subject: 'The completion',
    fix: 'Send the completion sooner or, if it may take this long, raise --timeout-ms.',
  },
  'completion.change-type': {
    subject: "The completion's changeType",
    fix: 'Send changeType deleted: an operation no longer exists when it has ended.',
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
    fix: 'Send status completed if the invitation was carried out.',
  },
  'completion.operation-id': {
    subject: "The operation's id in the completion",
    fix: 'Send the operation id that the response contained.',
  },
  'completion.client-context': {
    subject: "The completion's clientContext",
    fix: 'Send the clientContext of this invitation, exactly as it was sent.',
  },
  'completion.participants': {
    subject: "The completion's list of participants",
    fix: 'List exactly the invited participants.',
  },
  'completion.names-no-others': {
    subject: "The completion's list of participants",
    fix: 'List no participants except those of this invitation.',
  },
  'completion.once': {
    subject: 'The end of the operation',
    fix: 'Announce the end of an operation once, and only to the callback of its call.',
  },
  'failure.status': {
    subject: "The failed operation's status",
    fix: 'Send status failed if the invitation could not be carried out.',
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
    fix: "Send the path of the participants of the invitation's call, and post the update only to the callback of that call.",
  },
  'roster.collection': {
    subject: "The roster update's resourceData",
    fix: 'Send resourceData as an array, even for a single participant; number deltas in the order in which you send them.',
  },
  'roster.invitees': {
    subject: 'The roster',
    fix: 'List every invitee who joined, with the kind of identity that was invited.',
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
    fix: 'Leave participants who were invited with hidden true out of the roster.',
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
    fix: 'Return the participantId of a moved participant.',
  },
  'move.source-call-stays': {
    subject: 'The meeting that the participant was moved out of',
    fix: 'Do not end that meeting: only a peer-to-peer call ends when its participant is moved to another call.',
  },
  'ordering.response-first': {
    subject: 'A notification about the operation',
    fix: 'Send the response first, and queue the notifications until it is written.',
  },
  'ordering.completion-before-roster': {
    subject: 'The roster update',
    fix: 'Deliver the notifications of a call one after the other: first the completion, then the roster.',
  },
  'ordering.replaced-call-ends-after-completion': {
    subject: 'The end of the replaced call',
    fix: 'End the replaced call after the participant was added, and announce that end after the completion.',
  },
  'ordering.terminated-before-deleted': {
    subject: 'The deletion of the replaced call',
    fix: 'Announce that the call is terminated before you announce that it is deleted.',
  },
  'replace.peer-call-terminated': {
    subject: 'The termination of the replaced call',
    fix: 'Post a notification with state terminated to the callbackUri of the replaced call.',
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
    fix: 'Set resourceUrl to the resource that changed: /communications/calls/{call id}/…',
  },
};
