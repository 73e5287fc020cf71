import type { Finding } from '../schemas/generated/result';

/**
 * What a fact says where it does not hold, as data. Words are made of it in one place (reporters/wording); nothing reads
 * a sentence back. The types are those of result.json, and described in its schema.
 */
export type { Arrival, AttemptRef, Moment, Place, Role, Value, Who } from '../schemas/generated/result';

/** What differs: the part of a finding that a fact gives. */
export type Deviation = Pick<Finding, 'expected' | 'observed' | 'at' | 'belongsTo'>;
