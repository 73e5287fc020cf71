// Generated from result-info.schema.json by `npm run generate`. Do not edit.

/**
 * The outcome of a call or of an operation.
 */
export interface ResultInfo {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.resultInfo' | null;
  /**
   * The outcome as an HTTP-like status: 2xx success, 4xx and 5xx failure.
   */
  code: number;
  /**
   * A more specific number than the code.
   */
  subcode: number;
  /**
   * The outcome as a message.
   */
  message?: string | null;
}
