import type { Waiver } from './generated/result';
import type { CallBodies, Callback, Capabilities, ConfigFile, Invitees, PlainOptions, StaticCalls } from './options';

type Part<K extends keyof ConfigFile> = NonNullable<ConfigFile[K]>;

/** The same members, each with the text that its source gives. */
type Texts<T> = { [K in keyof T]: string };

/** How many invitations a load run sends, and how many a second. */
export interface LoadOptions {
  count: number;
  rate: number;
}

/**
 * The options of a run, each resolved from flag, environment, config file or default, under its name in the config. Every
 * stage of a run takes them as they are, or those that it reads.
 */
export interface RunOptions extends PlainOptions, Pick<ConfigFile, 'scenarios' | 'pactProvider'> {
  /** The target's base URL, without a slash at its end: that to which /communications/calls is added. */
  target: string;
  /** What is not there makes the attempts that need it untested. */
  tokens: Texts<Part<'tokens'>>;
  /** PEM text, and the host name; absent: TLS as Node does it by itself. */
  tls?: Texts<Part<'tls'>>;
  /** One of the three ways. */
  provisioning: { states: string } | { calls: CallBodies } | { static: StaticCalls };
  /** Absent: the target is running. */
  start?: Part<'start'> & Required<Pick<Part<'start'>, 'command' | 'timeoutMs'>>;
  callback: Callback;
  invitees: Invitees;
  capabilities: Capabilities;
  waivers: readonly Waiver[];
  /** Ids of the behaviours to judge, by the attempts that they need; absent: all. */
  behaviors?: readonly string[];
  /** What is sent in place of the scenarios. */
  load?: LoadOptions;
  /** Whether contracts are verified too. */
  contracts: boolean;
  /** Files, folders and URLs of other bots' pacts. */
  pacts: readonly string[];
  /** Whether the run stops at the first counted failure. */
  bail: boolean;
}

/** The options that the embedded mock gives where none names a target. */
export type MockGivenOptions = Pick<RunOptions, 'target' | 'tokens' | 'provisioning' | 'invitees' | 'allowPstn'>;

/** The options of a run that name no target: the embedded mock gives what is missing. */
export type OptionsWithoutTarget = Omit<RunOptions, keyof MockGivenOptions> & { target?: never };
