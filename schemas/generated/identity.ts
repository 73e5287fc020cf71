// Generated from identity.schema.json by `npm run generate`. Do not edit.

/**
 * One identity: an id and the name shown for it. The type is open.
 */
export interface Identity {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?:
    | '#microsoft.graph.identity'
    | '#microsoft.graph.azureCommunicationServicesUserIdentity'
    | '#microsoft.graph.communicationsApplicationIdentity'
    | '#microsoft.graph.communicationsApplicationInstanceIdentity'
    | '#microsoft.graph.communicationsEncryptedIdentity'
    | '#microsoft.graph.communicationsGuestIdentity'
    | '#microsoft.graph.communicationsPhoneIdentity'
    | '#microsoft.graph.communicationsUserIdentity'
    | '#microsoft.graph.teamworkApplicationIdentity'
    | '#microsoft.graph.teamworkUserIdentity'
    | '#microsoft.graph.userIdentity'
    | null;
  /**
   * The identifier; for a phone, the number.
   */
  id?: string | null;
  /**
   * The name that people see.
   */
  displayName?: string | null;
}
