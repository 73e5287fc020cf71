/** The ids of the documented behaviours, area by area. */
export const AREAS: Record<string, string> = {
  request:
    'route content-type malformed-json participants-required participant-identity client-context-optional client-context-at-limit client-context-over-limit parameter-names-any-case group-calls-only unknown-call duplicate-invitee',
  authorization: 'required bearer unknown-token status-401 application-permission delegated status-403',
  refusal: 'client-error error-body no-effect',
  response:
    'status-200 location location-operation json operation odata-type operation-id operation-id-unique status-running status-in-progress client-context result-info participants replaces-call-id',
  notification: 'post json envelope change-type resource-url',
  completion: 'announced change-type resource-url operation status operation-id client-context participants once',
  roster: 'announced change-type resource-url collection invitees participant media-streams joined',
  multiple: 'accepted five-accepted six-refused chat-info-required',
  replace:
    'accepted first-only-accepted first-only-response first-only-completion first-only-roster peer-call-terminated peer-call-deleted',
  pstn: 'accepted number-required phone-response phone-completion phone-roster',
  ordering:
    'response-first completion-before-roster replaced-call-ends-after-completion terminated-before-deleted concurrent-invitations',
  failure: 'announced no-roster',
};

/** The same ids in full. */
export const BEHAVIORS: readonly string[] = Object.entries(AREAS).flatMap(([area, names]) =>
  names.split(' ').map((name) => `${area}.${name}`),
);
