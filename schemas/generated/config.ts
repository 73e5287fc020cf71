// Generated from config.schema.json by `npm run generate`. Do not edit.

/**
 * Where PEM text comes from: an environment variable that holds it, or a file.
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
 * Where a token comes from: itself, an environment variable, a file, or what a command prints.
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
 * Configuration of invite-conformance. Flags beat the environment, which beats the config file, which beats the default.
 */
export interface ConfigFile {
  /**
   * The JSON Schema of this file, for editors.
   */
  $schema?: string;
  /**
   * Base URL of the target; /communications/calls is added to it.
   */
  target?: string;
  /**
   * Tokens: strings, or {env: NAME}, {file: PATH}, {command: [argv…]}. Behaviours that need a missing token are reported as untested.
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
     * A token that stands for a user.
     */
    delegated?: TokenSource;
  };
  /**
   * For an https target that requires a client certificate, or whose certificate Node does not trust by itself. PEM text, as {file: PATH} or {env: NAME}.
   */
  tls?: {
    /**
     * The client's certificate, with its chain.
     */
    cert?: PemSource;
    /**
     * The certificate's private key, not encrypted.
     */
    key?: PemSource;
    /**
     * Authorities to trust beside those that Node trusts.
     */
    ca?: PemSource;
    /**
     * Host name that the target's certificate is for, where it is not the URL's.
     */
    serverName?: string;
  };
  /**
   * How the calls and users come about that the documentation takes for granted: one of the three.
   */
  provisioning?: {
    /**
     * URL of the target's provider-states endpoint.
     */
    states?: string;
    /**
     * Create calls by the documented request; members given here are added to its bodies.
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
     * Ids of calls that were prepared by hand.
     */
    static?: {
      groupCall?: string;
      groupCallWithoutChatInfo?: string;
      groupCallWithoutPstnNumber?: string;
      /**
       * One, or several: each is used once.
       */
      peerToPeerCall?: PeerToPeerCall | PeerToPeerCall[];
    };
  };
  /**
   * How the target is started for a run, and ended after it. Without it, it is running already.
   */
  start?: {
    /**
     * Command line that starts the target, as a shell reads it; it runs until it is ended.
     */
    command?: string;
    /**
     * URL that answers 2xx or 3xx once the target is ready; absent: any answer at target will do.
     */
    url?: string;
    /**
     * Folder in which the command runs; absent: the current one.
     */
    cwd?: string;
    /**
     * Environment variables that the command gets beside this process's own, of which those that begin with INVITE_ are left out.
     */
    env?: {
      [k: string]: string;
    };
    /**
     * Longest wait for the target to be ready, ms.
     */
    timeoutMs?: number;
  };
  /**
   * Where notifications are received.
   */
  callback?: {
    /**
     * Address on which notifications are received.
     */
    host?: string;
    /**
     * Port on which notifications are received; 0: any that is free.
     */
    port?: number;
    /**
     * URL by which the target reaches that port, where it differs.
     */
    url?: string;
    /**
     * Leave out the check that this machine reaches callback.url, as only the target can.
     */
    unchecked?: boolean;
  };
  /**
   * Who may be invited.
   */
  invitees?: {
    /**
     * Ids of at least eight users who may be invited; needed where provisioning.states does not name them.
     */
    users?: string[];
    /**
     * The only phone number that is ever dialled, and only with allowPstn.
     */
    phone?: string;
    /**
     * Id of a user whom no invitation reaches.
     */
    unreachableUser?: string;
  };
  /**
   * What the service supports. Behaviours that need an absent capability are not applicable.
   */
  capabilities?: {
    /**
     * Inviting phones.
     */
    pstn?: boolean;
    /**
     * Replacing a peer-to-peer call.
     */
    replace?: boolean;
    /**
     * Several participants in one invitation.
     */
    multiple?: boolean;
    /**
     * Announcing an invitation that failed.
     */
    failure?: boolean;
    /**
     * Moving a participant between meetings (2025-07-23).
     */
    move?: boolean;
  };
  /**
   * Scenarios to run; absent: all.
   */
  scenarios?: string[];
  /**
   * Edition of the documentation's page to judge by.
   */
  edition?: '2021-02-16' | '2025-07-23';
  /**
   * The target's bots opted in to rosters that tell changes alone (deltaParticipants); judged from the edition of 2025-07-23 on.
   */
  deltaParticipants?: boolean;
  /**
   * Behaviours up to this level count: stated, shown or linked.
   */
  gate?: 'stated' | 'shown' | 'linked';
  /**
   * Let counted behaviours that could not be tried pass the gate.
   */
  allowUntested?: boolean;
  /**
   * Dial the phone that invitees.phone names.
   */
  allowPstn?: boolean;
  /**
   * How often a run dials invitees.phone, at most.
   */
  maxDials?: number;
  /**
   * Name by which this service is the provider of other bots' pacts; absent: participant-invite.
   */
  pactProvider?: string;
  /**
   * File of accepted failures, each with an owner and an expiry date.
   */
  waivers?: string;
  /**
   * Reports: console, json, html, junit, markdown, github, sarif, ctrf or badge, to standard output or =FILE.
   */
  reports?: string[];
  /**
   * Folder for the history and result.json.
   */
  out?: string;
  /**
   * Longest wait for an answer and for one expected notification, ms.
   */
  timeoutMs?: number;
  /**
   * How long to watch for unexpected notifications after the last expected event, ms.
   */
  quietMs?: number;
  /**
   * Most requests in flight at once; with --load the default grows with the rate.
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
