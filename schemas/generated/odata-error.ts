// Generated from odata-error.schema.json by `npm run generate`. Do not edit.

/**
 * The body of a refusal.
 */
export interface ODataError {
  /**
   * What went wrong.
   */
  error: {
    /**
     * The error as a code for programs.
     */
    code: string;
    /**
     * The error as a message for people.
     */
    message: string;
  };
}
