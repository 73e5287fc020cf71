import type { RunOptions } from '../schemas/run-options';
import { NotProvided } from './errors';

/** The one phone that a run may dial, and how often. Scenarios and contracts of a run share it. */
export class Phone {
  private readonly number: string | undefined;
  private readonly maxDials: number;
  private dialled = 0;

  /**
   * @param number undefined: none may be dialled
   * @param maxDials how often it may be
   */
  constructor(number: string | undefined, maxDials: number) {
    this.number = number;
    this.maxDials = maxDials;
  }

  /**
   * The number for one invitation.
   * @param anew whether it can be dialled once alone, as there is only one call for it
   * @throws NotProvided where no phone may be dialled, or not once more
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
   * Looks whether phones may be dialled at all; that is no dial.
   * @throws NotProvided where they may not
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

/** The phone of a run by its options. */
export function phoneOf({
  invitees,
  allowPstn,
  maxDials,
}: Pick<RunOptions, 'invitees' | 'allowPstn' | 'maxDials'>): Phone {
  return new Phone(allowPstn ? invitees.phone : undefined, maxDials);
}
