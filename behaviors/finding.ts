import type { Finding } from '../schemas/generated/result';

/**
 * Findings as data; only reporters/wording turns them into sentences. The types are those of result.json, and its
 * schema describes them.
 */
export type { Arrival, AttemptRef, Moment, Place, Role, Value, Who } from '../schemas/generated/result';

/** The part of a finding that a fact returns: what differs. */
export type Deviation = Pick<Finding, 'expected' | 'observed' | 'at' | 'belongsTo' | 'decidedBy'>;
