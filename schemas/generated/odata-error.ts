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
     * The error in a word that programs can tell apart.
     */
    code: string;
    /**
     * The error in words for people.
     */
    message: string;
  };
}
