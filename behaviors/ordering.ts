import { TOGETHER, records } from './record';

export const ordering = records({
  'ordering.response-first': {
    level: 'shown',
    statement: 'the response comes before the notifications of its operation',
    source: { lines: [112, 150] },
  },
  'ordering.completion-before-roster': {
    level: 'shown',
    statement: 'the completion comes before the roster update with the invitees',
    source: { lines: [150, 194] },
    needs: ['showing'],
  },
  'ordering.replaced-call-ends-after-completion': {
    level: 'stated',
    statement: 'the replaced call ends after the completion',
    source: { lines: [699] },
  },
  'ordering.terminated-before-deleted': {
    level: 'linked',
    statement: 'of the replaced call, terminated comes before deleted',
    source: { linked: 'call-delete' },
  },
  'ordering.concurrent-invitations': {
    level: 'shown',
    statement:
      'with several invitations under way at once, each completion carries its own id, clientContext and participants, and each keeps the order of response, completion, roster',
    source: { lines: [112, 150, 194] },
    needs: ['controlled'],
    facts: ['invitation.accepted', 'invitation.carried-out', ...TOGETHER],
    together: true,
  },
});
