import { show } from '../history/values';
import type { Invitation, Run } from '../history/view';

/** What languages write for a value that is not there. */
const NOTHING = new Set<unknown>(['null', 'undefined', 'None', 'nil']);

/** Whether a clientContext that came back is the one that was sent; for an empty one null and absent are the same. */
export function isContextOf({ record: { clientContext } }: Invitation, found: unknown): boolean {
  return found === clientContext || (clientContext === '' && found === undefined);
}

/**
 * What is wrong with a clientContext that came back to an invitation without one. A service may make one up; another
 * invitation's it is not, nor the absent one as text.
 * @returns undefined where nothing is wrong
 */
export function leakedContext(
  invitation: Invitation,
  found: unknown,
  run: Run,
): { seen: string; hint: string; events: number[] } | undefined {
  if (found === undefined || found === '') return undefined;
  const owner = run.invitations.find((other) => other !== invitation && other.record.clientContext === found);
  if (NOTHING.has(found)) {
    return { seen: show(found), hint: 'Write null, or leave clientContext out.', events: [] };
  }
  if (!owner) return undefined;
  return {
    seen: `${show(found)}, which is that of ${owner.record.key}`,
    hint: 'Keep no clientContext from one invitation to the next.',
    events: [owner.exchange.n],
  };
}
