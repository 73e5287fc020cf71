import { catalogOf, type Catalog } from '../behaviors/catalog';
import { EDITION, EDITIONS, isEdition, type Edition } from '../behaviors/edition';
import { UsageError } from '../common/errors';
import type { HistoryHeader } from '../history/events';

/**
 * The edition that a run was recorded for.
 * @throws UsageError if this version does not know it
 */
export function editionOf({ edition = EDITION }: Pick<HistoryHeader, 'edition'>): Edition {
  if (isEdition(edition)) return edition;
  throw new UsageError(
    `the run was recorded with the edition ${JSON.stringify(edition)}, which this version does not know; it knows ${EDITIONS.join(', ')}`,
  );
}

/** The catalogue that a run was recorded for. @throws UsageError if this version does not know its edition */
export function catalogFor(header: Pick<HistoryHeader, 'edition'>): Catalog {
  return catalogOf(editionOf(header));
}

/**
 * The header of a run for judging it by another edition. Behaviours that only that edition has were not tried, and are
 * untested.
 * @param edition default: the one that the run was recorded for
 */
export function judgedAs(header: HistoryHeader, edition: Edition | undefined): HistoryHeader {
  if (edition === undefined || edition === header.edition) return header;
  const { edition: _recordedFor, ...rest } = header;
  return { ...rest, catalogDigest: catalogOf(edition).digest, ...(edition === EDITION ? {} : { edition }) };
}
