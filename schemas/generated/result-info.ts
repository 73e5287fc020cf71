// Generated from result-info.schema.json by `npm run generate`. Do not edit.

/**
 * The outcome of a call or of an operation.
 */
export interface ResultInfo {
  /**
   * The OData type that the service says this object has.
   */
  '@odata.type'?: '#microsoft.graph.resultInfo' | null;
  /**
   * The outcome in the manner of an HTTP status: 2xx success, 4xx and 5xx failure.
   */
  code: number;
  /**
   * A finer number within the code.
   */
  subcode: number;
  /**
   * The outcome in words.
   */
  message?: string | null;
}
