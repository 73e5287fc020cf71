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
    statement: 'an invitation whose Authorization header has a scheme other than Bearer is refused',
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
    statement: 'an invitation without a token, with another scheme, or with an unknown token is answered with 401',
    source: { linked: 'resolve-auth-errors' },
    facts: ['refusal.status-401'],
  },
  'authorization.application-permission': {
    level: 'stated',
    statement: "an invitation with an application's token without the call permission is refused",
    source: { lines: [27] },
    later: {
      '2025-07-23': {
        statement: "an invitation with an application's token without Calls.InitiateGroupCall.All is refused",
        source: { lines: [29], linked: 'participant-invite-permissions' },
        differs: 'the only name of the permission is Calls.InitiateGroupCall.All; the plural form no longer counts',
      },
    },
    facts: REFUSED_FACTS,
  },
  'authorization.delegated': {
    level: 'stated',
    statement: 'an invitation with a delegated token (of a work, school or personal account) is refused',
    source: { lines: [25, 26] },
    later: { '2025-07-23': { source: { lines: [29], linked: 'participant-invite-permissions' } } },
    facts: REFUSED_FACTS,
  },
  'authorization.status-403': {
    level: 'linked',
    statement: 'an invitation with a token without the permission, or with a delegated token, is answered with 403',
    source: { linked: 'resolve-auth-errors' },
    facts: ['refusal.status-403'],
  },
});
