// Generated from identity-set.schema.json by `npm run generate`. Do not edit.
import type { Identity } from './identity';

/**
 * A set of identities of one participant: one member for each kind of identity. The type is open, so other kinds may occur.
 */
export interface IdentitySet {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.identitySet' | '#microsoft.graph.communicationsIdentitySet' | null;
  /**
   * A person with an account.
   */
  user?: Identity | null;
  /**
   * An application, such as a bot.
   */
  application?: Identity | null;
  /**
   * A device.
   */
  device?: Identity | null;
  /**
   * A phone; its id is the number.
   */
  phone?: Identity | null;
  /**
   * A person without an account of the tenant.
   */
  guest?: Identity | null;
  /**
   * A participant whose identity is not disclosed.
   */
  encrypted?: Identity | null;
  /**
   * A person in an on-premises installation.
   */
  onPremises?: Identity | null;
  /**
   * An application's account that can have a telephone number.
   */
  applicationInstance?: Identity | null;
}
