import { user } from './bodies';
import type { Cases } from './cases';
import { put } from './edits';
import type { Wish } from './wishes';

const BY_EVERYTHING = "can't be told apart from request.route";

/** The histories of a behaviour that asks for a refusal at once. */
export function refusal(wish: Wish = {}): Cases {
  const refusable: Wish = { expect: 'refused', ...wish };
  return {
    passes: {
      '400': (run) => run.control().invite(refusable).refuse(400),
      '404': (run) => run.control().invite(refusable).refuse(404),
      'after a request to wait': (run) => run.control().invite(refusable).refuse(429).refuse(400),
      'without a body': (run) => run.control().invite(refusable).refuse(422, undefined, { raw: '' }),
    },
    fails: {
      accepted: [(run) => run.control().invite(refusable).joins(), 'the answer was 200'],
      'accepted, and then failed': [(run) => run.control().invite(refusable).answer().failing(), 'the answer was 200'],
      '500': [(run) => run.control().invite(refusable).refuse(500), 'which is no refusal'],
      redirected: [(run) => run.control().invite(refusable).refuse(302), 'the answer was 302'],
      'no answer': [(run) => run.control().invite(refusable).noAnswer('reset'), 'there was no answer: reset'],
    },
    untested: {
      'everything is refused': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(403)
            .invite(refusable)
            .refuse(403),
        BY_EVERYTHING,
      ],
      'it throttles': [(run) => run.control().invite(refusable).refuse(429), 'the target throttles (429)'],
      ...(wish.alreadyInCall === true
        ? {}
        : {
            'another invitation let in whom it names': [
              (run) =>
                run
                  .control()
                  .invite({ ...refusable, tries: [], call: 'c', invitees: [user('u')] })
                  .joins()
                  .invite({ ...refusable, call: 'c', invitees: [user('u')] })
                  .refuse(409),
              'which tells nothing: somebody it names was let in by',
            ] as const,
          }),
    },
  };
}

/** The histories of a behaviour whose refusal may also come later, as a failed operation. */
export function refusalOrFailure(wish: Wish = {}): Cases {
  const refusable: Wish = { expect: 'refusedOrFails', ...wish };
  const { passes, fails, untested } = refusal(refusable);
  return {
    passes: {
      ...passes,
      'it fails later': (run) => run.control().invite(refusable).answer().failing(),
      'it runs and fails later': (run) =>
        run.control().invite(refusable).answer().running().failing(put('/resourceData/status', 'Failed')),
      'the answer itself says failed': (run) => run.control().invite(refusable).answer(put('/status', 'failed')),
    },
    fails: {
      'accepted, and then completed': [
        (run) => run.control().invite(refusable).joins(),
        'the answer was 200, and its operation ended as "completed"',
      ],
      'accepted, and then nothing': [
        (run) => run.control().invite(refusable).answer(),
        'the answer was 200, and no failed operation was announced',
      ],
      ...(wish.alreadyInCall === true
        ? {}
        : {
            'it fails later, and joins nevertheless': [
              (run) => run.control().invite(refusable).answer().failing().roster(),
              'it was announced as failed, and yet a roster shows',
            ] as const,
          }),
      '500': fails['500'] ?? [(run) => run, ''],
    },
    untested: {
      ...untested,
      'no end is ever announced': [
        (run) =>
          run
            .invite({ tries: ['request.route', 'completion.announced'] })
            .answer()
            .invite(refusable)
            .answer(),
        "can't be told apart from completion.announced",
      ],
    },
  };
}

/** The histories of a behaviour that asks for an acceptance. */
export function acceptance(wish: Wish = {}): Cases {
  return {
    passes: {
      'it joins': (run) => run.control().invite(wish).joins(),
      'without a control': (run) => run.invite(wish).joins(),
      'after a request to wait': (run) => run.control().invite(wish).refuse(429).answer().completion().roster(),
    },
    fails: {
      refused: [(run) => run.control().invite(wish).refuse(400), 'the answer was 400'],
      '503': [(run) => run.control().invite(wish).refuse(503), 'the answer was 503'],
      'no answer': [(run) => run.control().invite(wish).noAnswer(), 'there was no answer: socket hang up'],
      'it fails later': [
        (run) => run.control().invite(wish).answer().failing(),
        'it was answered 200, and then its operation was announced as failed',
      ],
      'the answer itself says failed': [
        (run) => run.control().invite(wish).answer(put('/status', 'Failed')),
        'announced as failed',
      ],
    },
    untested: {
      'everything is refused': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(403)
            .invite(wish)
            .refuse(403),
        BY_EVERYTHING,
      ],
      'it throttles': [(run) => run.control().invite(wish).refuse(429), 'the target throttles (429)'],
      'everything fails': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .answer()
            .failing()
            .invite(wish)
            .answer()
            .failing(),
        "can't be told apart from completion.status",
      ],
    },
  };
}
