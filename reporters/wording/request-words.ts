import type { BehaviorId } from '../../behaviors/catalog';

/** How a sentence names the invitation of a behaviour, and how to fix an undocumented response. */
export interface RequestWords {
  /** A noun phrase, fit to begin a sentence. */
  subject: string;
  fix: string;
}

/** The behaviours about whether an invitation is accepted or refused. */
export const REQUESTS: Partial<Record<BehaviorId, RequestWords>> = {
  'request.route': {
    subject: 'An invitation to an established group call',
    fix: 'Accept this invitation. If none is accepted, check the base URL (the part before /communications), the route, the method, and that the service accepts the valid token.',
  },
  'request.content-type': {
    subject: 'An invitation sent with this Content-Type',
    fix: 'Accept application/json with any parameters; refuse every other Content-Type (415 or 400) before reading the body.',
  },
  'request.malformed-json': {
    subject: 'A body that is not JSON',
    fix: 'Answer 400 when the body cannot be parsed as one JSON document.',
  },
  'request.participants-required': {
    subject: 'An invitation whose participants property is absent, null or not an array of participants',
    fix: 'Refuse (400) an invitation whose participants property is absent, null or not an array.',
  },
  'request.participant-identity': {
    subject: 'A participant without an identity',
    fix: 'Refuse (400) an invitation in which any participant has no identity.',
  },
  'request.client-context-optional': {
    subject: 'An invitation without clientContext',
    fix: 'Do not require clientContext.',
  },
  'request.client-context-at-limit': {
    subject: 'A clientContext of 256 characters',
    fix: 'Accept a clientContext of up to and including 256 characters.',
  },
  'request.client-context-over-limit': {
    subject: 'A clientContext of 257 characters',
    fix: 'Refuse (400) a clientContext of more than 256 characters.',
  },
  'request.parameter-names-any-case': {
    subject: 'An invitation with parameters named Participants and CLIENTCONTEXT',
    fix: 'Treat the names of the parameters participants and clientContext as case-insensitive.',
  },
  'request.group-calls-only': {
    subject: 'An invitation to a peer-to-peer call',
    fix: 'Refuse an invitation to a call that is not a group call.',
  },
  'request.several-need-group-call': {
    subject: 'An invitation of several participants to a peer-to-peer call',
    fix: 'Refuse several participants in one invitation to a call that is not a group call.',
  },
  'request.peer-call-single': {
    subject: 'An invitation of one participant to a peer-to-peer call',
    fix: 'Accept one participant in a live peer-to-peer call: only several participants need a group call.',
  },
  'request.one-bot': {
    subject: 'An invitation of another bot to a group call',
    fix: 'Refuse an application identity if the group call already has a bot.',
  },
  'request.hidden-accepted': {
    subject: 'An invitation of a participant with hidden true',
    fix: 'Accept the property hidden of invitationParticipantInfo.',
  },
  'request.unknown-call': {
    subject: 'An invitation to a call id that does not exist',
    fix: 'Answer 404 for a call id that does not exist; compare the whole call id, character by character.',
  },
  'request.duplicate-invitee': {
    subject: 'An invitation of a participant who is already in the call',
    fix: 'Refuse to invite an identity that is already in the call.',
  },
  'authorization.required': {
    subject: 'An invitation without an Authorization header',
    fix: 'Refuse (401) a request without an Authorization header.',
  },
  'authorization.bearer': {
    subject: 'An invitation with a scheme other than Bearer',
    fix: 'Accept only the scheme Bearer.',
  },
  'authorization.unknown-token': {
    subject: 'An invitation with a token that nobody issued',
    fix: 'Verify the signature and the issuer of the token: a well-formed token is not necessarily valid.',
  },
  'authorization.application-permission': {
    subject: 'A token without the call permission',
    fix: 'Require the role Calls.InitiateGroupCall.All in the token; the page of 2021-02-16 spells it Calls.InitiateGroupCalls.All.',
  },
  'authorization.delegated': {
    subject: 'A delegated token',
    fix: 'Refuse delegated tokens: the API accepts only application tokens.',
  },
  'authorization.status-401': {
    subject: 'An invitation without a token, with another scheme, or with an unknown token',
    fix: 'Answer 401 if the caller is not authenticated.',
  },
  'authorization.status-403': {
    subject: 'An invitation with a delegated token, or a token without the permission',
    fix: 'Answer 403 if the caller is authenticated but not authorized.',
  },
  'multiple.accepted': {
    subject: 'An invitation of two participants to a call with chat info',
    fix: 'Accept several participants in one invitation if the call has chat info.',
  },
  'multiple.five-accepted': {
    subject: 'An invitation of five participants',
    fix: 'Accept up to five participants, and list all five in the response, the completion and the roster.',
  },
  'multiple.six-refused': {
    subject: 'An invitation of six participants',
    fix: 'Refuse more than five participants in one invitation.',
  },
  'multiple.chat-info-required': {
    subject: 'An invitation of several participants to a call without chat info',
    fix: 'Refuse several participants if the call has no chat info.',
  },
  'replace.accepted': {
    subject: 'An invitation with the replacesCallId of a live peer-to-peer call',
    fix: 'Accept a replacesCallId that names a live peer-to-peer call of the invited participant.',
  },
  'replace.first-only-accepted': {
    subject: 'An invitation of several participants with a replacesCallId',
    fix: 'If the first participant has a replacesCallId, use only the first participant and ignore the others without an error.',
  },
  'replace.first-only-response': {
    subject: 'An invitation of several participants with a replacesCallId',
    fix: 'If the first participant has a replacesCallId, use only the first participant and ignore the others without an error.',
  },
  'replace.first-only-completion': {
    subject: 'An invitation of several participants with a replacesCallId',
    fix: 'If the first participant has a replacesCallId, use only the first participant and ignore the others without an error.',
  },
  'replace.first-only-roster': {
    subject: 'An invitation of several participants with a replacesCallId',
    fix: 'If the first participant has a replacesCallId, use only the first participant and ignore the others without an error.',
  },
  'pstn.accepted': {
    subject: 'An invitation of a phone to a call with a PSTN number',
    fix: 'Accept identity.phone if the application instance has a PSTN number.',
  },
  'pstn.number-required': {
    subject: 'An invitation of a phone to a call without a PSTN number',
    fix: 'Refuse a phone identity if the application instance of the call has no PSTN number.',
  },
  'pstn.phone-response': {
    subject: 'An invitation of a phone',
    fix: 'Return the phone number exactly as it was sent in identity.phone.id, including the +.',
  },
  'pstn.phone-completion': {
    subject: 'An invitation of a phone',
    fix: 'Return the phone number exactly as it was sent in identity.phone.id, including the +.',
  },
  'pstn.phone-roster': {
    subject: 'An invitation of a phone',
    fix: 'Return the phone number exactly as it was sent in identity.phone.id, including the +.',
  },
  'pstn.e164': {
    subject: 'An invitation of a phone whose id is not a number in E.164',
    fix: 'Refuse a phone whose id is not a number in E.164, and send numbers back in E.164: a plus, and up to 15 digits.',
  },
  'pstn.peer-call': {
    subject: 'An invitation of a phone to a peer-to-peer call',
    fix: 'Accept identity.phone on a peer-to-peer call too.',
  },
  'move.accepted': {
    subject: 'An invitation that moves a participant from another meeting of the same application',
    fix: 'Accept a participantId with the replacesCallId of another meeting of the same application.',
  },
  'move.other-application': {
    subject: 'An invitation that moves a participant from a meeting of another application',
    fix: 'Refuse to move a participant out of a meeting that another application created.',
  },
  ...Object.fromEntries(
    (['accepted', 'response', 'completion', 'roster'] as const).map((what) => [
      `move.first-only-${what}`,
      {
        subject: 'An invitation that moves several participants',
        fix: 'Move only the first participant, and ignore the others without an error.',
      },
    ]),
  ),
  'failure.announced': {
    subject: 'An invitation that cannot be carried out',
    fix: 'Announce the failure in one notification: changeType deleted, and resourceData with the operation, its status failed and resultInfo {code, subcode}.',
  },
  'failure.no-roster': {
    subject: 'An invitation that failed',
    fix: 'Leave an invitee who did not join out of the roster.',
  },
};
