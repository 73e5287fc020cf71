// Generated from call.schema.json by `npm run generate`. Do not edit.
import type { ChatInfo } from './chat-info';
import type { InvitationParticipantInfo } from './invitation-participant-info';
import type { ParticipantInfo } from './participant-info';
import type { ResultInfo } from './result-info';

/**
 * A call. Little more than the JSON types is judged. The type is open.
 */
export interface Call {
  /**
   * The OData type that the service says this object has.
   */
  '@odata.type'?: '#microsoft.graph.call' | null;
  /**
   * Names the call.
   */
  id?: string | null;
  /**
   * Where the call's notifications go.
   */
  callbackUri?: string | null;
  /**
   * How far the call has come. Letters of either case are accepted.
   */
  state?: string | null;
  /**
   * Incoming or outgoing.
   */
  direction?: string | null;
  /**
   * What the call is about.
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
   * Ties calls together that belong together.
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
   * The kinds of media asked for.
   */
  requestedModalities?: string[] | null;
  /**
   * Those whom the call was placed to.
   */
  targets?: InvitationParticipantInfo[] | null;
  /**
   * Who placed the call.
   */
  source?: ParticipantInfo | null;
}
