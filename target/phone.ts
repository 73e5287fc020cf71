import type { RunOptions } from '../schemas/run-options';
import { NotProvided } from './errors';

/** The one phone that a run may dial, and its limit. The scenarios and contracts of a run share it. */
export class Phone {
  private readonly number: string | undefined;
  private readonly maxDials: number;
  private dialled = 0;

  /**
   * @param number undefined: no phone may be dialled
   * @param maxDials the limit
   */
  constructor(number: string | undefined, maxDials: number) {
    this.number = number;
    this.maxDials = maxDials;
  }

  /**
   * Returns the number for one invitation, and counts the dial.
   * @param anew whether it can be dialled only once, because there is only one call for it
   * @throws NotProvided if no phone may be dialled, or the limit is reached
   */
  dial(anew = false): string {
    const number = this.checkMayDial();
    if (anew && this.dialled > 0) {
      throw new NotProvided(
        'notAllowed',
        'the run has already invited the phone to the prepared call, and a participant cannot be invited twice',
        'Prepare a new call and run invite-conformance contracts separately, or leave out the contracts with --no-contracts.',
      );
    }
    if (this.dialled >= this.maxDials) {
      throw new NotProvided(
        'notAllowed',
        `the run has already dialled the phone ${this.dialled} times, the maximum`,
        'Raise maxDials in the config, or select fewer scenarios.',
      );
    }
    this.dialled += 1;
    return number;
  }

  /**
   * Checks whether phones may be dialled, without counting a dial.
   * @throws NotProvided if they may not
   */
  checkMayDial(): string {
    if (this.number !== undefined) return this.number;
    throw new NotProvided(
      'notAllowed',
      'this run may not dial a phone',
      'Set invitees.phone in the config to a phone of your own and pass --allow-pstn, or set capabilities.pstn to false.',
    );
  }
}

/** The phone of a run from its options. */
export function phoneOf({
  invitees,
  allowPstn,
  maxDials,
}: Pick<RunOptions, 'invitees' | 'allowPstn' | 'maxDials'>): Phone {
  return new Phone(allowPstn ? invitees.phone : undefined, maxDials);
}
