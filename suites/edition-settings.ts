import { catalogOf } from '../behaviors/catalog';
import { EDITION, type Edition } from '../behaviors/edition';
import type { SessionOptions } from '../target/session';

/** By what a run is to be judged. */
export interface EditionSettings {
  /** The edition of the page; default: the first. */
  edition?: Edition;
  /** Whether the target's bots asked for rosters that tell what has changed alone. */
  deltaParticipants?: boolean;
}

/** What a history says of how it is to be judged; of what is as by default, nothing. */
export function editionHeader({
  edition = EDITION,
  deltaParticipants = false,
}: EditionSettings): Pick<SessionOptions, 'catalogDigest' | 'edition' | 'deltaParticipants'> {
  return {
    catalogDigest: catalogOf(edition).digest,
    ...(edition === EDITION ? {} : { edition }),
    ...(deltaParticipants ? { deltaParticipants } : {}),
  };
}
