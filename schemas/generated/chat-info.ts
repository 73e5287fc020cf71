// Generated from chat-info.schema.json by `npm run generate`. Do not edit.

/**
 * The chat that belongs to a call.
 */
export interface ChatInfo {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.chatInfo' | null;
  /**
   * The thread of the chat.
   */
  threadId?: string | null;
  /**
   * The message that the call belongs to.
   */
  messageId?: string | null;
  /**
   * The first message of the reply chain.
   */
  replyChainMessageId?: string | null;
}
