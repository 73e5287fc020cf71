/** The limits of everything that the mock keeps or waits for (listed in README.md of this folder). */
export const LIMITS = {
  /** maximum length of a callbackUri, in characters; a longer one is answered 400 */
  callbackCharacters: 2048,
  /** maximum nesting of a JSON body; a deeper one is answered 400, like a body that is not JSON */
  levels: 100,
  /** bytes of request bodies that one call keeps; more is answered 429 */
  callBytes: 2 * 1024 * 1024,
  /** bytes of request bodies that all calls keep; beyond that, the oldest call ends silently */
  keptBytes: 64 * 1024 * 1024,
  /** bytes of a request body; more is answered 413 */
  bodyBytes: 1024 * 1024,
  /** participants of one invitation (the page, Example 2) */
  participants: 5,
  /** characters of a `clientContext` (the page, Request body) */
  clientContext: 256,
  /** calls kept at once; beyond that, the oldest ends silently */
  calls: 1000,
  /** unreachable users kept at once; beyond that, the oldest is forgotten */
  unreachableUsers: 1000,
  /** people in one call, including invited ones who have not joined yet; more is answered 429 */
  members: 1000,
  /** running operations of one call; more is answered 429 */
  operations: 100,
  /** unsent notifications of one call; an invitation that would exceed it is answered 429 */
  queue: 400,
  /** sockets to one callback host at once */
  sockets: 128,
  /** milliseconds after which an idle connection to a callback is closed, before the other side closes it */
  idleMs: 1000,
  /** deadline for the response of a callback, ms */
  deadlineMs: 5000,
  /** bytes of a callback's response that are read before the connection is cut */
  acknowledgementBytes: 64 * 1024,
  /** maximum `count` of the state `users who can be invited` */
  users: 100,
  /** milliseconds a client has to send its whole request */
  requestMs: 30_000,
  /** requests, and as many notifications, kept for tests; beyond that, the oldest is forgotten */
  recorded: 1000,
  /** characters of the bodies of the kept requests, and as many of the kept notifications */
  recordedCharacters: 16 * 1024 * 1024,
  /** verified tokens cached at once; beyond that, the oldest is forgotten */
  verifiedTokens: 1000,
  /** validity of a minted token, seconds */
  tokenSeconds: 24 * 60 * 60,
} as const;
