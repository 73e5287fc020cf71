// Generated from comms-notification.schema.json by `npm run generate`. Do not edit.

/**
 * The news that a resource of a call was created, changed or deleted. The type is open.
 */
export interface CommsNotification {
  /**
   * The OData type that the service says this object has.
   */
  '@odata.type'?: '#microsoft.graph.commsNotification' | null;
  /**
   * What happened to the resource.
   */
  changeType: 'created' | 'updated' | 'deleted';
  /**
   * Which resource it happened to.
   */
  resourceUrl: string;
  /**
   * An older form of resourceUrl. Never judged.
   */
  resource?: string | null;
  /**
   * The resource, or the resources, as they are now.
   */
  resourceData?: object | null;
}
