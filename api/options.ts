import type { BehaviorId } from '../behaviors/catalog';
import type { Edition } from '../behaviors/edition';
import type { History } from '../history/events';
import type { ConfigFile, PemSource } from '../schemas/options';
import type { Waiver } from '../verdicts/waivers';
import type { App } from './app';

/** What a run tells while it is under way. */
export type Progress =
  /** A phase begins. */
  | { kind: 'phase'; phase: string }
  /** An attempt has ended. @see done how many have, of how many */
  | { kind: 'attempt'; done: number; of: number; name: string }
  /** Something that a person should know, as one line or several. */
  | { kind: 'note'; text: string };

/** The members of the config that mean something else here, or nothing. */
type OmittedOption = '$schema' | 'target' | 'tls' | 'waivers' | 'reports' | 'out';

/**
 * The options of a run: those of the config, under the same names and with the same defaults. No environment variable and
 * no config file is read, except those that the options name.
 */
export interface Options extends Omit<ConfigFile, OmittedOption> {
  /** The base URL, to which /communications/calls is added, or an application in this process; absent: the embedded mock. */
  target?: string | App;
  /** With an application: the path under which /communications lies; default /v1.0. `provisioning.states` may be a path, too. */
  basePath?: string;
  /** For https: PEM text, or where it comes from, as in the config. */
  tls?: { cert?: string | PemSource; key?: string | PemSource; ca?: string | PemSource; serverName?: string };
  /** Waivers, or the name of a file that holds them. */
  waivers?: string | readonly Waiver[];
  /** Folder that keeps the history, result.json, and what a started target writes; absent: nothing is written. */
  out?: string;
  /** The behaviours to judge, by the attempts that they need; default all. */
  behaviors?: readonly BehaviorId[];
  /** Whether Pact's contracts are verified too; default: where neither scenarios nor behaviors choose a part. */
  contracts?: boolean;
  /** Files, folders and URLs of other bots' pacts, verified beside the own contract. */
  pacts?: readonly string[];
  /** Stop at the first failure that the gate counts. */
  bail?: boolean;
  /** Ends the run early; what was seen so far is judged. */
  signal?: AbortSignal;
  /** Told how far the run is. What it throws ends the run. */
  onProgress?: (progress: Progress) => void;
  /** Given the recorded run when it is over: for `judge`, and for `render` to show what came over the wire. */
  onHistory?: (history: History) => void;
}

/** How a recorded run is judged. */
export interface JudgeOptions {
  /** Behaviours up to this level count; default shown. */
  gate?: NonNullable<ConfigFile['gate']>;
  /** Whether counted behaviours that could not be tried pass the gate. */
  allowUntested?: boolean;
  /** Waivers, or the name of a file that holds them. */
  waivers?: string | readonly Waiver[];
  /** The edition of the page to judge by; default: the one that it was recorded for. */
  edition?: Edition;
}
