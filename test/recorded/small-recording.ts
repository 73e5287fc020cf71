import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { History, HistoryEvent } from '../../history/events';
import { assemble, type Assembled } from '../../history/import/assemble';
import { gather, type RecordedFile } from '../../history/import/gather';
import type { Gathered } from '../../history/import/gathered';
import type { Assembling, SeenInvitation } from '../../history/import/plan';
import { envelope, operationItem, responseBody, rosterItem, user } from '../support/bodies';

/** Small HAR files, of the entries that a test needs, and what is read of them. */

/** The time at which all begin, ms since 1970. */
export const BEGIN = Date.UTC(2030, 0, 1);
export const BASE = 'https://graph.example/v1.0';
export const HOOK = 'https://bot.example/hook';
export const TIMINGS = { send: 1, wait: 8, receive: 1 };

/** How an entry differs. */
export interface Over {
  /** ms after the beginning; undefined: unknown. */
  at?: number | undefined;
  url?: string;
  method?: string;
  headers?: object[];
  text?: string;
  status?: number;
  answer?: unknown;
  more?: object;
}

const JSON_TYPE = { name: 'Content-Type', value: 'application/json' };

/** A HAR entry. */
export function entry({ at = 0, method = 'POST', url = HOOK, headers = [JSON_TYPE], ...over }: Over): object {
  const { text = '{}', status = 200, answer, more } = over;
  const content = answer === undefined ? { size: 0 } : { size: -1, text: JSON.stringify(answer) };
  return {
    startedDateTime: new Date(BEGIN + at).toISOString(),
    time: 10,
    timings: TIMINGS,
    request: { method, url, headers, postData: { text } },
    response: {
      status,
      headers: [JSON_TYPE, ...(answer === undefined ? [{ name: 'Content-Length', value: '0' }] : [])],
      content,
    },
    ...more,
  };
}

const membersOf = (id: string) => ({ id, clientContext: 'context', invitees: [user('user')] });

/** An invitation to a call, with the id of its operation. @param id undefined: refused */
export function invites(callId: string, id: string | undefined, over: Over = {}): object {
  const url = `${BASE}/communications/calls/${callId}/participants/invite`;
  const answer = id === undefined ? { error: {} } : responseBody(membersOf(id));
  const text = JSON.stringify({
    participants: [{ identity: { user: { id: 'user' } } }],
    clientContext: `${callId} ${id}`,
  });
  return entry({ url, text, answer, status: id === undefined ? 400 : 200, ...over });
}

/** A delivery of notifications. */
export function notifies(items: readonly unknown[], over: Over = {}): object {
  return entry({ at: 100, text: JSON.stringify(envelope(items)), status: 202, ...over });
}

/** The notification that an operation ended. */
export function ended(callId: string, id: string, status = 'completed'): unknown {
  return operationItem(callId, membersOf(id), status);
}

export function listed(callId: string): unknown {
  return rosterItem(callId, [user('user')]);
}

/** The text of a HAR file. */
export function harText(entries: readonly object[], log: object = {}): string {
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'tool' }, ...log, entries } });
}

/** What is gathered from files, given by their text. */
export function gathered<T>(
  texts: readonly (string | Buffer)[],
  use: (all: Gathered, files: readonly string[]) => T,
  kind: RecordedFile['kind'] = 'har',
): T {
  const folder = mkdtempSync(join(tmpdir(), 'small-recording-'));
  try {
    const files = texts.map((text, i): RecordedFile => {
      const file = join(folder, `${i}.har`);
      writeFileSync(file, text);
      return { kind, file };
    });
    const all = gather(files);
    try {
      return use(
        all,
        files.map(({ file }) => file),
      );
    } finally {
      all.spool.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PLAN = {
  tries: ['response.json'],
  invitees: [user('user')],
  ignored: [],
  control: 'c',
  expect: 'accepted',
  says: 's',
  name: 'plain',
} as const;

/** The plan of each invitation: plain. */
export function planOf(): Exclude<ReturnType<Assembling['planOf']>, string> {
  return { ...PLAN, tries: [...PLAN.tries], invitees: [...PLAN.invitees], ignored: [] };
}

/** What is assembled from files. */
export function assembled(
  files: readonly (readonly object[])[],
  over: Partial<Assembling> = {},
): { all: Omit<Assembled, 'histories'>; histories: History[]; seen: SeenInvitation[] } {
  const seen: SeenInvitation[] = [];
  const options: Assembling = {
    timeoutMs: 1000,
    quietMs: 50,
    suiteVersion: '1',
    catalogDigest: 'd',
    planOf: (one) => {
      seen.push(one);
      return planOf();
    },
    ...over,
  };
  return gathered(
    files.map((entries) => harText(entries)),
    (found) => {
      const { histories, ...all } = assemble(found, options);
      return { all, histories: [...histories], seen };
    },
  );
}

/** The only history of a recording. */
export function onlyOne({ histories }: { histories: readonly History[] }): History {
  const [first, second] = histories;
  if (!first || second) throw new Error(`the recording became ${histories.length} histories`);
  return first;
}

/** The events of one kind. */
export function eventsOf<K extends HistoryEvent['kind']>(
  { events }: History,
  kind: K,
): Extract<HistoryEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<HistoryEvent, { kind: K }> => event.kind === kind);
}
