// Generated from config.schema.json by `npm run generate`. Do not edit.

/**
 * Source of PEM text: an environment variable or a file.
 *
 * This interface was referenced by `ConfigFile`'s JSON-Schema
 * via the `definition` "pem".
 */
export type PemSource =
  | {
      env: string;
    }
  | {
      file: string;
    };
/**
 * Source of a token: the token itself, an environment variable, a file, or the output of a command.
 *
 * This interface was referenced by `ConfigFile`'s JSON-Schema
 * via the `definition` "token".
 */
export type TokenSource =
  | string
  | {
      env: string;
    }
  | {
      file: string;
    }
  | {
      /**
       * @minItems 1
       */
      command: string[];
    };

/**
 * Configuration of invite-conformance. Flags override environment variables, which override the config file, which overrides the defaults.
 */
export interface ConfigFile {
  /**
   * The JSON Schema of this file, for editors.
   */
  $schema?: string;
  /**
   * Base URL of the target, to which /communications/calls is appended.
   */
  target?: string;
  /**
   * Tokens, each a string, {env: NAME}, {file: PATH} or {command: [argv…]}. Behaviours that need a missing token are reported as untested.
   */
  tokens?: {
    /**
     * An application's token with the call permission.
     */
    valid?: TokenSource;
    /**
     * An application's token without the call permission.
     */
    withoutPermission?: TokenSource;
    /**
     * A delegated token, issued for a user.
     */
    delegated?: TokenSource;
  };
  /**
   * For an https target that requires a client certificate, or whose certificate Node does not trust by default. Each is PEM text, given as {file: PATH} or {env: NAME}.
   */
  tls?: {
    /**
     * The client certificate with its chain.
     */
    cert?: PemSource;
    /**
     * Private key of the client certificate, not encrypted.
     */
    key?: PemSource;
    /**
     * Certificate authorities to trust in addition to Node's own.
     */
    ca?: PemSource;
    /**
     * Host name in the target's certificate, if it differs from the one in the URL.
     */
    serverName?: string;
  };
  /**
   * How the suite gets the calls and users for its invitations: exactly one of states, calls and static.
   */
  provisioning?: {
    /**
     * URL of the target's provider-states endpoint.
     */
    states?: string;
    /**
     * The suite creates calls by the documented request; properties given here are added to its body.
     */
    calls?: {
      groupCall?: {
        [k: string]: unknown;
      };
      groupCallWithoutChatInfo?: {
        [k: string]: unknown;
      };
      groupCallWithoutPstnNumber?: {
        [k: string]: unknown;
      };
      peerToPeerCall?: {
        [k: string]: unknown;
      };
    };
    /**
     * Ids of calls that you prepared by hand.
     */
    static?: {
      groupCall?: string;
      groupCallWithoutChatInfo?: string;
      groupCallWithoutPstnNumber?: string;
      /**
       * One call or a list of calls; each is used once.
       */
      peerToPeerCall?: PeerToPeerCall | PeerToPeerCall[];
    };
  };
  /**
   * How the suite starts the target for a run; it ends the target after the run. Without it, the target must already be running.
   */
  start?: {
    /**
     * Shell command that starts the target and keeps running; the suite ends it after the run.
     */
    command?: string;
    /**
     * URL that answers 2xx or 3xx when the target is ready; without it, any HTTP answer from the target is enough.
     */
    url?: string;
    /**
     * Folder in which the command runs; without it, the current folder.
     */
    cwd?: string;
    /**
     * Additional environment variables for the command. It also gets this process's variables, except those that begin with INVITE_.
     */
    env?: {
      [k: string]: string;
    };
    /**
     * Longest wait until the target is ready, ms.
     */
    timeoutMs?: number;
  };
  /**
   * Where the suite receives notifications: its callback listener.
   */
  callback?: {
    /**
     * Address on which the callback listener listens.
     */
    host?: string;
    /**
     * Port on which the callback listener listens; 0 means any free port.
     */
    port?: number;
    /**
     * URL under which the target reaches the callback listener, if it differs from host and port.
     */
    url?: string;
    /**
     * Do not check that this machine reaches callback.url; for a URL that only the target can reach.
     */
    unchecked?: boolean;
  };
  /**
   * Users and phones that the suite may invite.
   */
  invitees?: {
    /**
     * Ids of at least eight users who may be invited; required unless provisioning.states provides them.
     */
    users?: string[];
    /**
     * The only phone number that the suite may dial, and only with allowPstn.
     */
    phone?: string;
    /**
     * Id of a user who cannot be reached: an invitation of this user fails.
     */
    unreachableUser?: string;
  };
  /**
   * Capabilities of the service. Behaviours that need an absent capability are not applicable.
   */
  capabilities?: {
    /**
     * The service can invite phones.
     */
    pstn?: boolean;
    /**
     * An invitation can replace a peer-to-peer call.
     */
    replace?: boolean;
    /**
     * One invitation can name several participants.
     */
    multiple?: boolean;
    /**
     * The service announces an invitation that failed.
     */
    failure?: boolean;
    /**
     * An invitation can move a participant from another meeting (edition 2025-07-23).
     */
    move?: boolean;
  };
  /**
   * Scenarios to run; without it, all.
   */
  scenarios?: string[];
  /**
   * Edition of the documentation page.
   */
  edition?: '2021-02-16' | '2025-07-23';
  /**
   * The target sends roster updates that contain only the changes (deltaParticipants); from the edition of 2025-07-23 on.
   */
  deltaParticipants?: boolean;
  /**
   * Level up to which behaviours count: stated, shown or linked.
   */
  gate?: 'stated' | 'shown' | 'linked';
  /**
   * Accept untested behaviours and contracts: exit code 0 instead of 3.
   */
  allowUntested?: boolean;
  /**
   * Allow the suite to dial invitees.phone.
   */
  allowPstn?: boolean;
  /**
   * Maximum number of times that a run dials invitees.phone.
   */
  maxDials?: number;
  /**
   * Provider name of this service in other bots' pacts; without it, participant-invite.
   */
  pactProvider?: string;
  /**
   * File of accepted failures, each with an owner and an expiry date.
   */
  waivers?: string;
  /**
   * Report to write: console, json, html, junit, markdown, github, sarif, ctrf or badge; to standard output, or to =FILE.
   */
  reports?: string[];
  /**
   * Folder for the history and result.json.
   */
  out?: string;
  /**
   * Longest wait for a response and for an expected notification, ms.
   */
  timeoutMs?: number;
  /**
   * How long to watch for unexpected notifications after the last expected event, ms.
   */
  quietMs?: number;
  /**
   * Maximum number of requests in flight; with --load, the default grows with the rate.
   */
  concurrency?: number;
}
/**
 * This interface was referenced by `ConfigFile`'s JSON-Schema
 * via the `definition` "peerToPeerCall".
 */
export interface PeerToPeerCall {
  callId: string;
  userId: string;
}
