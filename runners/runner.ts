/** What a test may do while it runs. */
export interface TestContext {
  /**
   * Shows the test as skipped, where the runner can do that to a test that has begun. It may throw what the runner knows it
   * by; whoever calls it returns at once.
   */
  skip?: (reason: string) => void;
}

/** A test runner, as far as the suite needs it. */
export interface Runner {
  /** Puts tests into a group. */
  describe: (title: string, body: () => void) => void;
  /** Adds a test, which may take as long as it likes. */
  test: (title: string, body: (context: TestContext) => Promise<void>) => void;
  /** Adds a test that is shown as skipped. */
  skip: (title: string, reason: string) => void;
  /** Does something once before the tests of a group, which may take as long as it likes. */
  before: (body: () => Promise<void>) => void;
  /** Does something once after them. */
  after: (body: () => Promise<void>) => void;
}
