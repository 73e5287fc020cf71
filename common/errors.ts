/** The config, a flag or a file that they name is wrong: exit code 2. */
export class UsageError extends Error {}

/** The run was interrupted before it could judge anything: exit code 130. */
export class Interrupted extends Error {}

/** This machine lacks what the command needs, such as open files or a working folder: exit code 4. */
export class MachineError extends Error {
  /** Advice to the user. */
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/**
 * The code of a failed system call, such as `ENOENT`. It does not test the error's class: the error may come from
 * another realm.
 */
export function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** Whether a call failed because this process or this machine can open no more files. */
export function isOutOfFiles(error: unknown): boolean {
  return ['EMFILE', 'ENFILE'].includes(codeOf(error) ?? '');
}

/** Texts for the resources that this machine can run out of, by error code. */
const SHORTAGES: Readonly<Record<string, string>> = {
  EMFILE: 'this process has reached its limit of open files (EMFILE)',
  ENFILE: 'this machine has reached its limit of open files (ENFILE)',
  EADDRNOTAVAIL: 'this machine has no free port to connect from (EADDRNOTAVAIL)',
  ENOBUFS: 'this machine has no memory left for connections (ENOBUFS)',
};

/** Advice for a machine that has run out of files or ports. */
export const SHORTAGE_ADVICE =
  'Raise the limit of open files, for example with `ulimit -n 4096`; if ports are short, end the processes that use them or wait a minute; or lower --concurrency.';

/**
 * The resource, such as open files or ports, that this machine ran out of when it opened a connection. Such a failure
 * says nothing about the server.
 * @param code of the failed call
 * @returns a text; undefined for any other code
 */
export function shortageOf(code: string | undefined): string | undefined {
  return code === undefined ? undefined : SHORTAGES[code];
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the disk',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'this process has reached its limit of open files; raise it, for example with `ulimit -n 4096`',
  ENFILE: 'this machine has reached its limit of open files',
};

/** The reason why a system call failed, in one line. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const reason = REASONS[code ?? ''];
  if (code !== undefined) return reason === undefined ? code : `${reason} (${code})`;
  const { message } = (error ?? {}) as { message?: unknown };
  return (typeof message === 'string' ? message : String(error)).split('\n')[0] ?? '';
}

/** Why a call of node's failed, in few words. The error may come from another realm, as in Jest, so its class proves nothing. */
export function callFailure(error: unknown): string {
  const { cause, code, message } = error as { cause?: unknown; code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  if (typeof cause === 'object' && cause !== null) return callFailure(cause);
  return typeof message === 'string' ? message : String(error);
}
