// Generated from media-stream.schema.json by `npm run generate`. Do not edit.

/**
 * One stream of media of a participant.
 */
export interface MediaStream {
  /**
   * The OData type that the service says this object has.
   */
  '@odata.type'?: '#microsoft.graph.mediaStream' | null;
  /**
   * The kind of media.
   */
  mediaType: string;
  /**
   * Names the source of the stream.
   */
  sourceId: string;
  /**
   * Which way the media flows.
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
