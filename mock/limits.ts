/** Everything the mock keeps or waits for is bounded by these numbers (listed in README.md of this folder). */
export const LIMITS = {
  /** characters of a callbackUri; a longer one is answered 400 */
  callbackCharacters: 2048,
  /** levels of a body in JSON; a deeper one is answered 400, as one that is no JSON */
  levels: 100,
  /** bytes of bodies that one call keeps of whom it was made of and invited; more is answered 429 */
  callBytes: 2 * 1024 * 1024,
  /** bytes of bodies that all calls keep; the oldest ends silently when more comes */
  keptBytes: 64 * 1024 * 1024,
  /** bytes of a request's body; more is answered 413 */
  bodyBytes: 1024 * 1024,
  /** participants of one invitation (the page, Example 2) */
  participants: 5,
  /** characters of a `clientContext` (the page, Request body) */
  clientContext: 256,
  /** calls kept at once; the oldest ends silently when one more is made */
  calls: 1000,
  /** unreachable users remembered at once; the oldest is forgotten when one more is made */
  unreachableUsers: 1000,
  /** people in one call and on their way into it; more is answered 429 */
  members: 1000,
  /** operations of one call under way at once; more is answered 429 */
  operations: 100,
  /** notifications of one call waiting to be sent; an invitation that would need more is answered 429 */
  queue: 400,
  /** sockets to one callback host at once */
  sockets: 128,
  /** milliseconds after which an idle connection to a callback is closed, before the other side does it */
  idleMs: 1000,
  /** milliseconds a callback has to answer one notification */
  deadlineMs: 5000,
  /** bytes of a callback's answer that are read before the connection is cut */
  acknowledgementBytes: 64 * 1024,
  /** user ids one `users who can be invited` may ask for */
  users: 100,
  /** milliseconds a client has to send its whole request */
  requestMs: 30_000,
  /** requests, and as many notifications, that are kept for tests to look at; the oldest is forgotten */
  recorded: 1000,
  /** characters of the bodies of requests, and as many of notifications, that are kept with them */
  recordedCharacters: 16 * 1024 * 1024,
  /** verified tokens remembered at once; the oldest is forgotten when one more is verified */
  verifiedTokens: 1000,
  /** seconds a minted token is valid */
  tokenSeconds: 24 * 60 * 60,
} as const;
