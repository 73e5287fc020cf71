import { records } from './record';

export const refusal = records({
  'refusal.client-error': {
    level: 'linked',
    statement: 'every refusal is a 4xx, never a 5xx',
    source: { linked: 'errors' },
    over: 'refusals',
    facts: ['refusal.client-error'],
  },
  'refusal.error-body': {
    level: 'linked',
    statement: 'a refusal\'s body is JSON, {"error": {"code", "message"}}, both strings that are not empty',
    source: { linked: 'errors' },
    over: 'refusedAtOnce',
    facts: ['refusal.error-body'],
  },
  'refusal.no-effect': {
    level: 'linked',
    statement:
      'no notification about an operation of this kind, and no roster with a would-be invitee, follows a refusal that was answered at once',
    source: { linked: 'commsOperation' },
    over: 'refusedAtOnce',
    facts: ['refusal.no-operation', 'invitation.nobody-joins'],
  },
});
