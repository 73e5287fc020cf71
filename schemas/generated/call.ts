// Generated from call.schema.json by `npm run generate`. Do not edit.
import type { ChatInfo } from './chat-info';
import type { InvitationParticipantInfo } from './invitation-participant-info';
import type { ParticipantInfo } from './participant-info';
import type { ResultInfo } from './result-info';

/**
 * A call. Mostly its JSON types are judged. The type is open.
 */
export interface Call {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.call' | null;
  /**
   * The id of the call.
   */
  id?: string | null;
  /**
   * The URL to which notifications about the call are sent.
   */
  callbackUri?: string | null;
  /**
   * The state of the call. Case does not matter.
   */
  state?: string | null;
  /**
   * Incoming or outgoing.
   */
  direction?: string | null;
  /**
   * The subject of the call.
   */
  subject?: string | null;
  /**
   * The tenant of the call.
   */
  tenantId?: string | null;
  /**
   * The bot's own id in the roster.
   */
  myParticipantId?: string | null;
  /**
   * The id of the chain of related calls.
   */
  callChainId?: string | null;
  /**
   * Why the call ended.
   */
  terminationReason?: string | null;
  /**
   * The chat that belongs to the call.
   */
  chatInfo?: ChatInfo | null;
  /**
   * Why the call ended.
   */
  resultInfo?: ResultInfo | null;
  /**
   * The requested kinds of media.
   */
  requestedModalities?: string[] | null;
  /**
   * The participants to whom the call was placed.
   */
  targets?: InvitationParticipantInfo[] | null;
  /**
   * The participant who placed the call.
   */
  source?: ParticipantInfo | null;
}
