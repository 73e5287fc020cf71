import { records } from './record';

export const refusal = records({
  'refusal.client-error': {
    level: 'linked',
    statement: 'every refusal has a 4xx status, not a 5xx',
    source: { linked: 'errors' },
    over: 'refusals',
    facts: ['refusal.client-error'],
  },
  'refusal.error-body': {
    level: 'linked',
    statement: 'the body of a refusal is JSON: {"error": {"code", "message"}}, both non-empty strings',
    source: { linked: 'errors' },
    over: 'refusedAtOnce',
    facts: ['refusal.error-body'],
  },
  'refusal.no-effect': {
    level: 'linked',
    statement:
      'after an immediate refusal, no notification about an inviteParticipantsOperation arrives, and no roster lists the refused invitees',
    source: { linked: 'commsOperation' },
    over: 'refusedAtOnce',
    facts: ['refusal.no-operation', 'invitation.nobody-joins'],
  },
});
