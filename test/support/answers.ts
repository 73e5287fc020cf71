import { user } from './bodies';
import type { Cases, Lacking, Telling } from './cases';
import { put } from './edits';
import type { InvitationOptions } from './story-options';

/** Cases that always include a history that is untested. */
export type Answered = Cases & Required<Pick<Cases, 'untested'>>;

/** The case with a name. */
export function only<T>(cases: Record<string, T>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(cases).filter(([when]) => when === name));
}

/** The histories of a behaviour that requires an immediate refusal. */
export function refusal(options: InvitationOptions = {}): Answered {
  const refusable: InvitationOptions = { expect: 'refused', ...options };
  return {
    passes: {
      '400': (run) => run.control().invite(refusable).refuse(400),
      '404': (run) => run.control().invite(refusable).refuse(404),
      'after a 429': (run) => run.control().invite(refusable).refuse(429).refuse(400),
      'without a body': (run) => run.control().invite(refusable).refuse(422, undefined, { raw: '' }),
    },
    fails: {
      accepted: [
        (run) => run.control().invite(refusable).joins(),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'answer', status: 200 } },
      ],
      'accepted, and then failed': [
        (run) => run.control().invite(refusable).answer().failing(),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'answer', status: 200 } },
      ],
      '500': [
        (run) => run.control().invite(refusable).refuse(500),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'answer', status: 500 } },
      ],
      redirected: [
        (run) => run.control().invite(refusable).refuse(302),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'answer', status: 302 } },
      ],
      'no answer': [
        (run) => run.control().invite(refusable).noAnswer('reset'),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'noAnswer', reason: 'reset' } },
      ],
    },
    untested: {
      'everything is refused': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(403)
            .invite(refusable)
            .refuse(403),
        { lacks: 'controlled', restsOn: ['request.route'] },
      ],
      'it throttles': [(run) => run.control().invite(refusable).refuse(429), { lacks: 'notThrottled', restsOn: [] }],
      ...(options.alreadyInCall === true
        ? {}
        : {
            'another invitation admitted the invitee': [
              (run) =>
                run
                  .control()
                  .invite({ ...refusable, tries: [], call: 'c', invitees: [user('u')] })
                  .joins()
                  .invite({ ...refusable, call: 'c', invitees: [user('u')] })
                  .refuse(409),
              { lacks: 'invitedAlone', restsOn: ['invitation.refused'] },
            ] as const,
          }),
    },
  };
}

/** The histories of a behaviour whose refusal may also be a failed operation. */
export function refusalOrFailure(options: InvitationOptions = {}): Answered {
  const refusable: InvitationOptions = { expect: 'refusedOrFails', ...options };
  const { passes, fails, untested } = refusal(refusable);
  return {
    passes: {
      ...passes,
      'it fails later': (run) => run.control().invite(refusable).answer().failing(),
      'it runs and fails later': (run) =>
        run.control().invite(refusable).answer().running().failing(put('/resourceData/status', 'Failed')),
      'the response has status failed': (run) => run.control().invite(refusable).answer(put('/status', 'failed')),
    },
    fails: {
      'accepted, and then completed': [
        (run) => run.control().invite(refusable).joins(),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'outcome', outcome: 'completed' } },
      ],
      'it fails later, and is completed after that': [
        (run) => run.control().invite(refusable).answer().failing().completion(),
        {
          fact: 'invitation.refused',
          path: '$.value[0].resourceData.status',
          observed: { is: 'outcome', outcome: 'both' },
        },
      ],
      'accepted, and then nothing': [
        (run) => run.control().invite(refusable).answer(),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'answer', status: 200 } },
      ],
      ...(options.alreadyInCall === true
        ? {}
        : {
            'it fails later, but the invitee joins': [
              (run) => run.control().invite(refusable).answer().failing().roster(),
              {
                fact: 'invitation.nobody-joins',
                path: '$.value[0].resourceData[0]',
                observed: { is: 'identities' },
              },
            ] as const,
          }),
      ...only(fails, '500'),
      '500, and then completed': [
        (run) => run.control().invite(refusable).refuse(500).completion(),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'answer', status: 500 } },
      ],
    },
    untested: {
      ...untested,
      'no operation in the run has an end': [
        (run) =>
          run
            .invite({ tries: ['request.route', 'completion.announced'] })
            .answer()
            .invite(refusable)
            .answer(),
        { lacks: 'endingsCome', restsOn: ['completion.arrives'] },
      ],
    },
  };
}

/** The histories of a behaviour that requires an acceptance. */
export function acceptance(options: InvitationOptions = {}): Answered {
  return {
    passes: {
      'the invitee joins': (run) => run.control().invite(options).joins(),
      'without a control': (run) => run.invite(options).joins(),
      'after a 429': (run) => run.control().invite(options).refuse(429).answer().completion().roster(),
    },
    fails: {
      refused: [
        (run) => run.control().invite(options).refuse(400),
        { fact: 'invitation.accepted', part: 'status', observed: { is: 'answer', status: 400 } },
      ],
      '503': [
        (run) => run.control().invite(options).refuse(503),
        { fact: 'invitation.accepted', part: 'status', observed: { is: 'answer', status: 503 } },
      ],
      'no answer': [
        (run) => run.control().invite(options).noAnswer(),
        { fact: 'invitation.accepted', part: 'status', observed: { is: 'noAnswer', reason: 'socket hang up' } },
      ],
      'it fails later': [
        (run) => run.control().invite(options).answer().failing(),
        {
          fact: 'invitation.carried-out',
          path: '$.value[0].resourceData.status',
          observed: { is: 'outcome', outcome: 'failed' },
        },
      ],
      'the response has status failed': [
        (run) => run.control().invite(options).answer(put('/status', 'Failed')),
        { fact: 'invitation.carried-out', path: '$.status', observed: { is: 'outcome', outcome: 'failed' } },
      ],
    },
    untested: {
      'everything is refused': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(403)
            .invite(options)
            .refuse(403),
        { lacks: 'controlled', restsOn: ['request.route'] },
      ],
      'it throttles': [(run) => run.control().invite(options).refuse(429), { lacks: 'notThrottled', restsOn: [] }],
      'everything fails': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .answer()
            .failing()
            .invite(options)
            .answer()
            .failing(),
        { lacks: 'general', restsOn: ['completion.status'] },
      ],
    },
  };
}

/** Cases in which plain invitations have the same defect, so that the particular behaviour is untested. */
export function generalDefects(options: InvitationOptions): Record<string, readonly [Telling, Lacking]> {
  const both = (general: string, defect: Telling): readonly [Telling, Lacking] => [
    (run) => defect(defect(run.invite({ tries: [general] })).invite(options)),
    { lacks: 'general', restsOn: [general] },
  ];
  return {
    'no response in the run has participants': both('response.participants', (run) =>
      run.answer(put('/participants', [])),
    ),
    'no completion in the run has participants': both('completion.participants', (run) =>
      run.answer().completion(put('/resourceData/participants', [])),
    ),
    'every roster in the run is empty': both('roster.invitees', (run) =>
      run.answer().completion().roster(put('/resourceData', [])),
    ),
  };
}
