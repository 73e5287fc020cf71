import { LIMITS } from '../limits';
import { variant, type Variant } from '../fault-records';
import { answersWith, failsLater, objectOf, onRefusal, refuses } from '../hook-builders';

/** How a refusal comes: at once or later, and with which code. */
export const refusalVariants: readonly Variant[] = [
  variant('group-only-fails-later', 'an invitation to a peer-to-peer call fails later', failsLater('group-call')),
  variant('duplicate-fails-later', 'an invitation of somebody who is in the call fails later', failsLater('duplicate')),
  variant('six-fail-later', 'an invitation of six fails later', failsLater('limit')),
  variant(
    'six-refused-before-the-first-is-read',
    'an invitation of six is refused also where the first has a replacesCallId, so that the others would be passed over',
    refuses('replaced-call', 400, ({ sent }) => sent.length > LIMITS.participants),
  ),
  variant('chat-info-fails-later', 'an invitation of several without chat info fails later', failsLater('chat-info')),
  variant(
    'pstn-number-fails-later',
    'an invitation of a phone without a number to call from fails later',
    failsLater('pstn-number'),
  ),
  variant(
    'all-fail-later',
    'whatever may fail later does',
    failsLater('group-call', 'duplicate', 'limit', 'chat-info', 'pstn-number'),
  ),
  variant('content-type-400', 'another content type is 400', answersWith(['content-type'], 400)),
  variant('pstn-number-403', 'a phone without a number to call from is 403', answersWith(['pstn-number'], 403)),
  variant('duplicate-409', 'somebody who is in the call is 409', answersWith(['duplicate'], 409)),
  variant(
    'unprocessable-422',
    'a body that is JSON and breaks a rule is 422',
    answersWith(['participants', 'identity', 'client-context', 'limit', 'chat-info'], 422),
  ),
  variant(
    'beyond-ascii-refused',
    'a clientContext with letters beyond ASCII is refused',
    refuses(
      'client-context',
      400,
      ({ clientContext }) => typeof clientContext === 'string' && /\P{ASCII}/u.test(clientContext),
    ),
  ),
  variant('too-long-413', 'a clientContext that is too long is 413', answersWith(['client-context'], 413)),
  variant(
    'error-code-numeric-string',
    'every error has a code of digits',
    onRefusal((answer) => {
      objectOf(objectOf(answer.body)['error'])['code'] = '9999';
    }),
  ),
  variant(
    'error-bare',
    'errors have a code and a message, and nothing more',
    onRefusal((answer) => void delete objectOf(objectOf(answer.body)['error'])['innerError']),
  ),
  variant(
    'error-details',
    'errors have a target, details and innererror in lower case',
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
    'a 401 tells how to authenticate',
    onRefusal((answer) => {
      if (answer.status === 401) {
        answer.headers['WWW-Authenticate'] =
          'Bearer realm="", authorization_uri="https://login.example.com/common/oauth2/authorize", error="invalid_token"';
      }
    }),
  ),
  variant(
    'error-odata-type',
    'errors are sent as application/json;odata.metadata=minimal',
    onRefusal((answer) => {
      answer.headers['Content-Type'] = 'application/json;odata.metadata=minimal;charset=utf-8';
    }),
  ),
];
