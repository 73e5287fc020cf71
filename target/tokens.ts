import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { UsageError } from './errors';

/** Where a token comes from: itself, an environment variable, a file, or what a command prints. */
export type TokenSource = string | { env: string } | { file: string } | { command: string[] };

/** The tokens of a run; what is not there makes the attempts that need it untested. */
export interface Tokens {
  /** An application's token with the call permission. */
  valid?: string;
  /** An application's token without it. */
  withoutPermission?: string;
  /** A token that stands for a user. */
  delegated?: string;
}

/** How long a command may take to print a token, ms. */
const COMMAND_TIME = 30_000;

function read(source: TokenSource, key: string, environment: NodeJS.ProcessEnv): string {
  if (typeof source === 'string') return source;
  if ('env' in source) {
    const value = environment[source.env];
    if (value === undefined) throw new UsageError(`${key}: the environment variable ${source.env} is not set`);
    return value;
  }
  if ('file' in source) {
    try {
      return readFileSync(source.file, 'utf8');
    } catch (error) {
      throw new UsageError(`${key}: can't read the token file ${source.file}: ${codeOf(error)}`);
    }
  }
  const [program, ...args] = source.command;
  if (program === undefined) throw new UsageError(`${key}.command: names no program`);
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      timeout: COMMAND_TIME,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    throw new UsageError(`${key}.command: ${program} did not print a token: ${codeOf(error)}`);
  }
}

/** Never the message: a command's may hold what it printed. */
function codeOf(error: unknown): string {
  const { code, status } = error as { code?: unknown; status?: unknown };
  if (typeof code === 'string') return code;
  return typeof status === 'number' ? `it ended with ${status}` : 'it failed';
}

/**
 * Fetches a token.
 * @param key its name in the config, for messages
 * @throws UsageError where its source is missing, empty, or gives what can't stand in a header
 */
export function tokenFrom(source: TokenSource, key: string, environment: NodeJS.ProcessEnv): string {
  const token = read(source, key, environment).trim();
  if (token === '') throw new UsageError(`${key}: the token is empty`);
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError(`${key}: the token holds characters that can't stand in a header`);
  return token;
}
