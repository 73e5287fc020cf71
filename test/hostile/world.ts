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

/** What a run came to. */
export interface Ended {
  code: number;
  /** What is told of an error, where the run ended with one. */
  message: string;
  result: Result | undefined;
  /** Everything that the run wrote into its folder. */
  written: string;
}

/** Flags; undefined takes one away that is given by default. */
export type Wish = { [K in keyof Flags]: Flags[K] | undefined };

/** Takes a request in place of the mock. @returns whether it did; otherwise the mock answers */
export type Hook = (req: IncomingMessage, res: ServerResponse, body: Buffer) => boolean | Promise<boolean>;

export interface World extends Servers {
  mock: () => Mock;
  /** A target that does what the mock does, but for what the hook takes. @returns its origin */
  instead: (hook: Hook) => Promise<string>;
  /** Runs the command in this process, against the mock unless something else is named. */
  judged: (flags: Wish, signal?: AbortSignal) => Promise<Ended>;
  /** Writes a file of a test's own. @returns its path */
  written: (name: string, content: string) => string;
}

/** The longest that a run may take, ms; a case that takes longer has no deadline. */
export const BOUND = 120_000;
/** A patience that no machine exhausts where an answer comes, and a short one for where none does. */
export const PATIENT = '60000';
export const SHORT = '4000';

async function bytesOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Whether a request is an invitation with a token: one that a target must take or refuse by what it says. */
export function invites({ url, headers }: IncomingMessage): boolean {
  return url?.endsWith('/participants/invite') === true && headers.authorization !== undefined;
}

/** A mock, and what may stand in its way; for one test file. */
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
    // What is told goes to the terminal; the cases look at what is told to them.
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
      const whole: Wish = {
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

/** What a result says of one behaviour: the verdict, and what was observed first. */
export function seenOf(ended: Ended, id: string): { verdict: string; observed: Value | undefined } | undefined {
  const found = ended.result?.behaviors.find((behavior) => behavior.id === id);
  return found && { verdict: found.verdict, observed: found.findings[0]?.observed };
}

/** A text that matches, within a value that is expected. */
export function like(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string;
}

/** That the answer was none, for such a reason. */
export function noAnswer(reason: RegExp): Value {
  return { is: 'noAnswer', reason: like(reason) };
}

/** That a body can't be read as JSON, for such a reason. */
export function unreadable(reason: RegExp): Value {
  return { is: 'unreadable', reason: like(reason), beginning: expect.any(String) as string };
}

/** What was noted while the run was recorded. */
export function notesOf(ended: Ended): string[] {
  return (ended.result?.remarks ?? []).flatMap((remark) => (remark.code === 'recorded' ? [remark.text] : []));
}
