/** What a test may do while it runs. */
export interface TestContext {
  /**
   * Marks the test as skipped, if the runner can skip a running test. It may throw the runner's own error; the caller
   * must return at once.
   */
  skip?: (reason: string) => void;
}

/** The functions of a test runner that the suite needs. */
export interface Runner {
  /** Groups tests. */
  describe: (title: string, body: () => void) => void;
  /** Adds a test without a time limit. */
  test: (title: string, body: (context: TestContext) => Promise<void>) => void;
  /** Adds a test that is marked as skipped. */
  skip: (title: string, reason: string) => void;
  /** Adds a hook that runs once before the tests of a group, without a time limit. */
  before: (body: () => Promise<void>) => void;
  /** Adds a hook that runs once after them. */
  after: (body: () => Promise<void>) => void;
}
