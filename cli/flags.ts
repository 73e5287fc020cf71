import { LEVELS } from '../behaviors/behavior';
import { EDITIONS } from '../behaviors/edition';
import type { CommandFlags, FlagsOf } from '../config/flags';

/** The flags of the commands that have no target: those with one take options, and stand in config/flags.ts. */

/** `page read`, `page check` */
export const PAGE_FLAGS = { own: { json: { description: 'As JSON.' } } } as const satisfies CommandFlags;

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
    fingerprints: { takes: '<file>', description: "Fingerprints to compare with, in place of the catalogue's own." },
    update: { description: 'Write the fingerprints anew.' },
  },
} as const satisfies CommandFlags;

/** `init` */
export const INIT_FLAGS = {
  own: {
    target: { takes: '<url>', description: 'Base URL of the target.' },
    states: {
      takes: '<url>',
      description: "The target's provider-states endpoint; absent: calls are created by the documented request.",
    },
    tokenVariable: { takes: '<name>', description: 'Environment variable that will hold the valid token.' },
    phone: {
      takes: '<number>',
      description: 'A phone of your own that may be dialled; absent: the target dials no phones.',
    },
    without: {
      takes: '<capability...>',
      many: true,
      description: 'What the target does not do: replace, multiple, failure.',
    },
    force: { description: 'Write over a config that is there.' },
  },
} as const satisfies CommandFlags;

/** `mock` */
export const MOCK_FLAGS = {
  options: ['edition'],
  own: {
    list: { description: 'List the faults and variants, and serve nothing.' },
    area: { takes: '<area>', many: true, description: 'With --list: those of this area, such as completion.' },
    json: { description: 'With --list: as JSON.' },
    port: { takes: '<port>', whole: [0, 65_535], default: 0, defaultText: 'any that is free', description: 'Port.' },
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
      description: 'Send each notification so much later.',
    },
    allowRemoteCallbacks: { description: 'Send notifications to other machines too.' },
    token: {
      takes: '<name=value>',
      many: true,
      env: 'INVITE_MOCK_TOKEN, INVITE_MOCK_TOKEN_WITHOUT_PERMISSION, INVITE_MOCK_TOKEN_DELEGATED',
      description:
        'Take this made-up token in place of a minted one: valid, withoutPermission or delegated. Never a real token: what is on a command line can be read by others.',
    },
    tls: { description: 'Serve https, with a certificate that is made now; the path of its CA is printed as "ca".' },
    tlsName: {
      takes: '<host>',
      many: true,
      description: 'With --tls: a further name or IP address that clients use.',
    },
    caFile: {
      takes: '<file>',
      description: 'With --tls: write the CA there.',
      defaultText: 'a temporary file, removed at the end',
    },
    cert: { takes: '<file>', description: 'Serve https with this certificate, PEM.' },
    key: { takes: '<file>', description: 'Its private key, PEM.' },
    log: { description: 'Write one line to standard error for each request and each notification.' },
  },
} as const satisfies CommandFlags;

/** `openapi` */
export const OPENAPI_FLAGS = {
  options: ['edition'],
  own: {
    yaml: { description: 'As YAML.' },
    target: { takes: '<url>', description: 'Base URL that it names as the server.' },
    states: { takes: '<url>', description: "URL that it names for the target's provider-states endpoint." },
    callbackUrl: { takes: '<url>', description: 'URL that it names for the notifications.' },
  },
} as const satisfies CommandFlags;

/** `load-script`; the lowest rate is one call a second. */
export const LOAD_SCRIPT_FLAGS = {
  own: {
    load: { takes: '<n>', whole: [1, 100_000_000], default: 10_000, description: 'How many invitations.' },
    rate: { takes: '<n>', whole: [8, 1_000_000], default: 200, description: 'How many a second.' },
    out: { takes: '<dir>', default: 'load-script', description: 'Folder for the script.' },
  },
} as const satisfies CommandFlags;

/** `compare` */
export const COMPARE_FLAGS = {
  own: { otherCatalog: { description: 'Also where the two were judged by different catalogues or editions.' } },
} as const satisfies CommandFlags;

/** `merge` */
export const MERGE_FLAGS = {
  options: ['allowUntested', 'reports'],
  own: {
    out: { takes: '<file>', description: 'File for the merged result.' },
    otherEdition: { description: 'Also results of different editions.' },
  },
} as const satisfies CommandFlags;

/** `waivers add` */
export const WAIVERS_ADD_FLAGS = {
  own: {
    from: { takes: '<run-dir>', required: true, description: 'Folder of a run, or its result.json.' },
    file: { takes: '<file>', default: 'waivers.yaml', description: 'Waivers file to add to.' },
    owner: { takes: '<name>', description: 'Who accepts the failures.', defaultText: 'unassigned' },
    expires: {
      takes: '<date>',
      description: 'Last day on which they are accepted, YYYY-MM-DD.',
      defaultText: 'in 30 days',
    },
    reason: { takes: '<text>', description: 'Why.', defaultText: 'the difference that was seen' },
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
      defaultText: 'the one that the run was recorded for',
    },
    har: { takes: '<file>', many: true, description: 'Judge recorded traffic: HAR 1.2.' },
    ngrok: {
      takes: '<file>',
      many: true,
      description: 'Judge the requests that a tunnel kept: the JSON of its inspection API.',
    },
    wiremock: { takes: '<file>', many: true, description: 'Judge the request journal of a listener.' },
    target: {
      takes: '<url>',
      description: 'Of recorded traffic: the base URL to judge.',
      defaultText: 'that with most invitations',
    },
    timeoutMs: {
      takes: '<ms>',
      whole: [1, 3_600_000],
      description: 'Of recorded traffic: after so long, what has not arrived is missing.',
      defaultText: '120000',
    },
    out: {
      takes: '<dir>',
      description: 'Of recorded traffic: folder that keeps the history, without tokens, and result.json.',
    },
  },
} as const satisfies CommandFlags;

/** `list` */
export const LIST_FLAGS = {
  options: ['edition'],
  own: {
    level: { takes: '<level>', values: LEVELS, description: 'Up to this level: stated, shown or linked.' },
    area: { takes: '<area>', many: true, description: 'Of this area, which is the first word of the ids.' },
    json: { description: 'As JSON.' },
  },
} as const satisfies CommandFlags;

/** `explain` */
export const EXPLAIN_FLAGS = {
  options: ['edition'],
  own: { json: { description: 'As JSON.' } },
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
