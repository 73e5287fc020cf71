import type { BehaviorId } from '../behaviors/catalog';
import type { Edition } from '../behaviors/edition';
import type { History } from '../history/events';
import type { ConfigFile, PemSource } from '../schemas/options';
import type { Waiver } from '../verdicts/waivers';
import type { App } from './app';

/** The progress of a run. */
export type Progress =
  /** A phase begins. */
  | { kind: 'phase'; phase: string }
  /** An attempt has ended: the number of ended attempts, and of all. */
  | { kind: 'attempt'; done: number; of: number; name: string }
  /** A message for the user, in one or more lines. */
  | { kind: 'note'; text: string };

/** The members of the config that have another meaning here, or none. */
type OmittedOption = '$schema' | 'target' | 'tls' | 'waivers' | 'reports' | 'out';

/**
 * The options of a run: those of the config, with the same names and defaults. No environment variable or config file
 * is read unless the options name it.
 */
export interface Options extends Omit<ConfigFile, OmittedOption> {
  /**
   * The base URL, to which /communications/calls is appended, or an application in this process; by default the
   * embedded mock.
   */
  target?: string | App;
  /** For an application: the path before /communications; default /v1.0. `provisioning.states` may be a path, too. */
  basePath?: string;
  /** For https: PEM text, or its source, as in the config. */
  tls?: { cert?: string | PemSource; key?: string | PemSource; ca?: string | PemSource; serverName?: string };
  /** Waivers, or the name of a waivers file. */
  waivers?: string | readonly Waiver[];
  /** Folder for the history, result.json, and the output of a started target; by default nothing is written. */
  out?: string;
  /** The behaviours to judge, which select the attempts; by default all. */
  behaviors?: readonly BehaviorId[];
  /** Whether to verify Pact contracts too; by default, unless scenarios or behaviors select a part. */
  contracts?: boolean;
  /** Files, folders and URLs of other bots' pacts to verify, in addition to the suite's own contract. */
  pacts?: readonly string[];
  /** Stop at the first failure that the gate counts. */
  bail?: boolean;
  /** Ends the run early; what was recorded is judged. */
  signal?: AbortSignal;
  /** Receives the progress of the run. An error that it throws ends the run. */
  onProgress?: (progress: Progress) => void;
  /** Receives the recorded run when it is over: for `judge`, and for `render` to show requests and deliveries. */
  onHistory?: (history: History) => void;
}

/** How a recorded run is judged. */
export interface JudgeOptions {
  /** Behaviours up to this level count; default shown. */
  gate?: NonNullable<ConfigFile['gate']>;
  /** Whether counted behaviours that are untested pass the gate. */
  allowUntested?: boolean;
  /** Waivers, or the name of a waivers file. */
  waivers?: string | readonly Waiver[];
  /** The edition of the page to judge by; by default the recorded one. */
  edition?: Edition;
}
