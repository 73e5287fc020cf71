import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';
import { clip, findingText, reasonText } from './finding';
import { docsUrl } from './links';
import { plain } from './plain';
import { causesOf, sorted, sortedContracts } from './select';
import { countsText, meaningOf } from './words';

/** GitHub shows the beginning of a longer message only. */
const MOST_CHARACTERS = 4000;

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A workflow command of GitHub Actions. Text of the target's reaches it with its control characters escaped. */
function command(kind: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${kind} title=${property(plain(title))}::${data(clip(message, MOST_CHARACTERS))}`;
}

/** How many annotations GitHub shows of a step. */
const MOST_ANNOTATIONS = 10;

interface Annotation {
  kind: 'error' | 'warning' | 'notice';
  title: string;
  message: string;
}

/** What follows from a failure: the behaviours that wait for it, and the contracts that failed for it. */
function followersOf({ id }: BehaviorResult, result: Result): { waiting: string[]; contracts: string[] } {
  const { untested } = sorted(result);
  const contracts = sortedContracts(result).failed.filter(({ behaviors }) => behaviors.includes(id));
  return {
    waiting: untested.filter(({ waitsFor }) => waitsFor?.includes(id)).map((one) => one.id),
    contracts: contracts.map(({ interaction }) => plain(interaction)),
  };
}

function failureOf(one: BehaviorResult, result: Result): Annotation {
  const [first, ...more] = one.findings;
  const { waiting, contracts } = followersOf(one, result);
  const lines = [
    first ? findingText(first) : 'no finding was kept',
    ...(more.length > 0 ? [`and ${more.length} more, see the other reports`] : []),
    ...(waiting.length > 0 ? [`not checked because of it: ${waiting.join(', ')}`] : []),
    ...(contracts.length > 0 ? [`contracts that failed with it: ${contracts.join(', ')}`] : []),
    `read      ${docsUrl(one.id)}`,
  ];
  return { kind: 'error', title: `${one.id} failed`, message: lines.join('\n') };
}

/** The causes, those first that most follows from. */
function causes(result: Result): Annotation[] {
  const { failed } = sorted(result);
  const weight = (one: BehaviorResult): number => {
    const { waiting, contracts } = followersOf(one, result);
    return waiting.length + contracts.length;
  };
  const ids = new Set(failed.map(({ id }) => id));
  const others = sortedContracts(result).failed.filter(({ behaviors }) => !behaviors.some((id) => ids.has(id)));
  return [
    ...failed.toSorted((a, b) => weight(b) - weight(a)).map((one) => failureOf(one, result)),
    ...others.map(({ interaction, mismatches }) => ({
      kind: 'error' as const,
      title: `contract: ${interaction}`,
      message: mismatches.map(plain).join('\n'),
    })),
  ];
}

/** What is untested for a reason of its own, one a reason: what waits for a failure is told with that. */
function untestedReasons(result: Result): Annotation[] {
  const alone = sorted(result).untested.filter(({ waitsFor }) => waitsFor === undefined);
  return causesOf(alone).map(({ seen, hint, behaviors }) => ({
    kind: behaviors.some(({ counted }) => counted) ? 'warning' : 'notice',
    title: `${behaviors.length} untested`,
    message: `${plain(seen)}\ntry       ${plain(hint)}\nnot checked: ${behaviors.map(({ id }) => id).join(', ')}`,
  }));
}

/** What closes no gate, in one annotation a kind. */
function closingNone(result: Result): Annotation[] {
  const { waived, failedUncounted } = sorted(result);
  const contracts = sortedContracts(result);
  const said = (
    title: string,
    behaviors: readonly BehaviorResult[],
    broken: readonly ContractResult[],
  ): Annotation[] => {
    const lines = [
      ...behaviors.map((one) => `${one.id}: ${reasonText(one, result.gate)}`),
      ...broken.map(({ interaction }) => `contract: ${plain(interaction)}`),
    ];
    return lines.length === 0
      ? []
      : [{ kind: 'warning', title: `${lines.length} ${title}`, message: lines.join('\n') }];
  };
  return [
    ...said('waived', waived, contracts.waived),
    ...said('failed, not counted at this gate', failedUncounted, contracts.failedUncounted),
  ];
}

/** As many annotations as are shown; the last one names those that are left out. */
function bounded(all: readonly Annotation[]): Annotation[] {
  if (all.length <= MOST_ANNOTATIONS) return [...all];
  const left = all.slice(MOST_ANNOTATIONS - 1);
  const message = `${left.map(({ title }) => plain(title)).join('\n')}\nsee the other reports`;
  return [...all.slice(0, MOST_ANNOTATIONS - 1), { kind: 'warning', title: `and ${left.length} more`, message }];
}

/**
 * Annotations for GitHub Actions, ten at most, as GitHub shows no more of a step: the verdict, then the failures that
 * count, with what follows from each, then why something is untested, then what is waived or does not count.
 */
export function githubReport(result: Result): string {
  const verdict: Annotation = {
    kind: result.exitCode === 0 ? 'notice' : 'error',
    title: 'participant: invite',
    message: `${meaningOf(result)} (exit ${result.exitCode}); ${countsText(result.behaviors)}; gate ${result.gate}`,
  };
  const all = bounded([verdict, ...causes(result), ...untestedReasons(result), ...closingNone(result)]);
  return `${all.map(({ kind, title, message }) => command(kind, title, message)).join('\n')}\n`;
}
