import type { Level } from '../behaviors/behavior';
import type { CallBodies } from '../target/calls';
import type { Invitees, StaticCalls } from '../target/static';
import type { TokenSource } from '../target/tokens';

/** Where PEM text comes from: an environment variable that holds it, or a file. */
export type PemSource = { env: string } | { file: string };

/** A config file's content, as config.schema.json describes it; everything may be left out. */
export interface ConfigFile {
  target?: string;
  tokens?: { valid?: TokenSource; withoutPermission?: TokenSource; delegated?: TokenSource };
  tls?: { cert?: PemSource; key?: PemSource; ca?: PemSource; serverName?: string };
  provisioning?: { states?: string; calls?: CallBodies; static?: StaticCalls };
  callback?: { host?: string; port?: number; url?: string; unchecked?: boolean };
  invitees?: Invitees;
  capabilities?: { pstn?: boolean; replace?: boolean; multiple?: boolean; failure?: boolean };
  scenarios?: string[];
  gate?: Level;
  allowUntested?: boolean;
  allowPstn?: boolean;
  maxDials?: number;
  pactProvider?: string;
  waivers?: string;
  reports?: string[];
  out?: string;
  timeoutMs?: number;
  quietMs?: number;
  concurrency?: number;
}
