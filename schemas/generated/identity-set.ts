// Generated from identity-set.schema.json by `npm run generate`. Do not edit.
import type { Identity } from './identity';

/**
 * Who somebody is: one member a kind of identity. The type is open, so other kinds may stand beside these.
 */
export interface IdentitySet {
  /**
   * The OData type that the service says this object has.
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
   * A telephone number; the number is the id.
   */
  phone?: Identity | null;
  /**
   * A person without an account of the tenant.
   */
  guest?: Identity | null;
  /**
   * Somebody whose identity is not disclosed.
   */
  encrypted?: Identity | null;
  /**
   * A person of an installation on premises.
   */
  onPremises?: Identity | null;
  /**
   * An application's account that can have a telephone number.
   */
  applicationInstance?: Identity | null;
}
