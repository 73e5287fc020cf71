import { acceptanceFacts } from './acceptance';
import { completionFacts } from './completion';
import { moveFacts } from './move';
import { deliveryFacts } from './notification';
import { orderFacts } from './order';
import { phoneFacts } from './phones';
import { responseFacts } from './response';
import { rosterFacts } from './roster';

/** Every fact of an invitation, by its id. */
export const FACTS = {
  ...acceptanceFacts,
  ...responseFacts,
  ...completionFacts,
  ...rosterFacts,
  ...phoneFacts,
  ...moveFacts,
  ...orderFacts,
};

/** Every fact of a delivery, by its id. */
export const DELIVERY_FACTS = deliveryFacts;

/** The id of a fact of an invitation. */
export type FactId = keyof typeof FACTS;

export const FACT_IDS = Object.keys(FACTS) as readonly FactId[];

/** The id of a fact of a delivery. */
export type DeliveryFactId = keyof typeof DELIVERY_FACTS;
