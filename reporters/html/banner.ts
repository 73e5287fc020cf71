import { LEVELS } from '../../behaviors/record';
import type { Result } from '../../verdicts/result';
import { reportedCauses } from '../result-groups';
import { countText } from '../wording/count-text';
import { stoppedAdvice, stoppedText } from '../wording/stopped-text';
import { EXIT_MEANINGS, GATE_MEANINGS, LEVEL_MEANINGS } from '../wording/meanings';
import { verdictText, verdictWord } from '../wording/verdict-line';
import { markup, terms, type Markup } from './markup';

/** `FAIL: 1 cause — http://127.0.0.1:8080/v1.0`, for the tab and bookmarks. */
export function titleOf(result: Result): string {
  const causes = result.exitCode === 1 ? reportedCauses(result).filter(({ counted }) => counted).length : 0;
  const word = verdictWord(result);
  return `${causes > 0 ? `${word}: ${countText(causes, 'cause')}` : word} — ${result.target}`;
}

/** Explains the suite's own terms. */
function legend({ gate, exitCode }: Result): Markup {
  return terms(
    [
      ...LEVELS.map((level) => [`level ${level}`, LEVEL_MEANINGS[level]] as const),
      [`gate ${gate}`, GATE_MEANINGS[gate]],
      [`exit code ${exitCode}`, `${EXIT_MEANINGS[exitCode]}; it decides whether a pipeline passes`],
    ],
    'about legend',
  );
}

/** The verdict, and what was tested. */
export function banner(result: Result): Markup {
  const { exitCode, target, startedAt, durationMs, gate, suite, edition, stopped } = result;
  const kind = exitCode === 0 ? 'good' : exitCode === 1 ? 'bad' : 'open';
  const began = startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  return markup`<header class="banner ${kind}">
<h1><span class="word">${verdictWord(result)}</span> <span class="meaning">${verdictText(result)}</span></h1>
${stopped ? markup`<p>${exitCode === 4 ? undefined : `Stopped: ${stoppedText(stopped)}. `}${stoppedAdvice(stopped)}</p>` : undefined}
<p class="tested"><code>${target}</code> against the page of ${edition}, by ${suite.name} ${suite.version}, <time datetime="${startedAt}">${began}</time>, ${(durationMs / 1000).toFixed(1)} s</p>
<details class="terms"><summary>Gate: ${gate}. Exit code: ${exitCode}. <span class="quiet">What these words mean</span></summary>${legend(result)}</details>
</header>`;
}
