import type { Provisioner } from '../target/provisioning';

/** The longest time for giving back what was provisioned, ms. */
const GIVING_BACK = 10_000;

/**
 * Gives back what was provisioned, within a bound.
 * @param gone whether the target takes no connection any more
 * @returns what is left over, in words
 */
export async function givenBack(provisioner: Provisioner, gone = false): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), GIVING_BACK);
  });
  const left = await Promise.race([provisioner.release(gone), enough]);
  clearTimeout(timer);
  if (left === undefined) return [`not all that was provisioned was given back within ${GIVING_BACK} ms`];
  return left === 0 ? [] : [`${left} of what was provisioned could not be given back; calls may be left over`];
}
