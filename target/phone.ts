import { DEFAULTS } from '../schemas/options';
import { NotProvided } from './errors';

/** How often a run dials the configured phone, unless the config says otherwise: as often as all scenarios and contracts together. */
export const DEFAULT_MAX_DIALS: number = DEFAULTS.maxDials;

/** The one phone that a run may dial, and how often. Scenarios and contracts of a run share it. */
export class Phone {
  private readonly number: string | undefined;
  private readonly maxDials: number;
  private dialled = 0;

  /** @param number undefined: none may be dialled */
  constructor(number: string | undefined, most: number = DEFAULT_MAX_DIALS) {
    this.number = number;
    this.maxDials = most;
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
        'the run has brought the phone into the prepared call, and nobody can be invited twice',
        'Prepare the call anew and verify the contracts alone (invite-conformance contracts), or leave them out with --no-contracts.',
      );
    }
    if (this.dialled >= this.maxDials) {
      throw new NotProvided(
        'notAllowed',
        `the phone has been dialled ${this.dialled} times, and no run dials it more often`,
        'Allow more with maxDials in the config, or let the run select fewer scenarios.',
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
      'no phone may be dialled in this run',
      'Name a phone of your own as invitees.phone in the config and allow it with --allow-pstn, or declare capabilities.pstn false.',
    );
  }
}

/** The phone of a run by its settings. */
export function phoneOf({
  invitees,
  allowPstn,
  maxDials,
}: {
  invitees: { phone?: string };
  allowPstn: boolean;
  maxDials?: number;
}): Phone {
  return new Phone(allowPstn ? invitees.phone : undefined, maxDials);
}
