import { REFUSED_FACTS, records } from './record';

export const authorization = records({
  'authorization.required': {
    level: 'stated',
    statement: 'an invitation without an Authorization header is refused',
    source: { lines: [38] },
    later: { '2025-07-23': { source: { lines: [40] } } },
    facts: REFUSED_FACTS,
  },
  'authorization.bearer': {
    level: 'stated',
    statement: 'an invitation whose Authorization has another scheme than Bearer is refused',
    source: { lines: [38] },
    later: { '2025-07-23': { source: { lines: [40] } } },
    facts: REFUSED_FACTS,
  },
  'authorization.unknown-token': {
    level: 'stated',
    statement: 'an invitation with a Bearer token that nobody issued is refused',
    source: { lines: [38] },
    later: { '2025-07-23': { source: { lines: [40] } } },
    facts: REFUSED_FACTS,
  },
  'authorization.status-401': {
    level: 'linked',
    statement: 'a missing, foreign or unknown Authorization is answered 401',
    source: { linked: 'resolve-auth-errors' },
    facts: ['refusal.status-401'],
  },
  'authorization.application-permission': {
    level: 'stated',
    statement: "an application's token without the call permission is refused",
    source: { lines: [27] },
    later: {
      '2025-07-23': {
        statement: "an application's token without Calls.InitiateGroupCall.All is refused",
        source: { lines: [29], linked: 'participant-invite-permissions' },
        differs: 'the permission has one name, Calls.InitiateGroupCall.All; its plural is none any more',
      },
    },
    facts: REFUSED_FACTS,
  },
  'authorization.delegated': {
    level: 'stated',
    statement: 'a delegated token, of a work, school or personal account, is refused',
    source: { lines: [25, 26] },
    later: { '2025-07-23': { source: { lines: [29], linked: 'participant-invite-permissions' } } },
    facts: REFUSED_FACTS,
  },
  'authorization.status-403': {
    level: 'linked',
    statement: 'a token without the permission, or a delegated one, is answered 403',
    source: { linked: 'resolve-auth-errors' },
    facts: ['refusal.status-403'],
  },
});
