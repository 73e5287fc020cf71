import { execFile } from 'node:child_process';
import { Interrupted, isOutOfFiles, UsageError } from '../common/errors';
import { readText, MAX_TOKEN_BYTES } from '../common/read-file';
import { isUnmistakable, MIN_UNMISTAKABLE_LENGTH } from '../history/secrets';
import type { TokenSource } from '../schemas/options';
import type { RunOptions } from '../schemas/run-options';

/** The tokens of a run; attempts that need a missing one are untested. */
export type Tokens = RunOptions['tokens'];

/** The values of the tokens. */
export function secretsOf(tokens: Tokens): string[] {
  return Object.values(tokens).filter((token): token is string => typeof token === 'string');
}

/**
 * Finds tokens that look like ordinary text, and can therefore be masked only in headers and after Bearer and Basic.
 * @returns a sentence for each
 */
export function mistakableTokens(tokens: Tokens): string[] {
  return Object.entries(tokens)
    .filter(([, token]: [string, unknown]) => typeof token === 'string' && !isUnmistakable(token))
    .map(
      ([name]) =>
        `tokens.${name} is short or an ordinary word: the suite hides it in headers and after Bearer and Basic, but not in other text from the target; use a token of ${MIN_UNMISTAKABLE_LENGTH} characters or more`,
    );
}

/** How long a command may take to print a token, ms. */
const COMMAND_TIME = 30_000;

/**
 * Runs a command and returns its output. Kills it if it does not end in time, or if the signal is aborted.
 * @throws UsageError that says how it ended, never what it printed
 */
async function commandOutput(
  command: readonly string[],
  key: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const [program, ...args] = command;
  if (program === undefined) throw new UsageError(`${key}.command: it is empty; give a program and its arguments`);
  return new Promise((resolve, reject) => {
    const options = {
      encoding: 'utf8' as const,
      timeout: COMMAND_TIME,
      killSignal: 'SIGKILL' as const,
      maxBuffer: MAX_TOKEN_BYTES,
      ...(signal ? { signal } : {}),
    };
    const ended = (error: Error | null, stdout: string): void => {
      if (error === null) resolve(stdout);
      else if (signal?.aborted === true) reject(new Interrupted());
      else if (isOutOfFiles(error)) reject(error);
      else reject(new UsageError(`${key}.command: ${program} did not print a token: ${commandEnd(error)}`));
    };
    try {
      execFile(program, args, options, ended)
        .stdin?.on('error', () => undefined)
        .end();
    } catch (error) {
      ended(error as Error, '');
    }
  });
}

/** Why a program did not start. */
const NOT_STARTED = new Map<unknown, string>([
  ['ENOENT', 'there is no such program (ENOENT)'],
  ['EACCES', 'the file may not be executed (EACCES)'],
]);

/** Says how a command ended. It never uses the error's message, which may contain the command's output. */
function commandEnd(error: Error): string {
  const { code, killed, signal } = error as { code?: unknown; killed?: unknown; signal?: unknown };
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it printed more than ${MAX_TOKEN_BYTES / 1024} KiB`;
  if (killed === true) return `it did not exit within ${COMMAND_TIME / 1000} s`;
  if (typeof code === 'string') return NOT_STARTED.get(code) ?? code;
  if (typeof code === 'number') return `it ended with ${code}`;
  return typeof signal === 'string' ? `it was killed by ${signal}` : 'it failed';
}

async function read(
  source: TokenSource,
  key: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (typeof source === 'string') return source;
  if ('env' in source) {
    const value = environment[source.env];
    if (value === undefined) throw new UsageError(`${key}: the environment variable ${source.env} is not set`);
    return value;
  }
  if ('command' in source) return commandOutput(source.command, key, signal);
  try {
    return await readText(source.file, 'the token file', { cap: MAX_TOKEN_BYTES, signal });
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${key}: ${error.message}`) : error;
  }
}

/**
 * Reads a token from its source.
 * @param key its name in the config, for messages
 * @param signal ends a slow command or file
 * @throws UsageError if its source is missing or empty, or its value can't be a header
 * @throws Interrupted if the signal is aborted first
 */
export async function readToken(
  source: TokenSource,
  key: string,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<string> {
  const token = (await read(source, key, environment, signal)).trim();
  if (token === '') throw new UsageError(`${key}: the token is empty`);
  if (/^(authorization\s*:\s*)?bearer\b\s*/i.test(token) && /\s/.test(token)) {
    throw new UsageError(`${key}: give the token without "Bearer " in front; the suite adds it`);
  }
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError(`${key}: the token contains characters that a header can't contain`);
  return token;
}
