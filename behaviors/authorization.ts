import type { Invitation, Run } from '../history/view';
import type { Behavior } from './behavior';
import { answerOf, brokenControl, failed, hiddenBehind, passed, perInvitation, waiting, type Said } from './judging';
import { refused } from './request';

/** Which status it is; an invitation that was accepted is the matter of another behaviour. */
function status(expected: number) {
  return (invitation: Invitation, run: Run): Said | undefined => {
    const broken = brokenControl(invitation, run);
    if (broken !== undefined) return hiddenBehind(broken);
    const { outcome, exchange } = invitation;
    if (outcome !== 'refused' && outcome !== 'otherAnswer')
      return waiting(`no refusal: ${answerOf(invitation)}`, ...invitation.record.tries);
    if (exchange.response?.status === expected) return passed();
    return failed(answerOf(invitation), `Answer ${expected} here.`);
  };
}

export const authorization: Behavior[] = [
  {
    id: 'authorization.required',
    level: 'stated',
    statement: 'an invitation without an Authorization header is refused',
    source: { lines: [38] },
    judge: perInvitation(refused('Refuse (401) a request that carries no Authorization header.')),
  },
  {
    id: 'authorization.bearer',
    level: 'stated',
    statement: 'an invitation whose Authorization has another scheme than Bearer is refused',
    source: { lines: [38] },
    judge: perInvitation(refused('Check the scheme as well as what follows it; only Bearer is a token.')),
  },
  {
    id: 'authorization.unknown-token',
    level: 'stated',
    statement: 'an invitation with a Bearer token that nobody issued is refused',
    source: { lines: [38] },
    judge: perInvitation(
      refused('Verify the token: that it was issued, and its signature; a well-formed token is not yet a valid one.'),
    ),
  },
  {
    id: 'authorization.status-401',
    level: 'linked',
    statement: 'a missing, foreign or unknown Authorization is answered 401',
    source: { linked: 'resolve-auth-errors' },
    judge: perInvitation(status(401)),
  },
  {
    id: 'authorization.application-permission',
    level: 'stated',
    statement: "an application's token without the call permission is refused",
    source: { lines: [27] },
    judge: perInvitation(
      refused('Require the role Calls.InitiateGroupCall.All (or the spelling on the page) in the token.'),
    ),
  },
  {
    id: 'authorization.delegated',
    level: 'stated',
    statement: 'a delegated token, of a work, school or personal account, is refused',
    source: { lines: [25, 26] },
    judge: perInvitation(refused('Refuse tokens that stand for a user: the API takes application tokens only.')),
  },
  {
    id: 'authorization.status-403',
    level: 'linked',
    statement: 'a token without the permission, or a delegated one, is answered 403',
    source: { linked: 'resolve-auth-errors' },
    judge: perInvitation(status(403)),
  },
];
