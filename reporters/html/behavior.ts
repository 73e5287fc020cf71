import type { BehaviorResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';
import { docsUrl } from '../links';
import { reportedCauses } from '../result-groups';
import { VERDICT_WORDS } from '../verdict-words';
import { reasonAdvice, reasonText } from '../wording/reason-text';
import { sourceOf } from './cause';
import { findingsOf } from './finding';
import { anchors, idLinks, link, markup, prose, terms, type Markup } from './markup';
import type { Wire } from './wire';

/** Every verdict has a mark as well as a colour. */
export const MARKS: Readonly<Record<Verdict, string>> = {
  passed: '✓',
  failed: '✗',
  waived: '~',
  untested: '?',
  notApplicable: '–',
  notSelected: '·',
};

export function badge(verdict: Verdict): Markup {
  return markup`<span class="badge ${verdict}"><span aria-hidden="true">${MARKS[verdict]}</span> ${VERDICT_WORDS[verdict]}</span>`;
}

function waiverOf({ waiver, waivedBy }: BehaviorResult): Markup | undefined {
  if (!waiver) return undefined;
  const waits = waivedBy ? ` It was not checked because ${waivedBy.join(', ')} failed.` : '';
  const issue = waiver.issue === undefined ? '' : ` (${waiver.issue})`;
  return markup`<p class="waiver"><strong>Waived</strong> by ${waiver.owner} until the end of ${waiver.expires}: ${waiver.reason}${issue}.${waits}</p>`;
}

/** Why it is untested: the failed behaviours that it waits for, or what was missing. */
function reasonsOf({ reasons = [], waitsFor }: BehaviorResult): Markup | undefined {
  const waits = waitsFor ? markup`<p>Not checked because of: ${idLinks(waitsFor)}</p>` : undefined;
  const items = reasons.map(({ reason, attempt: { scenario, name, invitation } }) => {
    const advice = reasonAdvice(reason);
    const where = invitation ?? (scenario === '' ? undefined : `${scenario}/${name}`);
    return markup`<li>${reasonText(reason)}${advice === undefined ? undefined : markup`. ${advice}`}${where === undefined ? undefined : markup` <code>${where}</code>`}</li>`;
  });
  return waits || items.length > 0
    ? markup`${waits}${items.length > 0 ? markup`<ul>${items}</ul>` : undefined}`
    : undefined;
}

/** One behaviour, which unfolds to its details. */
export function behaviorItem(one: BehaviorResult, result: Result, wire: Wire | undefined): Markup {
  const { id, level, verdict, counted, statement, source, scenarios, attempts } = one;
  const notes = result.contradictions.filter(({ behaviors }) => behaviors.includes(id));
  const causes = reportedCauses(result).flatMap(({ behaviors }, i) =>
    behaviors.includes(one) ? [`cause-${i + 1}`] : [],
  );
  // The cause already shows the timeline.
  const drawn = !result.causes.some(({ behaviors }) => behaviors[0] === id);
  const { passed, failed, untested } = attempts;
  const about = terms(
    [
      ...causes.map((cause) => ['cause', anchors([cause], cause)] as const),
      ['level', `${level}${counted ? '' : `; not counted at gate ${result.gate}`}`],
      ['source', sourceOf(source)],
      ['attempts', `${passed} passed, ${failed} failed, ${untested} not judged`],
      ['tried by', scenarios.join(', ') || 'nothing in this run'],
      ['read on', link(docsUrl(id), id)],
      ...notes.map(
        ({ contradiction, reading }) =>
          [
            'the page contradicts itself',
            markup`${prose(contradiction)}. <em>Reading taken:</em> ${prose(reading)}.`,
          ] as const,
      ),
    ],
    'about',
  );
  const uncounted = counted ? undefined : markup` <span class="quiet">not counted</span>`;
  const findings = verdict === 'failed' || verdict === 'waived' ? findingsOf(one.findings, id, wire, drawn) : undefined;
  return markup`<details class="behavior ${verdict}" id="${id}" data-verdict="${verdict}" data-level="${level}" data-scenarios="${scenarios.join(' ')}">
<summary>${badge(verdict)} <span class="id">${id}</span> <span class="level">${level}</span>${uncounted}<span class="statement">${prose(statement)}</span></summary>
<div class="inside">${waiverOf(one)}${reasonsOf(one)}${findings}${about}</div>
</details>`;
}
