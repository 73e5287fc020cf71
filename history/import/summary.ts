import type { RecordedSource, Recording } from '../recording';
import type { Gathered } from './gathered';
import { timesOf } from './times';

/** The most callbacks in a summary. */
const MOST_CALLBACKS = 5;

/**
 * The summary of a recording, including traffic that is not judged.
 * @param shifts the shift of each source's times to the history's clock, ms
 */
export function summaryOf(
  gathered: Gathered,
  shifts: readonly number[],
): Pick<Recording, 'sources' | 'callbacks' | 'reserialized'> {
  const { notifications, rewritten } = gathered;
  const callbacks = [...new Set(notifications.map(({ url }) => url).filter((url) => url !== ''))];
  const sources = gathered.sources.map((source, i): RecordedSource => {
    const { name, kind, entries, invitations, notifications: count, first, last, cutOff } = source;
    const known = first !== undefined && last !== undefined && timesOf(gathered, i);
    const shift = shifts[i] ?? 0;
    return {
      name,
      kind,
      entries,
      invitations,
      notifications: count,
      ...(known ? { from: first + shift, until: last + shift } : {}),
      ...(cutOff ? { cutOff } : {}),
    };
  });
  return {
    sources,
    callbacks: callbacks.slice(0, MOST_CALLBACKS),
    ...(rewritten.yes > 0 && rewritten.no === 0 ? { reserialized: true as const } : {}),
  };
}
