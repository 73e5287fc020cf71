import type { Delivery, Exchange, History, HistoryHeader } from '../../history/events';
import { notRecorded } from '../../history/import/bodies';
import type { RecordedIn, RecordedSource, Recording } from '../../history/recording';
import { judged, type Telling } from '../support/cases';
import { aRun } from '../support/histories';

/** Made-up runs as another tool would have recorded them, and what a recording shows of a behaviour. */

/** How a recording differs from a complete one by one tool with exact times. */
export interface RecordedStory {
  id: string;
  tell: Telling;
  /** Each source, by the time of its beginning and end; null: its times are unknown. */
  sources?: readonly (readonly [from: number, until: number] | null)[];
  over?: Partial<Recording>;
  header?: Partial<HistoryHeader>;
  /** How an event differs. */
  recorded?: (event: Exchange | Delivery) => Partial<RecordedIn>;
  /** Changes an exchange or a delivery. */
  edit?: (event: Exchange | Delivery) => Exchange | Delivery;
}

function sourceOf(times: readonly [number, number] | null, at: number): RecordedSource {
  const known = times === null ? {} : { from: times[0], until: times[1] };
  return { name: `${at}.har`, kind: 'har', entries: 0, invitations: 0, notifications: 0, ...known };
}

/** A history of recorded traffic. */
export function recordedHistory({ id, tell, sources = [[0, 1e6]], ...how }: RecordedStory): History {
  const recording: Recording = {
    sources: sources.map(sourceOf),
    calls: 0,
    invitations: 0,
    notifications: 0,
    callbacks: [],
    leftOut: [],
    ...how.over,
  };
  const { header, events } = tell(aRun([id], { recording, ...how.header })).history();
  return {
    header,
    events: events.map((event) => {
      if (event.kind !== 'exchange' && event.kind !== 'delivery') return event;
      const recorded: RecordedIn = { source: 0, times: 'full', ...how.recorded?.(event) };
      const made = { ...event, recorded };
      return how.edit ? how.edit(made) : made;
    }),
  };
}

/** The verdict on a recorded story: passed, failed, or untested with what the recording lacks; `against` if it speaks against the behaviour. */
export function shown(story: RecordedStory): string {
  const { verdict, untested, doubted } = judged(recordedHistory(story), story.id);
  const lacks = untested.map(({ reason }) =>
    reason.why === 'notRecorded' ? reason.what : reason.why === 'notShown' ? reason.lacks : reason.why,
  );
  const why = verdict === 'untested' ? [...new Set(lacks)] : [];
  return [verdict, ...why, ...(doubted === true ? ['against'] : [])].join(' ');
}

/** Removes the body of a response, as a recorder that does not keep it. */
export const withoutBody = (event: Exchange | Delivery): Exchange | Delivery =>
  event.kind === 'exchange' && event.response
    ? { ...event, response: { ...event.response, body: notRecorded(event.response.headers) } }
    : event;
