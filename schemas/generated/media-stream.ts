// Generated from media-stream.schema.json by `npm run generate`. Do not edit.

/**
 * One stream of media of a participant.
 */
export interface MediaStream {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.mediaStream' | null;
  /**
   * The kind of media.
   */
  mediaType: string;
  /**
   * The id of the source of the stream.
   */
  sourceId: string;
  /**
   * The direction of the media.
   */
  direction: 'inactive' | 'sendOnly' | 'receiveOnly' | 'sendReceive';
  /**
   * Whether the server mutes the stream.
   */
  serverMuted: boolean;
  /**
   * A label of the stream.
   */
  label?: string | null;
}
