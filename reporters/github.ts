import type { Result } from '../verdicts/result';
import {
  causeFollows,
  causeLines,
  causeTitle,
  clip,
  untestedAdvice,
  untestedText,
  untestedTitle,
  whyText,
  type Line,
} from './finding-lines';
import { docsUrl } from './links';
import { plain } from './plain';
import {
  sortedBehaviors,
  sortedContracts,
  reportedCauses,
  untestedWithoutCause,
  type ReportedCause,
} from './result-groups';
import { countsText, headline } from './verdict-words';

/** GitHub shows only the beginning of a longer message. */
const MOST_CHARACTERS = 4000;

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A workflow command of GitHub Actions, with control characters in text of the target escaped. */
function command(kind: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${kind} title=${property(plain(title))}::${data(clip(message, MOST_CHARACTERS))}`;
}

/** The number of annotations of a step that GitHub shows. */
const MOST_ANNOTATIONS = 10;

interface Annotation {
  kind: 'error' | 'warning' | 'notice';
  title: string;
  message: string;
  /** Its ids, for places that show only titles. */
  ids?: string;
}

/** Formats lines with their labels in a column, as escaped text. */
function lined(lines: readonly Line[]): string[] {
  return lines.map(([label, text]) => plain(`${label.padEnd(12)}${text}`));
}

/** The annotation of a cause: the difference, the lines about it, and its consequences. */
function causeOf(one: ReportedCause): Annotation {
  const [first] = one.behaviors;
  const lines = [
    ...causeLines(one),
    ...causeFollows(one),
    ...(first ? [['read', docsUrl(first.id)] satisfies Line] : []),
  ];
  return {
    kind: 'error',
    title: causeTitle(one),
    message: lined(lines).join('\n'),
    ids: one.behaviors.map(({ id }) => id).join(', '),
  };
}

/** One annotation per reason for untested behaviours; those that wait for a failure are listed with its cause. */
function untestedReasons(result: Result): Annotation[] {
  return untestedWithoutCause(result).map((group) => {
    const advice = untestedAdvice(group);
    const lines: Line[] = [...(advice === undefined ? [] : [['fix', advice] satisfies Line])];
    return {
      kind: group.behaviors.some(({ counted }) => counted) ? 'warning' : 'notice',
      title: `${group.behaviors.length} untested`,
      message: [plain(untestedTitle(group)), ...lined([...lines, ['not checked', untestedText(group)]])].join('\n'),
    };
  });
}

/** Failures that do not count, one annotation per kind. */
function closingNone(result: Result): Annotation[] {
  const { waived } = sortedBehaviors(result);
  const together = (title: string, lines: readonly string[]): Annotation[] =>
    lines.length === 0
      ? []
      : [{ kind: 'warning', title: `${lines.length} ${title}`, message: lines.map(plain).join('\n') }];
  return [
    ...together('waived', [
      ...waived.map((one) => `${one.id}: ${whyText(one, result.gate)}`),
      ...sortedContracts(result).waived.map(({ interaction }) => `contract: ${interaction}`),
    ]),
    ...together(
      'failed, not counted at this gate',
      reportedCauses(result)
        .filter(({ counted }) => !counted)
        .map((one) => [causeTitle(one), ...causeFollows(one).map(([label, text]) => `${label}: ${text}`)].join(' ')),
    ),
  ];
}

/** Limits the annotations to the number that GitHub shows; the last one names the others. */
function bounded(all: readonly Annotation[]): Annotation[] {
  if (all.length <= MOST_ANNOTATIONS) return [...all];
  const left = all.slice(MOST_ANNOTATIONS - 1);
  const message = `${left.map(({ title, ids = '' }) => plain(ids === '' ? title : `${title} (${ids})`)).join('\n')}\nsee the other reports`;
  return [...all.slice(0, MOST_ANNOTATIONS - 1), { kind: 'warning', title: `and ${left.length} more`, message }];
}

/**
 * Renders annotations for GitHub Actions, at most ten, because GitHub shows no more of a step: the verdict, the
 * failures that count with their consequences, the reasons for untested behaviours, and what is waived or does not
 * count.
 */
export function githubReport(result: Result): string {
  const verdict: Annotation = {
    kind: result.exitCode === 0 ? 'notice' : 'error',
    title: 'participant: invite',
    message: `${headline(result)} (exit ${result.exitCode}); ${countsText(result.behaviors)}; gate ${result.gate}`,
  };
  const all = bounded([
    verdict,
    ...reportedCauses(result)
      .filter(({ counted }) => counted)
      .map(causeOf),
    ...untestedReasons(result),
    ...closingNone(result),
  ]);
  return `${all.map(({ kind, title, message }) => command(kind, title, message)).join('\n')}\n`;
}
