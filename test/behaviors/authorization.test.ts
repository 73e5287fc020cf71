import { refusal } from '../support/answers';
import { testArea, type Cases } from '../support/cases';

/** The histories of a behaviour that says which 4xx it is. */
function status(right: number, wrong: number): Cases {
  return {
    passes: {
      [right]: (run) => run.control().invite({ expect: 'refused' }).refuse(right),
      'each of several': (run) =>
        run.control().invite({ expect: 'refused' }).refuse(right).invite({ expect: 'refused' }).refuse(right),
    },
    fails: {
      [wrong]: [(run) => run.control().invite({ expect: 'refused' }).refuse(wrong), `the answer was ${wrong}`],
      '500': [(run) => run.control().invite({ expect: 'refused' }).refuse(500), 'the answer was 500'],
      '400': [(run) => run.control().invite({ expect: 'refused' }).refuse(400), 'the answer was 400'],
      'one of several': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(right).invite({ expect: 'refused' }).refuse(wrong),
        `the answer was ${wrong}`,
      ],
    },
    untested: {
      'it was accepted': [
        (run) => run.control().invite({ expect: 'refused' }).joins(),
        'no refusal: the answer was 200',
      ],
      'everything is refused': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(right)
            .invite({ expect: 'refused' })
            .refuse(right),
        "can't be told apart from request.route",
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
