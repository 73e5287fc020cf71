import type { History, RunEnd, StoppedRecord } from '../history/events';
import { CallParts } from '../history/call-parts';
import type { HistoryStream } from '../history/history-file';
import { catalogFor } from './edition';
import { keptUp, LoadMeasurements, type LoadResult } from './load-measurements';
import { resultFromVerdicts, type Judging, type Result } from './result';
import { RunningVerdicts } from './running-verdicts';

function remarksOf(parts: CallParts, load: LoadResult): string[] {
  const { lateCount, lateExamples, astray, cutOff } = parts;
  const more = lateCount > lateExamples.length ? ', …' : '';
  return [
    ...(keptUp(load)
      ? []
      : [
          `the rate was not reached: ${load.rate.achieved} invitations a second were sent instead of ${load.rate.offered}`,
        ]),
    ...(load.answers.throttled > 0
      ? [`${load.answers.throttled} invitations were throttled (429) even when sent again; they are not judged`]
      : []),
    ...(astray > 0 ? [`${astray} deliveries arrived at paths that belong to no call of this run`] : []),
    ...(lateCount > 0
      ? [`${lateCount} deliveries arrived after their call had ended: ${lateExamples.join('; ')}${more}`]
      : []),
    ...(cutOff > 0 ? [`${cutOff} invitations were still running when the run ended; they are not judged`] : []),
  ];
}

/**
 * Judges the history of a load run while reading it, call by call: in time proportional to its length, and memory
 * proportional to its concurrency.
 * @param more further remarks, about the merging of histories
 * @returns the result, and for the reports the events of the calls with findings
 * @throws HistoryFileError if the history is damaged
 */
export function loadResultOf(
  stream: HistoryStream,
  judging: Judging,
  more: readonly string[] = [],
): { result: Result; evidence: History } {
  const { header } = stream;
  const parts = new CallParts(header);
  const tally = new RunningVerdicts(
    header.plan.flatMap(({ tries }) => tries),
    catalogFor(header),
  );
  const measurements = new LoadMeasurements(header.load ?? { count: 0, rate: 0 });
  let end: RunEnd | undefined;
  let stopped: StoppedRecord | undefined;
  for (const event of stream.events) {
    if (event.kind === 'end') end = event;
    else if (event.kind === 'stopped') stopped = event;
    else if (event.kind === 'missing') tally.addMissing(event);
    const part = parts.take(event);
    // Calls that were open when the target stopped are not judged.
    if (!part || stopped) continue;
    tally.addPart(part);
    for (const invitation of part.run.invitations) measurements.add(invitation);
  }
  const load = measurements.result();
  const result = resultFromVerdicts(
    {
      header,
      judged: tally.judged(),
      end,
      remarks: [...more, ...remarksOf(parts, load)],
      load,
      ...(stopped ? { stopped } : {}),
    },
    judging,
  );
  return { result, evidence: { header, events: tally.evidence } };
}
