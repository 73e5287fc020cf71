/** The config, a flag or a file that they name is at fault: exit code 2. */
export class UsageError extends Error {}

/** The run was interrupted before there was anything to judge: exit code 130. */
export class Interrupted extends Error {}

/** This machine lacks what the command needs, such as open files or a working folder: exit code 4. */
export class MachineError extends Error {
  /** What to do about it. */
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** The code that a system call failed with, such as `ENOENT`; the error may come from another realm, so its class is no evidence. */
export function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** Whether a call failed as this process, or this machine, may open no more files. */
export function isOutOfFiles(error: unknown): boolean {
  return ['EMFILE', 'ENFILE'].includes(codeOf(error) ?? '');
}

/** What this machine has run out of, by the code of the call that failed, in words. */
const SHORTAGES: Readonly<Record<string, string>> = {
  EMFILE: 'this process has reached its limit of open files (EMFILE)',
  ENFILE: 'this machine has reached its limit of open files (ENFILE)',
  EADDRNOTAVAIL: 'this machine has no free port to connect from (EADDRNOTAVAIL)',
  ENOBUFS: 'this machine has no memory left for connections (ENOBUFS)',
};

/** What to do where this machine has run out of files or ports. */
export const SHORTAGE_ADVICE =
  'Raise the limit of open files, for example with `ulimit -n 4096`; if ports are short, end the processes that use them or wait a minute; or lower --concurrency.';

/**
 * What this machine has run out of, such as open files or ports, so that a connection could not be opened; it is no evidence
 * about who was to be connected to.
 * @param code of the call that failed
 * @returns in words; undefined where the code says something else
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

/** Why a system call failed, in one line. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const reason = REASONS[code ?? ''];
  if (code !== undefined) return reason === undefined ? code : `${reason} (${code})`;
  const { message } = (error ?? {}) as { message?: unknown };
  return (typeof message === 'string' ? message : String(error)).split('\n')[0] ?? '';
}
