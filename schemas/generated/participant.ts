// Generated from participant.schema.json by `npm run generate`. Do not edit.
import type { MediaStream } from './media-stream';
import type { ParticipantInfo } from './participant-info';

/**
 * A participant in the roster of a call.
 */
export interface Participant {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.participant' | null;
  /**
   * The id of the roster entry.
   */
  id?: string | null;
  info: ParticipantInfo;
  /**
   * The streams of media that the participant has.
   */
  mediaStreams: MediaStream[];
  /**
   * Whether the participant is muted.
   */
  isMuted: boolean;
  /**
   * Whether the participant waits in the lobby.
   */
  isInLobby: boolean;
}
