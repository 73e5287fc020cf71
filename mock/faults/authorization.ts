import type { HookMaker } from '../hooks';
import type { Attempt } from '../model';
import { fault, type Fault } from '../fault-records';
import { answersWith, failsLater, lifts, onFinding } from '../hook-builders';

const schemeOf = ({ authorization }: Attempt): string =>
  /^\S*/.exec(authorization?.trim() ?? '')?.[0].toLowerCase() ?? '';
const anonymous = (attempt: Attempt): boolean => schemeOf(attempt) === '';
const bearer = (attempt: Attempt): boolean => schemeOf(attempt) === 'bearer';
const otherScheme = (attempt: Attempt): boolean => !anonymous(attempt) && !bearer(attempt);

/** Length of the signature of the mock's tokens, in characters. */
const SIGNATURE = 43;
const signatureOf = ({ authorization }: Attempt): string => authorization?.split(' ').at(-1)?.split('.')[2] ?? '';

const delegated = ({ claims }: Attempt): boolean => claims?.['scp'] !== undefined;
const application = (attempt: Attempt): boolean => !delegated(attempt);

/** Accepts what the authorization refuses, and announces a failed operation. */
function failsLaterFor(when: (attempt: Attempt) => boolean): HookMaker {
  return onFinding('authorization', (finding, attempt) =>
    finding && when(attempt) ? { failure: { code: 403, subcode: 7504, message: 'Not permitted.' } } : finding,
  );
}

const several = ({ sent }: Attempt): boolean => sent.length > 1;
const ofPhones = ({ sent }: Attempt): boolean =>
  sent.some(({ identities }) => identities.some(({ kind }) => kind === 'phone'));
const replacing = ({ sent }: Attempt): boolean => sent.some(({ replacesCallId }) => replacesCallId !== null);

const CLIENT_ERROR = 'refusal.client-error';

export const authorizationFaults: readonly Fault[] = [
  fault(
    'authorization.required/not-asked-for',
    'accepts requests without Authorization',
    lifts(['authentication'], anonymous),
    ['authorization.status-401'],
  ),
  fault(
    'authorization.required/not-asked-for-if-replacing',
    'accepts requests without Authorization that replace a call',
    lifts(['authentication', 'authorization'], (attempt) => anonymous(attempt) && replacing(attempt)),
    ['authorization.status-401'],
  ),
  fault(
    'authorization.required/not-asked-for-if-phone',
    'accepts requests without Authorization that invite a phone',
    lifts(['authentication', 'authorization'], (attempt) => anonymous(attempt) && ofPhones(attempt)),
    ['authorization.status-401'],
  ),
  fault(
    'authorization.required/server-error',
    'answers 500 to requests without Authorization',
    answersWith(['authentication'], 500, anonymous),
    [CLIENT_ERROR, 'authorization.status-401'],
  ),
  fault(
    'authorization.bearer/any-scheme',
    'accepts any scheme in Authorization',
    lifts(['authentication'], otherScheme),
    ['authorization.status-401'],
  ),
  fault(
    'authorization.bearer/server-error',
    'answers 500 to a scheme other than Bearer',
    answersWith(['authentication'], 500, otherScheme),
    [CLIENT_ERROR, 'authorization.status-401'],
  ),
  fault('authorization.unknown-token/any-token', 'accepts any Bearer token', lifts(['authentication'], bearer), [
    'authorization.status-401',
  ]),
  fault(
    'authorization.unknown-token/any-token-if-phone',
    'accepts any Bearer token in requests that invite a phone',
    lifts(['authentication', 'authorization'], (attempt) => bearer(attempt) && ofPhones(attempt)),
    [
      'authorization.status-401',
      'authorization.application-permission',
      'authorization.delegated',
      'authorization.status-403',
    ],
  ),
  fault(
    'authorization.unknown-token/signature-cut-short',
    'accepts a token with a truncated signature',
    lifts(['authentication'], (attempt) => signatureOf(attempt).length > 0 && signatureOf(attempt).length < SIGNATURE),
  ),
  fault(
    'authorization.unknown-token/signature-lengthened',
    'accepts a token with extra characters after its signature',
    lifts(['authentication'], (attempt) => signatureOf(attempt).length > SIGNATURE),
  ),
  fault(
    'authorization.unknown-token/empty-token',
    'accepts the scheme Bearer without a token',
    lifts(['authentication'], ({ authorization }) => /^bearer\s*$/i.test(authorization ?? '')),
  ),
  fault(
    'authorization.unknown-token/signature-not-verified',
    'reads the claims of a token without verifying its signature',
    lifts(['authentication'], (attempt) => bearer(attempt) && attempt.claims !== undefined),
    ['authorization.status-401'],
  ),
  fault(
    'authorization.unknown-token/server-error',
    'answers 500 to a token that it cannot verify',
    answersWith(['authentication'], 500, bearer),
    [CLIENT_ERROR, 'authorization.status-401'],
  ),
  fault(
    'authorization.unknown-token/fails-later',
    'answers 200 to an unknown token, then announces a failed operation',
    failsLater('authentication'),
    ['authorization.required', 'authorization.bearer', 'authorization.status-401'],
  ),

  fault('authorization.status-401/bad-request', 'answers 400 instead of 401', answersWith(['authentication'], 400)),
  fault('authorization.status-401/forbidden', 'answers 403 instead of 401', answersWith(['authentication'], 403)),
  fault(
    'authorization.status-401/not-found',
    'answers 404 instead of 401, to hide the call',
    answersWith(['authentication'], 404),
  ),
  fault(
    'authorization.status-401/forbidden-without-header',
    'answers 403 to requests without Authorization, and 401 to other unauthenticated requests',
    answersWith(['authentication'], 403, anonymous),
  ),

  fault(
    'authorization.application-permission/not-asked-for',
    'accepts application tokens without the call permission',
    lifts(['authorization'], application),
    ['authorization.status-403'],
  ),
  fault(
    'authorization.application-permission/not-asked-for-if-several',
    'accepts application tokens without the call permission for several participants',
    lifts(['authorization'], (attempt) => application(attempt) && several(attempt)),
    ['authorization.status-403'],
  ),
  fault(
    'authorization.application-permission/fails-later',
    'answers 200 to application tokens without the call permission, then announces a failed operation',
    failsLaterFor(application),
    ['authorization.status-403'],
  ),
  fault(
    'authorization.application-permission/server-error',
    'answers 500 to application tokens without the call permission',
    answersWith(['authorization'], 500, application),
    [CLIENT_ERROR, 'authorization.status-403'],
  ),
  fault(
    'authorization.delegated/accepted-if-replacing',
    'accepts delegated tokens for invitations that replace a call',
    lifts(['authorization'], (attempt) => delegated(attempt) && replacing(attempt)),
    ['authorization.status-403'],
  ),
  fault('authorization.delegated/accepted', 'accepts delegated tokens', lifts(['authorization'], delegated), [
    'authorization.status-403',
  ]),
  fault(
    'authorization.delegated/fails-later',
    'answers 200 to delegated tokens, then announces a failed operation',
    failsLaterFor(delegated),
    ['authorization.status-403'],
  ),
  fault(
    'authorization.delegated/server-error',
    'answers 500 to delegated tokens',
    answersWith(['authorization'], 500, delegated),
    [CLIENT_ERROR, 'authorization.status-403'],
  ),

  fault('authorization.status-403/unauthorized', 'answers 401 instead of 403', answersWith(['authorization'], 401)),
  fault('authorization.status-403/bad-request', 'answers 400 instead of 403', answersWith(['authorization'], 400)),
  fault(
    'authorization.status-403/not-found',
    'answers 404 instead of 403, to hide the call',
    answersWith(['authorization'], 404),
  ),
  fault(
    'authorization.status-403/unauthorized-if-delegated',
    'answers 401 to delegated tokens, and 403 to application tokens without the permission',
    answersWith(['authorization'], 401, delegated),
  ),
];
