import { DEFAULTS } from '../schemas/options';
import { NotProvided } from './errors';

/** How often a run dials the configured phone, unless the config says otherwise: as often as all scenarios and contracts together. */
export const MOST_DIALS: number = DEFAULTS.maxDials;

/** The one phone that a run may dial, and how often. Scenarios and contracts of a run share it. */
export class Phone {
  private readonly number: string | undefined;
  private readonly spent: boolean;
  private readonly most: number;
  private dialled = 0;

  /**
   * @param number undefined: none may be dialled
   * @param spent whether it is in the only call that there is by now, so that it can't be invited again
   */
  constructor(number: string | undefined, most: number = MOST_DIALS, spent = false) {
    this.number = number;
    this.spent = spent;
    this.most = most;
  }

  /**
   * The number for one invitation.
   * @throws NotProvided where no phone may be dialled, or not once more
   */
  dial(): string {
    if (this.number === undefined) {
      throw new NotProvided(
        'notAllowed',
        'no phone may be dialled in this run',
        'Name a phone of your own as invitees.phone in the config and allow it with --allow-pstn, or declare capabilities.pstn false.',
      );
    }
    if (this.spent) {
      throw new NotProvided(
        'notAllowed',
        'the run has brought the phone into the prepared call, and nobody can be invited twice',
        'Prepare the call anew and verify the contracts alone (invite-conformance contracts), or leave them out with --no-contracts.',
      );
    }
    if (this.dialled >= this.most) {
      throw new NotProvided(
        'notAllowed',
        `the phone has been dialled ${this.dialled} times, and no run dials it more often`,
        'Allow more with maxDials in the config, or let the run select fewer scenarios.',
      );
    }
    this.dialled += 1;
    return this.number;
  }
}

/** The phone of a run by its settings. */
export function phoneOf(settings: {
  phone?: Phone;
  invitees: { phone?: string };
  allowPstn: boolean;
  maxDials?: number;
}): Phone {
  const { phone, invitees, allowPstn, maxDials } = settings;
  return phone ?? new Phone(allowPstn ? invitees.phone : undefined, maxDials);
}
