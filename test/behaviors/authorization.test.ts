import { refusal } from '../support/answers';
import { testArea, type Cases, type Shown } from '../support/cases';

/** The histories of a behaviour that requires a particular 4xx status. */
function status(right: 401 | 403, wrong: number): Cases {
  const wrongly = (found: number): Shown => ({
    fact: right === 401 ? 'refusal.status-401' : 'refusal.status-403',
    part: 'status',
    observed: { is: 'answer', status: found },
  });
  return {
    passes: {
      [right]: (run) => run.control().invite({ expect: 'refused' }).refuse(right),
      'each of several': (run) =>
        run.control().invite({ expect: 'refused' }).refuse(right).invite({ expect: 'refused' }).refuse(right),
    },
    fails: {
      [wrong]: [(run) => run.control().invite({ expect: 'refused' }).refuse(wrong), wrongly(wrong)],
      '500': [(run) => run.control().invite({ expect: 'refused' }).refuse(500), wrongly(500)],
      '400': [(run) => run.control().invite({ expect: 'refused' }).refuse(400), wrongly(400)],
      'one of several': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(right).invite({ expect: 'refused' }).refuse(wrong),
        wrongly(wrong),
      ],
    },
    untested: {
      'it was accepted': [
        (run) => run.control().invite({ expect: 'refused' }).joins(),
        { lacks: 'refusal', restsOn: ['invitation.refused', 'invitation.accepted'] },
      ],
      'everything is refused': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(right)
            .invite({ expect: 'refused' })
            .refuse(right),
        { lacks: 'controlled', restsOn: ['request.route'] },
      ],
    },
  };
}

testArea('authorization', {
  'authorization.required': refusal(),
  'authorization.bearer': refusal(),
  'authorization.unknown-token': refusal(),
  'authorization.status-401': status(401, 403),
  'authorization.application-permission': refusal(),
  'authorization.delegated': refusal(),
  'authorization.status-403': status(403, 401),
});
