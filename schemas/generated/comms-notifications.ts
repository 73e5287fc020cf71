// Generated from comms-notifications.schema.json by `npm run generate`. Do not edit.
import type { CommsNotification } from './comms-notification';

/**
 * The body of a delivery: one or more notifications.
 */
export interface CommsNotifications {
  /**
   * The OData type of the envelope.
   */
  '@odata.type': '#microsoft.graph.commsNotifications';
  /**
   * The notifications.
   *
   * @minItems 1
   */
  value: CommsNotification[];
}
