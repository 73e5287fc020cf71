import type { Result } from '../verdicts/result';
import { clip, findingText } from './finding';
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

/**
 * Annotations for GitHub Actions: an error for each failure that counts, a warning for each that is waived or does not
 * count and for each reason why something is untested; the most important first, as GitHub shows ten of a kind a step.
 */
export function githubReport(result: Result): string {
  const { failed, failedUncounted, waived, untested } = sorted(result);
  const about = ({ id, findings }: (typeof failed)[number]): string => {
    const [first, ...more] = findings;
    const rest = more.length > 0 ? `\nand ${more.length} more, see the other reports` : '';
    return `${first ? findingText(first) : 'no finding was kept'}${rest}\nread      ${docsUrl(id)}`;
  };
  const contracts = sortedContracts(result);
  const lines = [
    ...failed.map((one) => command('error', `${one.id} failed`, about(one))),
    ...contracts.failed.map((one) =>
      command('error', `contract: ${one.interaction}`, one.mismatches.map(plain).join('\n')),
    ),
    ...causesOf(untested).map(({ seen, hint, behaviors }) =>
      command(
        behaviors.some(({ counted }) => counted) ? 'warning' : 'notice',
        `${behaviors.length} untested`,
        `${plain(seen)}\ntry       ${plain(hint)}\nleaves    ${behaviors.map(({ id }) => id).join(', ')}`,
      ),
    ),
    ...[...contracts.failedUncounted, ...contracts.waived].map((one) =>
      command('warning', `contract, not counted: ${one.interaction}`, one.mismatches.map(plain).join('\n')),
    ),
    ...waived.map((one) => command('warning', `${one.id} is waived until ${one.waiver?.expires}`, about(one))),
    ...failedUncounted.map((one) => command('warning', `${one.id} failed, not counted at this gate`, about(one))),
    command(
      result.exitCode === 0 ? 'notice' : 'error',
      'participant: invite',
      `${meaningOf(result)} (exit ${result.exitCode}); ${countsText(result.behaviors)}; gate ${result.gate}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
