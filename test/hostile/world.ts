import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportError } from '../../cli/output';
import { run } from '../../cli/run';
import type { Flags } from '../../config/run-options';
import { startMock, type Mock } from '../../mock';
import type { Value } from '../../behaviors/finding';
import type { Result } from '../../verdicts/result';
import { servers, type Servers } from '../target/servers';
import { bytesOf } from '../support/bytes-of';

/** The outcome of a run. */
export interface Ended {
  code: number;
  /** The error message, if the run ended with one. */
  message: string;
  result: Result | undefined;
  /** The content of all files that the run wrote into its folder. */
  written: string;
}

/** Flags; undefined removes a default. */
export type FlagOverrides = { [K in keyof Flags]: Flags[K] | undefined };

/** Handles a request instead of the mock. @returns whether it did; otherwise the mock answers */
export type Hook = (req: IncomingMessage, res: ServerResponse, body: Buffer) => boolean | Promise<boolean>;

export interface World extends Servers {
  mock: () => Mock;
  /** A target that behaves like the mock, except for the requests that the hook handles. @returns its origin */
  instead: (hook: Hook) => Promise<string>;
  /** Runs the command in this process, by default against the mock. */
  judged: (flags: FlagOverrides, signal?: AbortSignal) => Promise<Ended>;
  /** Writes a file for a test. @returns its path */
  written: (name: string, content: string) => string;
}

/** Maximum duration of a run, ms; a longer case has no deadline. */
export const BOUND = 120_000;
/** A timeout that even a busy machine meets if a response comes, and a short one for cases without a response. */
export const PATIENT = '60000';
export const SHORT = '4000';

/** Whether a request is an invitation with a token. */
export function invites({ url, headers }: IncomingMessage): boolean {
  return url?.endsWith('/participants/invite') === true && headers.authorization !== undefined;
}

/** A mock with hooks, for one test file. */
export function world(): World {
  jest.setTimeout(BOUND);
  const made = servers();
  let mock: Mock | undefined;
  let folder = '';
  let count = 0;
  const own = (): Mock => {
    if (!mock) throw new Error('the mock is not started yet');
    return mock;
  };

  beforeAll(async () => {
    mock = await startMock();
    folder = mkdtempSync(join(tmpdir(), 'invite-hostile-'));
    process.env['INVITE_TOKEN'] = mock.tokens.valid;
  });
  beforeEach(() => {
    // Keeps messages off the terminal; the cases check the returned message.
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    delete process.env['INVITE_TOKEN'];
    await mock?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function passOn(req: IncomingMessage, res: ServerResponse, body: Buffer): void {
    const { hostname, port } = new URL(own().url);
    const { method, headers, url: path } = req;
    const onward = request({ hostname, port, method, headers, path }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    onward.end(body);
  }

  return {
    ...made,
    mock: own,
    instead: (hook) =>
      made.http((req, res) => {
        void bytesOf(req).then(
          async (body) => {
            if (!(await hook(req, res, body))) passOn(req, res, body);
          },
          () => res.destroy(),
        );
      }),
    written: (name, content) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    judged: async (flags, signal = new AbortController().signal) => {
      count += 1;
      const { out = join(folder, String(count)) } = flags;
      const { url, states } = own();
      const whole: FlagOverrides = {
        target: url,
        states,
        scenario: ['single'],
        quietMs: '0',
        report: [],
        timeoutMs: PATIENT,
        ...flags,
        out,
      };
      const given = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as Flags;
      let message = '';
      const code = await run(given, signal).catch((error: unknown) => {
        message = error instanceof Error ? error.message : String(error);
        return reportError(error);
      });
      const files = !existsSync(out) ? [] : readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isFile());
      const texts = new Map(files.map(({ name }) => [name, readFileSync(join(out, name), 'utf8')]));
      const kept = texts.get('result.json');
      return {
        code,
        message,
        result: kept === undefined ? undefined : (JSON.parse(kept) as Result),
        written: [...texts.values()].join('\n'),
      };
    },
  };
}

/** The verdict on one behaviour in a result, and its first observation. */
export function seenOf(ended: Ended, id: string): { verdict: string; observed: Value | undefined } | undefined {
  const found = ended.result?.behaviors.find((behavior) => behavior.id === id);
  return found && { verdict: found.verdict, observed: found.findings[0]?.observed };
}

/** An expected text that matches a pattern, for use within a value. */
export function like(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string;
}

/** The value of a missing response, with a matching reason. */
export function noAnswer(reason: RegExp): Value {
  return { is: 'noAnswer', reason: like(reason) };
}

/** The value of a body that cannot be read as JSON, with a matching reason. */
export function unreadable(reason: RegExp): Value {
  return { is: 'unreadable', reason: like(reason), beginning: expect.any(String) as string };
}

/** The remarks recorded during the run. */
export function notesOf(ended: Ended): string[] {
  return (ended.result?.remarks ?? []).flatMap((remark) => (remark.code === 'recorded' ? [remark.text] : []));
}
