import { ClockSamples, type ClockLead, type ClockOffset, clockOffset } from './clocks';
import type { HistoryEvent, HistoryHeader } from './events';
import { HistoryFileError, streamHistory, type HistoryStream } from './history-file';

/**
 * A listener on another machine does not know of outstanding responses and cannot withhold acknowledgements for them.
 * On a busy machine, a response may be read so much later than a notification, ms.
 */
const UNHELD_SLACK_MS = 250;

interface Machine {
  folder: string;
  header: HistoryHeader;
  /** Its clock's lead over the listener's. */
  offset: ClockOffset;
}

/** A history and its next event. */
interface Head {
  index: number;
  events: Iterator<HistoryEvent>;
  next: HistoryEvent | undefined;
  /** When the next event ended, on the listener's clock; events without a time follow the previous one. */
  at: number;
}

/**
 * Merges the histories of a load run on several machines, on the listener's clock. Requests and responses of the
 * senders are placed as early as the clocks' uncertainty allows, so that no order is wrongly proved.
 * @returns the whole history, read on demand, and remarks about the clocks
 * @throws HistoryFileError if a history is damaged, they don't belong together, or a clock offset is unknown
 */
export function mergedMachineHistory(folders: readonly string[]): { stream: HistoryStream; remarks: string[] } {
  const headers = folders.map((folder) => ({ folder, header: streamHistory(folder).header }));
  const [listener, ...more] = headers.filter(({ header }) => header.machine?.role === 'listens');
  const senders = headers.filter(({ header }) => header.machine?.role === 'sends');
  const stranger = headers.find(({ header }) => header.machine === undefined);
  if (stranger)
    throw new HistoryFileError(`${stranger.folder} is not part of a load run on several machines: judge it alone`);
  const [first] = senders;
  if (!listener || more.length > 0)
    throw new HistoryFileError('exactly one of the folders must be the folder of the listener');
  if (!first) throw new HistoryFileError('none of the folders is the folder of a sender');
  const other = headers.find(({ header }) => header.catalogDigest !== first.header.catalogDigest);
  if (other)
    throw new HistoryFileError(
      `${first.folder} and ${other.folder} were recorded with different versions of the behaviours`,
    );
  const listening = looksIn(listener.folder);
  const remarks: string[] = [];
  const machines = senders.map(({ folder, header }): Machine => {
    const { offset, remark } = clockOf(folder, looksIn(folder), listening);
    if (remark !== undefined) remarks.push(remark);
    return { folder, header, offset };
  });
  const uncertaintyMs = Math.max(...machines.map(({ offset }) => offset.uncertaintyMs));
  remarks.push(
    `merged the histories of ${machines.length} senders; the error of their clocks is at most ${uncertaintyMs.toFixed(1)} ms, and events closer together than that count as concurrent`,
  );
  const stream = {
    header: headerOf(machines, uncertaintyMs),
    events: merged([
      { folder: listener.folder, header: listener.header, offset: { ms: 0, uncertaintyMs: 0 } },
      ...machines,
    ]),
  };
  return { stream, remarks };
}

function looksIn(folder: string): ClockSamples {
  const samples = new ClockSamples();
  for (const event of streamHistory(folder).events) samples.take(event);
  return samples;
}

/** A sender's clock offset from samples of the listener's clock or, without any, from both machines' samples of the target's. */
function clockOf(folder: string, own: ClockSamples, listening: ClockSamples): { offset: ClockOffset; remark?: string } {
  const byTarget: ClockLead | undefined =
    own.target && listening.target
      ? { least: own.target.least - listening.target.most, most: own.target.most - listening.target.least }
      : undefined;
  const offset = clockOffset(own.listener) ?? clockOffset(byTarget ? [byTarget] : []);
  if (!offset) {
    throw new HistoryFileError(
      `${folder}: its clock offset is unknown: the sender did not reach the listener, and the target's Date headers do not help`,
    );
  }
  const { ms, uncertaintyMs } = offset;
  const contradicts = byTarget && (ms - uncertaintyMs > byTarget.most || ms + uncertaintyMs < byTarget.least);
  return contradicts
    ? { offset, remark: `${folder}: the target's Date headers contradict the clock offset that the listener measured` }
    : { offset };
}

function headerOf(machines: readonly Machine[], uncertaintyMs: number): HistoryHeader {
  const [first] = machines;
  if (!first) throw new HistoryFileError('no sender sent an invitation');
  const { machine: _of, ...header } = first.header;
  const headers = machines.map((one) => one.header);
  const rates = new Map(headers.map(({ machine, load }) => [machine?.name, load?.rate ?? 0]));
  return {
    ...header,
    startedAt: headers.map(({ startedAt }) => startedAt).toSorted()[0] ?? header.startedAt,
    // Responses are placed at their earliest possible time, which is at worst twice the uncertainty too early.
    timeoutMs: header.timeoutMs + 2 * uncertaintyMs,
    roundTripMs: Math.max(...headers.map(({ roundTripMs }) => roundTripMs)) + UNHELD_SLACK_MS,
    load: { count: 0, rate: [...rates.values()].reduce((sum, rate) => sum + rate, 0) },
  };
}

function* merged(machines: readonly Machine[]): Generator<HistoryEvent> {
  const tokens = new Map<string, string>();
  const heads = machines.map(({ folder, offset }, index): Head => {
    const events = translated(streamHistory(folder).events, offset, index, machines.length)[Symbol.iterator]();
    return advanced({ index, events, next: undefined, at: -Infinity });
  });
  let end = 0;
  let interrupted = false;
  for (;;) {
    const live = heads.filter(({ next }) => next !== undefined);
    const [head] = live.toSorted((a, b) => a.at - b.at);
    const event = head?.next;
    if (!head || !event) break;
    end = Math.max(end, head.at);
    // The end of one machine is not the end of the run, but its history records whether that machine was cut off.
    if (event.kind === 'end') interrupted ||= event.interrupted;
    else {
      if (event.kind === 'call') tokens.set(lastOf(event.callbackUri), event.key);
      const call = event.kind === 'delivery' ? tokens.get(lastOf(event.path)) : undefined;
      yield event.kind === 'delivery' && call !== undefined ? { ...event, call } : event;
    }
    advanced(head);
  }
  yield { kind: 'end', n: Number.MAX_SAFE_INTEGER, at: end, interrupted, remarks: [] };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function advanced(head: Head): Head {
  const { value, done } = head.events.next() as IteratorResult<HistoryEvent, undefined>;
  head.next = done === true ? undefined : value;
  if (head.next) head.at = Math.max(head.at, overAt(head.next) ?? head.at);
  return head;
}

/** When an event ended. Calls have no time, so that they precede their deliveries; the ends of attempts follow them. */
function overAt(event: HistoryEvent): number | undefined {
  if (event.kind === 'exchange') return event.response?.endAt ?? event.failure?.at;
  if (event.kind === 'delivery') return event.acknowledgedAt ?? event.leftAt;
  return event.kind === 'attemptEnd' || event.kind === 'end' ? event.at : undefined;
}

/** Events with times on the listener's clock, and numbers that are unique across the histories. */
function* translated(
  events: Iterable<HistoryEvent>,
  { ms, uncertaintyMs }: ClockOffset,
  index: number,
  of: number,
): Generator<HistoryEvent> {
  for (const event of events) {
    const n = event.n * of + index;
    const at = (time: number): number => time - ms;
    if (event.kind === 'exchange') {
      const { request, response, failure } = event;
      // The earliest possible time: consequences must not seem to come before it.
      const earliest = (time: number): number => at(time) - uncertaintyMs;
      yield {
        ...event,
        n,
        request: { ...request, sentAt: earliest(request.sentAt) },
        ...(response
          ? {
              response: {
                ...response,
                headersAt: earliest(response.headersAt) - (response.unreadMs ?? 0),
                endAt: earliest(response.endAt),
              },
            }
          : {}),
        ...(failure ? { failure: { ...failure, at: earliest(failure.at) } } : {}),
      };
    } else if (event.kind === 'invitation' && event.dueAt !== undefined) {
      yield { ...event, n, dueAt: at(event.dueAt) - uncertaintyMs };
    } else if (event.kind === 'attemptEnd') {
      yield { ...event, n, at: at(event.at) + 2 * uncertaintyMs };
    } else if (event.kind === 'end') {
      yield { ...event, n, at: at(event.at) + 2 * uncertaintyMs };
    } else yield { ...event, n };
  }
}
