// Generated from comms-notification.schema.json by `npm run generate`. Do not edit.

/**
 * A notification that a resource of a call was created, changed or deleted. The type is open.
 */
export interface CommsNotification {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.commsNotification' | null;
  /**
   * What happened to the resource.
   */
  changeType: 'created' | 'updated' | 'deleted';
  /**
   * The path of the resource.
   */
  resourceUrl: string;
  /**
   * An older form of resourceUrl; it is not judged.
   */
  resource?: string | null;
  /**
   * The current state of the resource or resources.
   */
  resourceData?: object | null;
}
