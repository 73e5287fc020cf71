import { LIMITS } from '../limits';
import type { Answer, HookMaker } from '../hooks';
import type { Attempt, Call } from '../model';
import { variant, type Variant } from '../fault-records';
import { answersWith, failsLater, objectOf, onRefusal, refuses } from '../hook-builders';

/** Treats a body that a call has accepted before as the same request. */
const sameBodyOnce: HookMaker = () => {
  const answers = new WeakMap<Call, Map<string, Answer>>();
  const repeated = new WeakSet<Attempt>();
  return {
    check(rule, finding, attempt) {
      if (rule !== 'duplicate' || !attempt.call || !answers.get(attempt.call)?.has(attempt.text)) return finding;
      repeated.add(attempt);
      return undefined;
    },
    answer(answer, occasion) {
      if (occasion.kind !== 'accepted') return answer;
      const { attempt, invitation } = occasion;
      const known = answers.get(invitation.call) ?? new Map<string, Answer>();
      const first = known.get(attempt.text) ?? answer;
      answers.set(invitation.call, known.set(attempt.text, first));
      return first;
    },
    plan: (planned, occasion) => (occasion.kind === 'accepted' && repeated.has(occasion.attempt) ? [] : planned),
  };
};

/** Variants of refusals: at once or later, their status and their error body. */
export const refusalVariants: readonly Variant[] = [
  variant(
    'group-only-fails-later',
    'accepts an invitation to a peer-to-peer call, then announces a failed operation',
    failsLater('group-call'),
  ),
  variant(
    'duplicate-fails-later',
    'accepts a participant who is in the call already, then announces a failed operation',
    failsLater('duplicate'),
  ),
  variant(
    'same-body-same-operation',
    'answers the same body, sent to the same call again, as before, and invites nobody',
    sameBodyOnce,
  ),
  variant('six-fail-later', 'accepts six participants, then announces a failed operation', failsLater('limit')),
  variant(
    'six-refused-before-the-first-is-read',
    'refuses six participants even if the first has a replacesCallId, which makes the mock ignore the others',
    refuses('replaced-call', 400, ({ sent }) => sent.length > LIMITS.participants),
  ),
  variant(
    'chat-info-fails-later',
    'accepts several participants on a call without chat info, then announces a failed operation',
    failsLater('chat-info'),
  ),
  variant(
    'pstn-number-fails-later',
    'accepts a phone without a number to call from, then announces a failed operation',
    failsLater('pstn-number'),
  ),
  variant(
    'all-fail-later',
    'accepts every invitation that may fail later, then announces a failed operation',
    failsLater('group-call', 'duplicate', 'limit', 'chat-info', 'pstn-number'),
  ),
  variant('content-type-400', 'answers 400 to another content type', answersWith(['content-type'], 400)),
  variant('pstn-number-403', 'answers 403 to a phone without a number to call from', answersWith(['pstn-number'], 403)),
  variant('duplicate-409', 'answers 409 to a participant who is in the call already', answersWith(['duplicate'], 409)),
  variant(
    'unprocessable-422',
    'answers 422 to a JSON body that breaks a rule',
    answersWith(['participants', 'identity', 'client-context', 'limit', 'chat-info'], 422),
  ),
  variant(
    'beyond-ascii-refused',
    'refuses a clientContext with non-ASCII characters',
    refuses(
      'client-context',
      400,
      ({ clientContext }) => typeof clientContext === 'string' && /\P{ASCII}/u.test(clientContext),
    ),
  ),
  variant('too-long-413', 'answers 413 to a clientContext that is too long', answersWith(['client-context'], 413)),
  variant(
    'error-code-numeric-string',
    'sends a numeric string as the code of every error',
    onRefusal((answer) => {
      objectOf(objectOf(answer.body)['error'])['code'] = '9999';
    }),
  ),
  variant(
    'error-bare',
    'sends errors with only a code and a message',
    onRefusal((answer) => void delete objectOf(objectOf(answer.body)['error'])['innerError']),
  ),
  variant(
    'error-details',
    'sends errors with target, details and innererror in lower case',
    onRefusal((answer) => {
      const error = objectOf(objectOf(answer.body)['error']);
      error['innererror'] = error['innerError'] ?? null;
      delete error['innerError'];
      error['target'] = 'participants';
      error['details'] = [{ code: 'Invalid', message: 'See the documentation.', target: 'participants' }];
    }),
  ),
  variant(
    '401-with-www-authenticate',
    'adds WWW-Authenticate to each 401',
    onRefusal((answer) => {
      if (answer.status === 401) {
        answer.headers['WWW-Authenticate'] =
          'Bearer realm="", authorization_uri="https://login.example.com/common/oauth2/authorize", error="invalid_token"';
      }
    }),
  ),
  variant(
    'error-odata-type',
    'sends errors with the Content-Type application/json;odata.metadata=minimal',
    onRefusal((answer) => {
      answer.headers['Content-Type'] = 'application/json;odata.metadata=minimal;charset=utf-8';
    }),
  ),
];
