import { basename } from 'node:path';
import { UsageError } from '../../common/errors';
import { readChunks } from '../../common/read-file';
import { collectGarbage } from '../../common/collect-garbage';
import { headerValue, parseJson } from '../body';
import type { LeftOut, RecordedSource } from '../recording';
import { arrayMember, member, stringMember } from '../values';
import { Cleaner } from './clean';
import { parsedEntry, refuseUnlessPlain } from './file-form';
import { JsonArrayReader } from './json-array-reader';
import type { Gathered, GatheredSource, KeptInvitation, KeptNotifications } from './gathered';
import { har } from './har';
import { toolOf } from './har-tools';
import type { Importer, RecordedExchange } from './importer';
import { ngrok } from './ngrok';
import { partsOf } from './bodies';
import { contentOf, digestOf, isSameInvitation, isSameNotification, marksOf, Seen } from './seen';
import { Spool } from './spool';
import { invitationTarget, notificationsOf } from './traffic';
import { wiremock } from './wiremock';

/** A file of recorded traffic. */
export interface RecordedFile {
  kind: RecordedSource['kind'];
  file: string;
}

const IMPORTERS: Record<RecordedFile['kind'], Importer> = { har, ngrok, wiremock };
/** The most start times of a file that are counted. */
const FEW = 3;
const SECOND_MS = 1000;
const NONE: readonly string[] = [];
/** The longest URL of a callback that is shown, in characters. */
const LONGEST_SHOWN = 2048;
/** Longer ids are compared by their digest. */
const LONGEST_ID = 256;
/** After this number of entries, memory is released. */
const MANY = 10_000;

/**
 * Reads files of recorded traffic, one entry at a time, and keeps invitations and notifications.
 * @throws UsageError with the name of a file that can't be read or is of another kind
 */
export function gather(files: readonly RecordedFile[]): Gathered {
  const gathering = new Gathering();
  try {
    for (const one of files) gathering.read(one);
    return gathering.result();
  } catch (error) {
    gathering.result().spool.close();
    throw error;
  }
}

class Gathering {
  readonly #all: Gathered = {
    sources: [],
    invitations: [],
    notifications: [],
    leftOut: new Map(),
    rewritten: { yes: 0, no: 0 },
    spool: new Spool(),
  };
  readonly #cleaner = new Cleaner();
  readonly #sent = new Seen<KeptInvitation>(isSameInvitation);
  readonly #notes = new Seen<KeptNotifications>(isSameNotification);
  /** Digests of origins and URLs that received notifications, and the numbers of other requests by place. */
  readonly #callbacks = new Set<string>();
  readonly #unread = new Map<string, number>();
  readonly #times = new Map<number, Set<number>>();
  readonly #texts = new Map<string, string>();

  read({ kind, file }: RecordedFile): void {
    const { what, path, read } = IMPORTERS[kind];
    const source: GatheredSource = {
      name: basename(file),
      kind,
      entries: 0,
      invitations: 0,
      notifications: 0,
      keepsAuthorization: new Set(),
      startTimes: 0,
      unitMs: SECOND_MS,
      bodies: { kept: 0, lost: 0 },
    };
    this.#all.sources.push(source);
    const elements = new JsonArrayReader(path);
    let [begun, exchanges] = [false, 0];
    for (const piece of readChunks(file, what)) {
      source.tool ??= begun ? undefined : toolOf(kind, piece);
      if (!begun) refuseUnlessPlain(piece, what, file);
      begun = true;
      for (const element of elements.take(piece)) {
        source.entries += 1;
        const exchange =
          'text' in element ? read(parsedEntry(element.text, file, what, source.entries), source.tool) : undefined;
        if (exchange) {
          exchanges += 1;
          this.#take(exchange);
        } else this.leave('notAnEntry');
        if (source.entries % MANY === 0) collectGarbage();
      }
    }
    const { found, cutOff } = elements.end();
    if (!found) {
      const advice = kind === 'har' ? '; export it as HAR 1.2' : '';
      throw new UsageError(`${what} ${file} has no ${path.join('.')}: it is another kind of file, or cut off${advice}`);
    }
    if (source.entries > 0 && exchanges === 0) {
      throw new UsageError(`${what} ${file} has no entry with a request that can be read: it is another kind of file`);
    }
    if (cutOff) source.cutOff = true;
    source.startTimes = this.#times.get(this.#all.sources.length - 1)?.size ?? 0;
  }

  result(): Gathered {
    const unread = [...this.#unread].filter(([place]) => this.#callbacks.has(place));
    const count = unread.reduce((sum, [, one]) => sum + one, 0);
    this.#unread.clear();
    if (count > 0) this.leave('unreadable', count);
    return this.#all;
  }

  leave(why: LeftOut, count = 1): void {
    this.#all.leftOut.set(why, (this.#all.leftOut.get(why) ?? 0) + count);
  }

  #take(exchange: RecordedExchange): void {
    const index = this.#all.sources.length - 1;
    const source = this.#all.sources[index];
    if (!source) return;
    const { request, startedAt } = exchange;
    if (startedAt !== undefined) {
      source.first = Math.min(source.first ?? startedAt, startedAt);
      source.last = Math.max(source.last ?? startedAt, startedAt + (exchange.durations?.ended ?? 0));
      while (source.unitMs > 1 && startedAt % source.unitMs !== 0) source.unitMs /= 10;
      const times = this.#times.get(index) ?? new Set();
      if (times.size <= FEW) this.#times.set(index, times.add(startedAt));
    }
    const target = invitationTarget(request);
    if (target) return this.#invited(exchange, target, index, source);
    const notifications = notificationsOf(exchange);
    if (notifications) return this.#notified(exchange, notifications, index, source);
    const [place, isJson] = [placeOf(request.url), parseJson(request.body, request.headers).ok];
    const brings =
      !/^(GET|HEAD|OPTIONS)$/i.test(request.method) && (request.body.bytes > 0 || request.body.notRecorded);
    if (brings !== true || place === undefined) return;
    const key = isJson ? place.url : place.origin;
    this.#unread.set(key, (this.#unread.get(key) ?? 0) + 1);
  }

  #invited(
    exchange: RecordedExchange,
    target: { base: string; callId: string },
    index: number,
    source: GatheredSource,
  ): void {
    const { request, response, startedAt, durations } = exchange;
    const isLost = request.body.notRecorded === true || response?.body.notRecorded === true;
    source.bodies[isLost ? 'lost' : 'kept'] += 1;
    const json = response ? parseJson(response.body, response.headers) : undefined;
    const accepted = response !== undefined && response.status >= 200 && response.status < 300;
    const operationId = accepted && json?.ok === true ? stringMember(json.value, 'id') : undefined;
    const content = digestOf(target.base, target.callId, contentOf(exchange));
    const keys = [`${index} ${content}`, ...(operationId ? [`${operationId} ${content}`] : [])];
    const marks = marksOf(exchange, index, operationId);
    const known = this.#sent.find(keys, marks);
    if (headerValue(request.headers, 'authorization') !== undefined)
      source.keepsAuthorization.add(this.#one(target.base));
    // Of two recordings of one invitation, the one with the operation or the response is kept.
    const isMore = known?.operationId === undefined && (operationId !== undefined || known?.status === undefined);
    if (known && !isMore) {
      known.kept.twice = true;
      this.#sent.add(keys, known);
      return this.leave('twice');
    }
    const kept: KeptInvitation = {
      source: index,
      at: this.#all.spool.add(this.#cleaner.clean(exchange)),
      startedAt,
      base: this.#one(target.base),
      callId: this.#one(target.callId),
      operationId: operationId === undefined ? undefined : this.#one(shortId(operationId)),
      ...saidOfFirst(exchange),
      accepted,
      endedAt: startedAt === undefined || !durations ? undefined : startedAt + durations.ended,
      timed: durations !== undefined && durations.answered > 0,
    };
    this.#sent.add(keys, { ...marks, kept: Object.assign(known?.kept ?? kept, kept, known ? { twice: true } : {}) });
    if (known) return this.leave('twice');
    source.invitations += 1;
    this.#all.invitations.push(kept);
  }

  #notified(
    exchange: RecordedExchange,
    notifications: NonNullable<ReturnType<typeof notificationsOf>>,
    index: number,
    source: RecordedSource,
  ): void {
    const { request, startedAt } = exchange;
    const place = placeOf(request.url);
    const content = digestOf(contentOf(exchange));
    const marks = marksOf(exchange, index);
    const known = this.#notes.find([content], marks);
    if (known) {
      known.kept.twice = true;
      return this.leave('twice');
    }
    const operations = notifications.filter(({ about }) => about === 'operation');
    const idsOf = (some: typeof notifications): readonly string[] => {
      const ids = some.flatMap(({ data, resource }) => [stringMember(data, 'id') ?? '', resource?.id ?? '']);
      return this.#each(ids.filter(Boolean).map(shortId));
    };
    const having = (status: string): readonly string[] =>
      idsOf(operations.filter(({ data }) => stringMember(data, 'status')?.toLowerCase() === status));
    const kept: KeptNotifications = {
      source: index,
      at: this.#all.spool.add(this.#cleaner.clean(exchange)),
      startedAt,
      operations: idsOf(operations),
      calls: this.#each(notifications.flatMap(({ resource }) => resource?.callId ?? [])),
      completed: having('completed'),
      failed: having('failed'),
      url: this.#one(place?.written.slice(0, LONGEST_SHOWN) ?? ''),
    };
    const capital = notifications.every(({ changeType }) => /^[A-Z]/.test(changeType ?? ''));
    const typed = request.body.content.includes('@odata.type');
    this.#all.rewritten[capital && !typed ? 'yes' : 'no'] += 1;
    source.notifications += 1;
    if (place) this.#callbacks.add(place.origin).add(place.url);
    this.#all.notifications.push(kept);
    this.#notes.add([content], { ...marks, kept });
  }

  /** Returns one shared copy per text: ids repeat, and a slice would keep the longer text in memory. */
  #one(written: string): string {
    const known = this.#texts.get(written);
    if (known !== undefined) return known;
    const own = Buffer.from(written).toString();
    this.#texts.set(own, own);
    return own;
  }

  #each(all: readonly string[]): readonly string[] {
    return all.length === 0 ? NONE : [...new Set(all)].map((one) => this.#one(one));
  }
}

/** The replaced call of the first participant, and whether any participant needs a later edition. */
function saidOfFirst({
  request: { body, headers },
}: RecordedExchange): Pick<KeptInvitation, 'replaces' | 'ofLaterEdition'> {
  const isSaid = /replacesCallId|participantId|hidden/.test(body.content);
  const sent = isSaid ? parseJson(body, headers) : undefined;
  const participants = sent?.ok === true ? (arrayMember(sent.value, 'participants') ?? []) : [];
  return {
    replaces: stringMember(participants[0], 'replacesCallId'),
    ofLaterEdition: participants.some(
      (one) => stringMember(one, 'participantId') !== undefined || member(one, 'hidden') === true,
    ),
  };
}

function shortId(id: string): string {
  return id.length > LONGEST_ID ? digestOf(id) : id;
}

/** The place of a request, with digests: a file may have many long URLs. */
function placeOf(url: string): { origin: string; url: string; written: string } | undefined {
  const parts = partsOf(url);
  if (!parts) return undefined;
  const written = `${parts.origin}${parts.path}`;
  return { origin: digestOf(parts.origin), url: digestOf(written), written };
}
