import { records } from './record';

export const failure = records({
  'failure.announced': {
    level: 'linked',
    statement:
      'if an accepted invitation cannot be carried out, one notification announces that: changeType deleted, status failed, and resultInfo with an integer code and subcode',
    source: { linked: 'commsOperation, resultInfo' },
    over: 'failing',
    facts: [
      'completion.arrives',
      'failure.status',
      'failure.result-info',
      'completion.change-type',
      'completion.operation-id',
      'completion.names-operation',
      'completion.operation-type',
      'completion.names-no-others',
      'completion.client-context',
      'completion.once',
    ],
  },
  'failure.no-roster': {
    level: 'linked',
    statement: 'the invitee of a failed invitation is in no roster',
    source: { linked: 'commsOperation' },
    needs: ['accepted'],
    facts: ['invitation.nobody-joins'],
  },
});
