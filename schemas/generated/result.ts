// Generated from result.schema.json by `npm run generate`. Do not edit.

/**
 * Where a behaviour comes from: the page's text or tables (stated), only its examples (shown), or a linked page (linked).
 */
export type Level = 'stated' | 'shown' | 'linked';
/**
 * An expected or an observed value.
 */
export type Value =
  | {
      is: 'absent';
    }
  | {
      is: 'json';
      value: unknown;
    }
  | {
      is: 'cut';
      type: 'string' | 'array' | 'object';
      beginning: string;
      /**
       * For a string in characters, else in members or items.
       */
      length: number;
    }
  | {
      is: 'allowed';
      allowed: string;
      /**
       * The members that are present instead.
       */
      present?: string[];
    }
  | {
      is: 'unreadable';
      reason: string;
      beginning: string;
    }
  | {
      is: 'status';
      status: number | ('2xx' | '4xx');
    }
  | {
      is: 'answer';
      status: number;
      code?: string;
      message?: string;
      location?: string;
    }
  | {
      is: 'noAnswer';
      reason: string;
    }
  | {
      is: 'resource';
      path: string;
    }
  | {
      is: 'identities';
      identities: Who[];
    }
  | {
      is: 'order';
      first: Moment;
      then: Moment;
      /**
       * The time between them, if known.
       */
      ms?: number;
    }
  | {
      is: 'count';
      count: number;
    }
  | {
      is: 'arrivals';
      arrivals: Arrival[];
      /**
       * The number of deliveries to the call's callback that could not be read as notifications.
       */
      unread: number;
      /**
       * The number of deliveries to paths of no call.
       */
      astray: number;
      /**
       * The number of deliveries in the whole run.
       */
      inRun: number;
    }
  | {
      is: 'delay';
      ms: number;
      limitMs: number;
    }
  | {
      is: 'outcome';
      outcome: 'refused' | 'refusedOrFailed' | 'accepted' | 'completed' | 'failed' | 'running' | 'both';
    };
/**
 * The role of an identity in the run.
 */
export type Role =
  | {
      of: 'invitee';
      number: number;
      count: number;
    }
  | {
      of: 'ignored';
    }
  | {
      of: 'another';
      /**
       * The invitation's key.
       */
      invitation: string;
    }
  | {
      of: 'otherKind';
      /**
       * The invited kind.
       */
      invited: string;
    }
  | {
      of: 'unknown';
    };
export type Verdict = 'passed' | 'failed' | 'waived' | 'untested' | 'notApplicable' | 'notSelected';
/**
 * Why a behaviour is untested.
 */
export type Reason =
  | {
      why: 'notShown';
      /**
       * The missing evidence.
       */
      lacks: string;
    }
  | {
      why: 'notRecorded';
      what:
        | 'notifications'
        | 'response'
        | 'responseBody'
        | 'headers'
        | 'times'
        | 'clocks'
        | 'order'
        | 'window'
        | 'gap'
        | 'unmatched'
        | 'callback'
        | 'twice'
        | 'acknowledgement'
        | 'circumstances'
        | 'membership'
        | 'reserialized';
    }
  | {
      why: 'notProvided';
      cause: 'environment' | 'unsupported' | 'notAllowed' | 'prerequisite';
      /**
       * What was missing, in words.
       */
      missing: string;
      advice: string;
    }
  | {
      why: 'stopped';
    }
  | {
      why: 'interrupted';
    }
  | {
      why: 'nothingSent';
    }
  | {
      why: 'notMerged';
    }
  | {
      why: 'internal';
      error: string;
    };
/**
 * Why an interaction was not verified.
 */
export type ContractReason =
  | {
      why: 'interrupted';
    }
  | {
      why: 'stopped';
    }
  | {
      why: 'unverifiable';
      problem: string;
    }
  | {
      why: 'unknownKind';
    }
  | {
      why: 'environment';
      layer: string;
      missing: string;
      advice: string;
    }
  | {
      why: 'capabilityAbsent';
      missing: string;
    }
  | {
      why: 'notProvided';
      missing: string;
      advice: string;
    }
  | {
      why: 'throttled';
      status: number;
    }
  | {
      why: 'unclear';
      said: string;
    };
/**
 * A remark, which changes no verdict.
 */
export type Remark =
  | {
      code: 'notAsked';
      /**
       * The id of the behaviour in the editions that require it.
       */
      behavior: string;
      statement: string;
      deviating: number;
      tried: number;
      /**
       * In a merged result: the name of the result that it comes from.
       */
      of?: string;
    }
  | {
      code: 'recorded';
      text: string;
      /**
       * In a merged result: the name of the result that it comes from.
       */
      of?: string;
    }
  | {
      code: 'waiverExpired' | 'waiverStale' | 'waiverEnds';
      behavior: string;
      owner: string;
      expires: string;
      /**
       * In a merged result: the name of the result that it comes from.
       */
      of?: string;
    };

/**
 * The machine-readable result of a run (result.json); every report is rendered from it.
 */
export interface Result {
  /**
   * 2 since version 0.2; absent in results of 0.1.
   */
  formatVersion: 2;
  suite: {
    name: 'invite-conformance';
    version: string;
    /**
     * Changes with any id, level, statement or source of the catalogue.
     */
    catalogDigest: string;
    /**
     * The fingerprint of the page version behind the catalogue.
     */
    pageFingerprint?: string;
  };
  /**
   * The edition whose catalogue was used, YYYY-MM-DD.
   */
  edition: string;
  /**
   * The base URL of the target.
   */
  target: string;
  startedAt: string;
  durationMs: number;
  gate: Level;
  exitCode: 0 | 1 | 3 | 4 | 5 | 130;
  /**
   * What the run was asked to judge, if not everything.
   */
  selection?: {
    /**
     * The selected scenarios; absent: all.
     */
    scenarios?: string[];
    /**
     * The selected behaviours; absent: all. `scenarios` are then those that they need.
     */
    behaviors?: string[];
    /**
     * Present if the run ended at the first counted failure, as requested; unfinished attempts count as not selected.
     */
    bailed?: true;
    /**
     * The capabilities declared absent in the config.
     */
    absent?: string[];
  };
  /**
   * The number of behaviours per verdict.
   */
  summary: {
    passed: number;
    failed: number;
    waived: number;
    untested: number;
    notApplicable: number;
    /**
     * Excluded by --scenario or by a load run.
     */
    notSelected: number;
  };
  /**
   * The causes of failed behaviours and contracts, in order of importance.
   */
  causes: Cause[];
  /**
   * Every behaviour of the catalogue, in its order.
   */
  behaviors: BehaviorResult[];
  /**
   * Every interaction of the verified contracts.
   */
  contracts: ContractResult[];
  /**
   * Contradictions of the page, with the suite's readings.
   */
  contradictions: ContradictionNote[];
  /**
   * Remarks, which change no verdict.
   */
  remarks: Remark[];
  /**
   * Waivers that have expired, or whose behaviour passes: each counts as a failure.
   */
  deadWaivers?: {
    behavior: string;
    why: 'expired' | 'stale';
  }[];
  load?: LoadResult;
  recording?: Recording;
  /**
   * Why the run could not continue: the target was unreachable, was restarted, or refused the valid token, or this machine ran out of files or ports. Earlier verdicts are kept; all other behaviours are untested.
   */
  stopped?: {
    cause: 'unreachable' | 'restarted' | 'tokenRefused' | 'exhausted';
    /**
     * The first exchange that showed it.
     */
    exchange?: number;
    /**
     * The invitations in flight.
     */
    inFlight: string[];
    /**
     * The target's response, why it accepted no connection, or what this machine lacks.
     */
    seen: string;
  };
}
/**
 * Failures that show the same defect.
 */
export interface Cause {
  /**
   * `cause-1` and so on, in reporting order.
   */
  id: string;
  fact: string;
  /**
   * The behaviours that failed because of it; the finding is that of the first.
   *
   * @minItems 1
   */
  behaviors: string[];
  /**
   * The contract interactions that failed because of it.
   */
  contracts: string[];
  /**
   * The behaviours that could not be checked because of it.
   */
  notChecked: string[];
  finding: Finding;
  /**
   * The affected invitations, or calls of deliveries; at most 30.
   */
  shownIn: string[];
  /**
   * The numbers of failed and of all attempts at the first behaviour.
   */
  attempts: {
    failed: number;
    tried: number;
  };
}
/**
 * A fact that does not hold: what differs, where, and in which attempt.
 */
export interface Finding {
  /**
   * The id of the fact that does not hold.
   */
  fact: string;
  expected: Value;
  observed: Value;
  /**
   * Most important first.
   *
   * @minItems 1
   */
  at: Place[];
  /**
   * The key of another invitation or call whose value was observed instead.
   */
  belongsTo?: string;
  /**
   * What an earlier request with other credentials shared with this one, which was treated alike; without it, the service decides rightly.
   */
  decidedBy?: 'connection' | 'call';
  attempt: AttemptRef;
  /**
   * In a merged result: the name of the result that it comes from; event numbers are those of its history.
   */
  of?: string;
}
/**
 * An identity with its role.
 */
export interface Who {
  kind: string;
  id: string;
  role: Role;
}
/**
 * A moment of an exchange or a delivery, for findings about order.
 */
export interface Moment {
  event: number;
  what: 'response' | 'completion' | 'operation' | 'roster' | 'terminated' | 'deleted' | 'callEnd';
}
/**
 * A summary of a notification that arrived, for a finding about a missing one.
 */
export interface Arrival {
  event: number;
  about: 'operation' | 'roster' | 'call' | 'other';
  changeType?: string;
  resourceUrl?: string;
  /**
   * The status of an operation, or the state of a call.
   */
  state?: string;
  /**
   * The key of the call whose callback received it; absent if no call has that path.
   */
  call?: string;
}
/**
 * A place in the history: an event, and the part of it that differs.
 */
export interface Place {
  /**
   * Number of the event.
   */
  event: number;
  part: 'status' | 'header' | 'body' | 'time' | 'method';
  /**
   * For `body` a JSON path, for `header` the header's name.
   */
  path?: string;
}
/**
 * The invitation or delivery of a finding.
 */
export interface AttemptRef {
  scenario: string;
  /**
   * The attempt's name in its scenario.
   */
  name: string;
  /**
   * The invitation's key; absent for a finding about a delivery.
   */
  invitation?: string;
  /**
   * The key of the call.
   */
  call?: string;
}
/**
 * One behaviour in a result.
 */
export interface BehaviorResult {
  id: string;
  level: Level;
  verdict: Verdict;
  /**
   * Whether the gate counts it.
   */
  counted: boolean;
  statement: string;
  source: Origin;
  scenarios: string[];
  attempts: Counts;
  /**
   * If failed: the findings of the first few attempts.
   */
  findings: Finding[];
  /**
   * If untested: the reasons, each once.
   */
  reasons?: {
    reason: Reason;
    attempt: AttemptRef;
    /**
     * Numbers of the events with the evidence.
     */
    events: number[];
  }[];
  /**
   * From the first request of its attempts to their last response or delivery; attempts run concurrently.
   */
  durationMs?: number;
  /**
   * Untested although it was tried, usually because another behaviour failed.
   */
  inconclusive?: true;
  /**
   * If untested, or waived without having failed: the failed behaviours that it waits for.
   */
  waitsFor?: string[];
  waiver?: Waiver;
  /**
   * If waived without its own waiver: the behaviours whose waivers cover it.
   */
  waivedBy?: string[];
}
/**
 * The source of a behaviour: the page with its edition, lines and address, and linked pages.
 */
export interface Origin {
  /**
   * Absent if only a linked page says it.
   */
  page?: {
    name: 'participant-invite';
    /**
     * The date of the page's last change, YYYY-MM-DD.
     */
    edition: string;
    /**
     * The section, if the lines are unknown; `lines` is then empty.
     */
    section?: string;
    lines: number[];
    url: string;
  };
  linked?: {
    name: string;
    url: string;
  };
}
/**
 * The number of attempts at a behaviour by outcome.
 */
export interface Counts {
  passed: number;
  failed: number;
  untested: number;
}
export interface Waiver {
  behavior: string;
  reason: string;
  owner: string;
  issue?: string;
  /**
   * YYYY-MM-DD; the waiver is valid until the end of that day, UTC.
   */
  expires: string;
}
export interface ContractResult {
  interaction: string;
  /**
   * The bot with the contract; absent: the suite's own.
   */
  consumer?: string;
  result: 'passed' | 'failed' | 'untested' | 'notApplicable';
  /**
   * The bot or the broker marks it as pending: no gate counts it.
   */
  pending?: true;
  /**
   * Untested because of the environment.
   */
  environment?: true;
  behaviors: string[];
  /**
   * If failed: the differences.
   */
  mismatches: ContractMismatch[];
  reason?: ContractReason;
  /**
   * Whether the gate counts it.
   */
  counted?: boolean;
  /**
   * The waived behaviours because of which it failed, if there is no other reason: the gate does not count it.
   */
  waivedBy?: string[];
  attempt?: AttemptRef;
}
/**
 * A difference from a contract.
 */
export interface ContractMismatch {
  part: 'status' | 'header' | 'body' | 'bodyType' | 'metadata' | 'notification' | 'path' | 'other';
  /**
   * For a body the JSON path, for a header or metadata the name.
   */
  path?: string;
  /**
   * The fact, if the suite compared it itself.
   */
  fact?: string;
  expected?: Value;
  observed?: Value;
  /**
   * The message of Pact's Verifier.
   */
  message?: string;
  /**
   * The place; absent if it is in no event.
   */
  at?: Place[];
  /**
   * For a status: the request.
   */
  request?: {
    method: string;
    url: string;
  };
}
export interface ContradictionNote {
  id: string;
  contradiction: string;
  reading: string;
  behaviors: string[];
}
/**
 * Measurements of a load run. `queued`: from an invitation's due time to its sending; `response`: from its sending to the end of the response; `completion`: from its sending to the first byte of the notification that ended its operation.
 */
export interface LoadResult {
  /**
   * The requested number of invitations.
   */
  count: number;
  /**
   * The number of invitations sent and judged.
   */
  sent: number;
  /**
   * The numbers of invitations by result.
   */
  answers: {
    accepted: number;
    refused: number;
    throttled: number;
    otherAnswer: number;
    noAnswer: number;
  };
  /**
   * Invitations per second.
   */
  rate: {
    offered: number;
    achieved: number;
  };
  queued?: Latency;
  response?: Latency;
  completion?: Latency;
}
/**
 * Durations in ms; percentiles are the ends of buckets, 2 % apart.
 */
export interface Latency {
  count: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  /**
   * Upper bound in ms, and the number of durations up to it that exceed the previous bound.
   */
  buckets: [number, number][];
}
/**
 * The recorded traffic that was judged: the files, how much of them was judged, and what was left out. Times are milliseconds since the first exchange.
 */
export interface Recording {
  sources: RecordedSource[];
  calls: number;
  invitations: number;
  notifications: number;
  /**
   * Some of the URLs to which notifications were delivered: origin and path.
   */
  callbacks: string[];
  leftOut: {
    /**
     * `noBody`: the recording has no body of the invitation; `otherForm`: this edition does not describe its form; `otherTarget`: it went to another base URL; `twice`: the recording has it twice; `unknownCall`: a notification names a call or operation that the recording does not show; `unreadable`: a request to a callback is not a readable notification; `notAnEntry`: an entry does not have its format.
     */
    why: 'noBody' | 'otherForm' | 'otherTarget' | 'twice' | 'unknownCall' | 'unreadable' | 'notAnEntry';
    count: number;
  }[];
  /**
   * A library serialized the notifications again: their casing, types and order of members are not the target's.
   */
  reserialized?: true;
}
export interface RecordedSource {
  /**
   * The file's name.
   */
  name: string;
  kind: 'har' | 'ngrok' | 'wiremock';
  /**
   * The number of exchanges in the file.
   */
  entries: number;
  invitations: number;
  notifications: number;
  /**
   * When its first exchange began; absent if the file has no times.
   */
  from?: number;
  /**
   * When its last exchange ended.
   */
  until?: number;
  /**
   * The file ends in the middle of an entry.
   */
  cutOff?: true;
}
