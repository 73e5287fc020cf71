// Generated from result.schema.json by `npm run generate`. Do not edit.

/**
 * How strong the evidence is: the page states it, only its examples show it, or a page that it links to says it.
 */
export type Level = 'stated' | 'shown' | 'linked';
/**
 * What was expected, or what was observed instead.
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
       * Of a string in characters, else members.
       */
      length: number;
    }
  | {
      is: 'allowed';
      allowed: string;
      /**
       * The members that there are instead.
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
       * Between them, where it is known.
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
       * Deliveries to the call's callback that are not JSON.
       */
      unread: number;
      /**
       * Deliveries to paths of no call.
       */
      astray: number;
      /**
       * Deliveries of the whole run.
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
 * Whom an identity stands for in the run.
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
       * Its key.
       */
      invitation: string;
    }
  | {
      of: 'otherKind';
      /**
       * The kind that was invited.
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
       * What it does not show.
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
       * What was missing, as it was told.
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
      why: 'unclear';
      said: string;
    };
/**
 * Something worth knowing that decides nothing about a behaviour.
 */
export type Remark =
  | {
      code: 'notAsked';
      /**
       * The id of the behaviour in the editions that ask for it.
       */
      behavior: string;
      statement: string;
      deviating: number;
      tried: number;
      /**
       * Of a merged result: the name of the result that it comes from.
       */
      of?: string;
    }
  | {
      code: 'recorded';
      text: string;
      /**
       * Of a merged result: the name of the result that it comes from.
       */
      of?: string;
    }
  | {
      code: 'waiverExpired' | 'waiverStale' | 'waiverEnds';
      behavior: string;
      owner: string;
      expires: string;
      /**
       * Of a merged result: the name of the result that it comes from.
       */
      of?: string;
    };

/**
 * The machine-readable result of a run (result.json); every report is rendered from it.
 */
export interface Result {
  /**
   * 2 since version 0.2; results of 0.1 have none.
   */
  formatVersion: 2;
  suite: {
    name: 'invite-conformance';
    version: string;
    /**
     * Changes whenever an id, a level, a statement or a source of the catalogue does.
     */
    catalogDigest: string;
    /**
     * Of the version of the page that the catalogue was derived from.
     */
    pageFingerprint?: string;
  };
  /**
   * The edition of the page whose catalogue was judged by, YYYY-MM-DD.
   */
  edition: string;
  /**
   * The base URL that was judged.
   */
  target: string;
  startedAt: string;
  durationMs: number;
  gate: Level;
  exitCode: 0 | 1 | 3 | 4 | 5 | 130;
  /**
   * What the run was to judge, where that is not all.
   */
  selection?: {
    /**
     * The scenarios that the user asked for; absent: all.
     */
    scenarios?: string[];
    /**
     * The behaviours that the user asked for; absent: all. The scenarios are then those whose attempts they need.
     */
    behaviors?: string[];
    /**
     * There where the run ended at the first counted failure, as the user asked; what had not ended by then was not selected.
     */
    bailed?: true;
    /**
     * The capabilities that the config declares absent.
     */
    absent?: string[];
  };
  /**
   * How many behaviours have each verdict.
   */
  summary: {
    passed: number;
    failed: number;
    waived: number;
    untested: number;
    notApplicable: number;
    /**
     * Left out by --scenario or by a load run.
     */
    notSelected: number;
  };
  /**
   * Why behaviours and contracts failed, those that count and explain the most first.
   */
  causes: Cause[];
  /**
   * Every behaviour of the catalogue once, in its order.
   */
  behaviors: BehaviorResult[];
  /**
   * Every interaction of the contracts that were verified.
   */
  contracts: ContractResult[];
  /**
   * Where the page contradicts itself, and the reading taken.
   */
  contradictions: ContradictionNote[];
  /**
   * What is worth knowing and is no fault.
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
   * Why the run could not go on: the target was gone, was restarted, or took the valid token no more, or this machine ran out of files or ports. What was judged before that is kept; the rest is untested.
   */
  stopped?: {
    cause: 'unreachable' | 'restarted' | 'tokenRefused' | 'exhausted';
    /**
     * The exchange that showed it first.
     */
    exchange?: number;
    /**
     * The invitations that were in flight.
     */
    inFlight: string[];
    /**
     * What the target answered, why it took no connection, or what this machine lacks.
     */
    seen: string;
  };
}
/**
 * One reason for which behaviours fail: failures that show the same fact at the same place.
 */
export interface Cause {
  /**
   * `cause-1`, in the order in which causes are told.
   */
  id: string;
  fact: string;
  /**
   * The behaviours that fail by it; the first is the one that the finding is told of.
   *
   * @minItems 1
   */
  behaviors: string[];
  /**
   * The contract interactions that fail by it.
   */
  contracts: string[];
  /**
   * The behaviours that could not be judged because of it.
   */
  notChecked: string[];
  finding: Finding;
  /**
   * The invitations, or deliveries' calls, in which it shows; at most 30.
   */
  shownIn: string[];
  /**
   * In how many attempts at the first behaviour it shows, and in how many it was looked for.
   */
  attempts: {
    failed: number;
    tried: number;
  };
}
/**
 * What somebody with a red pipeline needs to know, as data: what differs, where, and in which attempt.
 */
export interface Finding {
  /**
   * The id of the fact that does not hold.
   */
  fact: string;
  expected: Value;
  observed: Value;
  /**
   * The most telling place first.
   *
   * @minItems 1
   */
  at: Place[];
  /**
   * The key of another invitation whose value was observed instead: a mix-up.
   */
  belongsTo?: string;
  attempt: AttemptRef;
  /**
   * Of a merged result: the name of the result that it comes from; the numbers of events are those of its history.
   */
  of?: string;
}
/**
 * An identity as a finding names it.
 */
export interface Who {
  kind: string;
  id: string;
  role: Role;
}
/**
 * A moment of the exchange or of a delivery, for findings about order.
 */
export interface Moment {
  event: number;
  what: 'response' | 'completion' | 'operation' | 'roster' | 'terminated' | 'deleted' | 'callEnd';
}
/**
 * Something that came, in short: what a reader wants to know where something else was expected.
 */
export interface Arrival {
  event: number;
  about: 'operation' | 'roster' | 'call' | 'other';
  changeType?: string;
  resourceUrl?: string;
  /**
   * Of an operation its status, of a call its state.
   */
  state?: string;
  /**
   * The key of the call whose callback it came to; none where no call has that path.
   */
  call?: string;
}
/**
 * A place in the history: an event, and the part of it that shows what differs.
 */
export interface Place {
  /**
   * Number of the event.
   */
  event: number;
  part: 'status' | 'header' | 'body' | 'time' | 'method';
  /**
   * With `body` a JSON path, with `header` the header's name.
   */
  path?: string;
}
/**
 * The invitation or delivery that a finding is about.
 */
export interface AttemptRef {
  scenario: string;
  /**
   * The attempt's name within its scenario.
   */
  name: string;
  /**
   * The invitation's key; none where the finding is about a delivery.
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
   * Of what failed: what differs, in the first few attempts.
   */
  findings: Finding[];
  /**
   * Of what is untested: why, each reason once.
   */
  reasons?: {
    reason: Reason;
    attempt: AttemptRef;
    /**
     * Numbers of the events that show it.
     */
    events: number[];
  }[];
  /**
   * From the first request of the attempts at it to the last thing that came of them; attempts are under way together.
   */
  durationMs?: number;
  /**
   * Untested although it was tried: mostly as another behaviour failed that it rests on.
   */
  inconclusive?: true;
  /**
   * Of what is untested, or waived without having failed: the behaviours that failed in this run and that it waits for.
   */
  waitsFor?: string[];
  waiver?: Waiver;
  /**
   * Of what is waived without a waiver of its own: the behaviours whose waivers cover it.
   */
  waivedBy?: string[];
}
/**
 * Where a behaviour comes from: the page with its edition, lines and public address, and linked pages.
 */
export interface Origin {
  /**
   * None where only a linked page says it.
   */
  page?: {
    name: 'participant-invite';
    /**
     * The date of the page's last change, YYYY-MM-DD.
     */
    edition: string;
    /**
     * The section, where the lines are not known; `lines` is empty then.
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
 * How many attempts at a behaviour came to what.
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
   * YYYY-MM-DD; it holds to the end of that day, UTC.
   */
  expires: string;
}
export interface ContractResult {
  interaction: string;
  /**
   * The bot whose contract it is; absent: the suite's own.
   */
  consumer?: string;
  result: 'passed' | 'failed' | 'untested' | 'notApplicable';
  /**
   * Its bot or the broker marks it as pending: no gate counts it.
   */
  pending?: true;
  /**
   * Untested for want of something in the environment.
   */
  environment?: true;
  behaviors: string[];
  /**
   * Of what failed: what differs.
   */
  mismatches: ContractMismatch[];
  reason?: ContractReason;
  /**
   * Whether the gate counts it.
   */
  counted?: boolean;
  /**
   * The waived behaviours that it failed for, where it failed for nothing else: it closes no gate.
   */
  waivedBy?: string[];
  attempt?: AttemptRef;
}
/**
 * One thing that differs from what a contract says.
 */
export interface ContractMismatch {
  part: 'status' | 'header' | 'body' | 'bodyType' | 'metadata' | 'notification' | 'path' | 'other';
  /**
   * Of a body the JSON path, of a header or metadata the name.
   */
  path?: string;
  /**
   * What the suite compared itself, where that is a fact of behaviours.
   */
  fact?: string;
  expected?: Value;
  observed?: Value;
  /**
   * What Pact's Verifier says of it, in its own words.
   */
  message?: string;
  /**
   * Where it is seen; absent: at no event.
   */
  at?: Place[];
  /**
   * Of a status: the request that was answered so.
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
 * What a load run measured. `queued`: from when an invitation was due until it was sent; `response`: from when it was sent until the whole answer was there; `completion`: from when it was sent until the first byte of the notification that ended its operation.
 */
export interface LoadResult {
  /**
   * How many invitations were asked for.
   */
  count: number;
  /**
   * How many were sent and judged.
   */
  sent: number;
  /**
   * How they were answered.
   */
  answers: {
    accepted: number;
    refused: number;
    throttled: number;
    otherAnswer: number;
    noAnswer: number;
  };
  /**
   * Invitations a second.
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
 * How long something took, ms; percentiles are the ends of buckets, 2 % apart.
 */
export interface Latency {
  count: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  /**
   * Up to how many milliseconds, and how many took that long but longer than the bucket before.
   */
  buckets: [number, number][];
}
/**
 * What was judged, where it is traffic that others recorded: the files, how much of them, and what was left out. Times are milliseconds from the first exchange on.
 */
export interface Recording {
  sources: RecordedSource[];
  calls: number;
  invitations: number;
  notifications: number;
  /**
   * Where notifications were delivered: origin and path, a few of them.
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
   * A library wrote the notifications anew: their casing, types and order of members are not the target's.
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
   * How many exchanges the file holds.
   */
  entries: number;
  invitations: number;
  notifications: number;
  /**
   * When its first exchange began; absent where the file gives no times.
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
