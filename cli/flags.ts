import { LEVELS } from '../behaviors/behavior';
import { EDITIONS } from '../behaviors/edition';
import type { CommandFlags, FlagsOf } from '../config/flags';

/** The flags of the commands without a target; those of the others are options, in config/flags.ts. */

/** `page read`, `page check` */
export const PAGE_FLAGS = { own: { json: { description: 'Print JSON.' } } } as const satisfies CommandFlags;

/** `drift` */
export const DRIFT_FLAGS = {
  options: ['edition'],
  own: {
    format: {
      takes: '<format>',
      values: ['text', 'json', 'markdown'],
      description: 'Text, json or markdown.',
      defaultText: 'text',
    },
    json: { description: 'The same as --format json.' },
    fingerprints: { takes: '<file>', description: "Fingerprints to compare with, instead of the suite's own." },
    update: { description: 'Write new fingerprints.' },
  },
} as const satisfies CommandFlags;

/** `init` */
export const INIT_FLAGS = {
  own: {
    target: { takes: '<url>', description: 'Base URL of the target.' },
    states: {
      takes: '<url>',
      description:
        "URL of the target's provider-states endpoint; without it, the suite creates calls by the documented request.",
    },
    tokenVariable: { takes: '<name>', description: 'Environment variable that will hold the valid token.' },
    phone: {
      takes: '<number>',
      description: 'Phone number of your own that may be dialled; without it, pstn is declared absent.',
    },
    without: {
      takes: '<capability...>',
      many: true,
      description: 'Capability that the target does not have: pstn, replace, multiple, failure or move.',
    },
    force: { description: 'Overwrite an existing config file.' },
  },
} as const satisfies CommandFlags;

/** `mock` */
export const MOCK_FLAGS = {
  options: ['edition'],
  own: {
    list: { description: 'List the faults and variants; start no server.' },
    area: { takes: '<area>', many: true, description: 'With --list: only this area, such as completion.' },
    json: { description: 'With --list: print JSON.' },
    port: {
      takes: '<port>',
      whole: [0, 65_535],
      default: 0,
      defaultText: 'any free port',
      description: 'Port to listen on.',
    },
    host: {
      takes: '<address>',
      default: '127.0.0.1',
      description: 'Address to listen on; 0.0.0.0 for every address of this machine.',
    },
    fault: { takes: '<id>', many: true, description: 'Inject this fault.' },
    variant: { takes: '<id>', many: true, description: 'Use this conforming variant.' },
    latencyMs: {
      takes: '<ms>',
      whole: [0, 600_000],
      default: 0,
      description: 'Delay each notification by this time, ms.',
    },
    allowRemoteCallbacks: { description: 'Allow callback URLs on other machines.' },
    token: {
      takes: '<name=value>',
      many: true,
      env: 'INVITE_MOCK_TOKEN, INVITE_MOCK_TOKEN_WITHOUT_PERMISSION, INVITE_MOCK_TOKEN_DELEGATED',
      description:
        'Use this made-up token instead of a generated one; the name is valid, withoutPermission or delegated. Never pass a real token: other users of the machine can read command lines.',
    },
    tls: { description: 'Serve https with a generated certificate; "ca" in the output is the path of its CA.' },
    tlsName: {
      takes: '<host>',
      many: true,
      description: 'With --tls: another host name or IP address that clients use.',
    },
    caFile: {
      takes: '<file>',
      description: 'With --tls: file to write the CA to.',
      defaultText: 'a temporary file, deleted on exit',
    },
    cert: { takes: '<file>', description: 'Serve https with this certificate (PEM).' },
    key: { takes: '<file>', description: 'Private key of --cert (PEM).' },
    log: { description: 'Write one line to standard error for each request and each notification.' },
  },
} as const satisfies CommandFlags;

/** `openapi` */
export const OPENAPI_FLAGS = {
  options: ['edition'],
  own: {
    yaml: { description: 'Print YAML.' },
    target: { takes: '<url>', description: 'Base URL to write as the server.' },
    states: { takes: '<url>', description: "URL to write for the target's provider-states endpoint." },
    callbackUrl: { takes: '<url>', description: 'URL to write for the notifications.' },
  },
} as const satisfies CommandFlags;

/** `load-script`; the lowest rate is one call a second. */
export const LOAD_SCRIPT_FLAGS = {
  own: {
    load: { takes: '<n>', whole: [1, 100_000_000], default: 10_000, description: 'Number of invitations.' },
    rate: { takes: '<n>', whole: [8, 1_000_000], default: 200, description: 'Invitations per second.' },
    out: { takes: '<dir>', default: 'load-script', description: 'Folder to write the script to.' },
  },
} as const satisfies CommandFlags;

/** `compare` */
export const COMPARE_FLAGS = {
  own: {
    otherCatalog: {
      description: 'Compare even if the results are of different editions or versions of the behaviours.',
    },
  },
} as const satisfies CommandFlags;

/** `merge` */
export const MERGE_FLAGS = {
  options: ['allowUntested', 'reports'],
  own: {
    out: { takes: '<file>', description: 'File to write the merged result to.' },
    otherEdition: { description: 'Merge even if the results are of different editions.' },
  },
} as const satisfies CommandFlags;

/** `waivers add` */
export const WAIVERS_ADD_FLAGS = {
  own: {
    from: { takes: '<run-dir>', required: true, description: 'Folder of a run, or its result.json.' },
    file: { takes: '<file>', default: 'waivers.yaml', description: 'Waivers file to add to.' },
    owner: { takes: '<name>', description: 'Person or team that accepts the failures.', defaultText: 'unassigned' },
    expires: {
      takes: '<date>',
      description: 'Last day on which the failures are accepted, YYYY-MM-DD.',
      defaultText: 'in 30 days',
    },
    reason: {
      takes: '<text>',
      description: 'Reason to write into the waivers.',
      defaultText: 'the observed difference',
    },
  },
} as const satisfies CommandFlags;

/** `judge` */
export const JUDGE_FLAGS = {
  options: ['gate', 'allowUntested', 'waivers', 'reports'],
  own: {
    edition: {
      takes: '<date>',
      values: EDITIONS,
      description: 'Edition to judge by.',
      defaultText: "the recording's own",
    },
    har: { takes: '<file>', many: true, description: 'Judge recorded traffic in a HAR 1.2 file.' },
    ngrok: {
      takes: '<file>',
      many: true,
      description: 'Judge traffic recorded by ngrok: the JSON of its inspection API.',
    },
    wiremock: {
      takes: '<file>',
      many: true,
      description: 'Judge traffic recorded by WireMock: its request journal as JSON.',
    },
    target: {
      takes: '<url>',
      description: 'With recorded traffic: base URL of the service to judge.',
      defaultText: 'the one with the most invitations',
    },
    timeoutMs: {
      takes: '<ms>',
      whole: [1, 3_600_000],
      description: 'With recorded traffic: a notification that has not arrived after this time is missing, ms.',
      defaultText: '120000',
    },
    out: {
      takes: '<dir>',
      description: 'With recorded traffic: folder to write the history (without tokens) and result.json to.',
    },
  },
} as const satisfies CommandFlags;

/** `list` */
export const LIST_FLAGS = {
  options: ['edition'],
  own: {
    level: {
      takes: '<level>',
      values: LEVELS,
      description: 'Only behaviours up to this level: stated, shown or linked.',
    },
    area: { takes: '<area>', many: true, description: 'Only this area: the first word of the ids.' },
    json: { description: 'Print JSON.' },
  },
} as const satisfies CommandFlags;

/** `explain` */
export const EXPLAIN_FLAGS = {
  options: ['edition'],
  own: { json: { description: 'Print JSON.' } },
} as const satisfies CommandFlags;

/** A command without flags. */
export const NO_FLAGS = {} as const satisfies CommandFlags;

export type PageFlags = FlagsOf<typeof PAGE_FLAGS>;
export type DriftFlags = FlagsOf<typeof DRIFT_FLAGS>;
export type InitFlags = FlagsOf<typeof INIT_FLAGS>;
export type MockFlags = FlagsOf<typeof MOCK_FLAGS>;
export type OpenApiFlags = FlagsOf<typeof OPENAPI_FLAGS>;
export type LoadScriptFlags = FlagsOf<typeof LOAD_SCRIPT_FLAGS>;
export type CompareFlags = FlagsOf<typeof COMPARE_FLAGS>;
export type MergeFlags = FlagsOf<typeof MERGE_FLAGS>;
export type WaiversAddFlags = FlagsOf<typeof WAIVERS_ADD_FLAGS>;
export type JudgeFlags = FlagsOf<typeof JUDGE_FLAGS>;
export type ExplainFlags = FlagsOf<typeof EXPLAIN_FLAGS>;
export type ListFlags = FlagsOf<typeof LIST_FLAGS>;
