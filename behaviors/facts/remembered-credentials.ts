import type { Invitation, Run } from '../../history/run-view';
import type { Deviation } from '../finding';

/** Signs that a service decides by the credentials of an earlier request, on the same connection or to the same call. */

type DecidedBy = Pick<Deviation, 'decidedBy'>;

const isAdmitted = ({ record, outcome }: Invitation): boolean => record.expect === 'accepted' && outcome === 'accepted';

const areRefused = (all: readonly Invitation[]): boolean =>
  all.length > 0 && all.every(({ outcome }) => outcome === 'refused');

/** The earlier invitations to the same call. */
function earlier({ record: { call }, exchange }: Invitation, run: Run): Invitation[] {
  return run.invitations.filter((other) => other.record.call === call && other.exchange.n < exchange.n);
}

const keptAlike = ({ record }: Invitation): boolean => record.keptConnection === true;

/**
 * What an accepted invitation with bad credentials shared with an admitted one before, if the same credentials are
 * refused without it.
 */
export function letInBy(invitation: Invitation, run: Run): DecidedBy {
  const { tries } = invitation.record;
  if (!tries.some((id) => id.startsWith('authorization.'))) return {};
  const follows = (one: Invitation): boolean => earlier(one, run).some(isAdmitted);
  if (invitation.outcome !== 'accepted' || !follows(invitation)) return {};
  const alike = run.invitations.filter(
    ({ record }) => record.expect === 'refused' && String(record.tries) === String(tries),
  );
  const onNew = alike.filter((one) => !keptAlike(one) && follows(one));
  if (keptAlike(invitation) && areRefused(onNew)) return { decidedBy: 'connection' };
  const isLetIn = onNew.length > 0 && onNew.every(({ outcome }) => outcome === 'accepted');
  return isLetIn && areRefused(alike.filter((one) => !follows(one))) ? { decidedBy: 'call' } : {};
}

/** The same for an invitation that is refused for its valid credentials, after bad ones on the same connection. */
export function shutOutBy(invitation: Invitation, run: Run): DecidedBy {
  const status = invitation.exchange.response?.status;
  if ((status !== 401 && status !== 403) || !keptAlike(invitation)) return {};
  if (!earlier(invitation, run).some((one) => keptAlike(one) && one.outcome === 'refused')) return {};
  return run.invitations.map((one) => letInBy(one, run)).find(({ decidedBy }) => decidedBy !== undefined) ?? {};
}
