import { areaOf } from '../../behaviors/catalog';
import { LEVELS } from '../../behaviors/behavior';
import type { BehaviorResult, ContractResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/verdict';
import { contractVerdict } from '../../verdicts/coverage';
import { verdictText, verdictWord } from '../wording/verdict-line';
import { plain } from '../plain';
import { contradictionsMet, sorted, triedIn } from '../select';
import { contractCounts, countsText, many, WORDS } from '../words';
import { badge } from './behavior';
import { markup, type Markup } from './markup';

const VERDICTS = Object.keys(WORDS) as Verdict[];

/** The areas that a result holds, in its order. */
export function areasOf({ behaviors }: Result): string[] {
  return [...new Set(behaviors.map(({ id }) => areaOf(id)))];
}

/** What failed and counts, to go to at once. */
function failures(result: Result): Markup | undefined {
  const { failed } = sorted(result);
  if (failed.length === 0) return undefined;
  return markup`<nav aria-label="Failed behaviours"><ul class="inline failures">${failed.map(({ id }) => markup`<li><a href="#${id}">${id}</a></li>`)}</ul></nav>`;
}

/** The verdict, and what was judged. */
export function banner(result: Result): Markup {
  const { exitCode, target, startedAt, durationMs, gate, suite } = result;
  const tried = triedIn(result);
  const kind = exitCode === 0 ? 'good' : exitCode === 1 ? 'bad' : 'open';
  const facts: [string, Markup | string][] = [
    ['Target', markup`<code>${plain(target)}</code>`],
    ['Gate', gate],
    ['Exit code', String(exitCode)],
    [
      'Began',
      markup`<time datetime="${plain(startedAt)}">${plain(startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</time>`,
    ],
    ['Took', `${(durationMs / 1000).toFixed(1)} s`],
    ['Suite', `${suite.name} ${plain(suite.version)}, catalogue ${plain(suite.catalogDigest)}`],
  ];
  return markup`<header class="banner ${kind}">
<p class="eyebrow">participant: invite</p>
<h1>${verdictWord(result)}</h1>
<p class="meaning">${plain(verdictText(result))}</p>
<p class="counts">${countsText(tried)} of ${many(tried.length, 'behaviour')}${tried.length < result.behaviors.length ? ' that were selected' : undefined}</p>
${failures(result)}
<dl class="facts">${facts.map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
</header>`;
}

/** The verdicts that the table has a column for: what nothing came to takes no room, which a phone has little of. */
function columnsOf({ behaviors }: Result): Verdict[] {
  return VERDICTS.filter((verdict) => verdict !== 'notSelected' || behaviors.some((one) => one.verdict === verdict));
}

function cells(own: readonly BehaviorResult[], columns: readonly Verdict[]): Markup[] {
  return columns.map((verdict) => {
    const count = own.filter((one) => one.verdict === verdict).length;
    return markup`<td class="${count > 0 ? verdict : 'none'}">${count > 0 ? count : '·'}</td>`;
  });
}

/** The areas with their counts. */
export function areaTable(result: Result): Markup {
  const columns = columnsOf(result);
  const rows = areasOf(result).map((area) => {
    const own = result.behaviors.filter(({ id }) => areaOf(id) === area);
    return markup`<tr><th scope="row"><a href="#area-${area}">${area}</a></th>${cells(own, columns)}<td>${own.length}</td></tr>`;
  });
  return markup`<section aria-labelledby="areas-title"><h2 id="areas-title">Areas</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Areas with their counts"><table class="areas"><thead><tr><th scope="col">area</th>${columns.map((verdict) => markup`<th scope="col">${WORDS[verdict]}</th>`)}<th scope="col">all</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">all</th>${cells(result.behaviors, columns)}<td>${result.behaviors.length}</td></tr></tfoot></table></div></section>`;
}

function choice(name: string, value: string, label: Markup | string, count: number): Markup {
  return markup`<label class="choice"><input type="checkbox" name="${name}" value="${value}" checked> ${label} <span class="quiet">${count}</span></label>`;
}

/** What the list of behaviours can be narrowed by; hidden where no script runs. */
export function filters({ behaviors }: Result): Markup {
  const scenarios = [...new Set(behaviors.flatMap((one) => one.scenarios))];
  const verdicts = VERDICTS.map((verdict) => ({ verdict, own: behaviors.filter((one) => one.verdict === verdict) }));
  return markup`<form id="filters" class="filters" role="search" aria-label="Filter the behaviours" hidden>
<label class="text">Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<label class="text">Scenario <select name="scenario"><option value="">all</option>${scenarios.map((one) => markup`<option value="${plain(one)}">${plain(one)}</option>`)}</select></label>
<fieldset><legend>Verdict</legend>${verdicts.filter(({ own }) => own.length > 0).map(({ verdict, own }) => choice('verdict', verdict, badge(verdict), own.length))}</fieldset>
<fieldset><legend>Level</legend>${LEVELS.map((level) => choice('level', level, level, behaviors.filter((one) => one.level === level).length))}</fieldset>
<p class="actions"><button type="button" name="open">Open all shown</button> <button type="button" name="close">Close all</button> <button type="reset">Reset</button></p>
<p class="count" role="status" id="count">${behaviors.length} of ${behaviors.length} behaviours</p>
</form>`;
}

function contractRow(one: ContractResult): Markup {
  const { interaction, behaviors, mismatches, counted } = one;
  const uncounted = counted === false ? markup` <span class="quiet">not counted</span>` : undefined;
  const said =
    mismatches.length > 0
      ? markup`<ul>${mismatches.map((mismatch) => markup`<li><code>${plain(mismatch)}</code></li>`)}</ul>`
      : '';
  const about = behaviors.map((id) => markup`<li><a href="#${plain(id)}">${plain(id)}</a></li>`);
  return markup`<tr><th scope="row">${plain(interaction)}</th><td>${badge(contractVerdict(one))}${uncounted}</td><td><ul class="inline">${about}</ul>${said}</td></tr>`;
}

/** The contracts' interactions, where some were verified. */
export function contractSection({ contracts }: Result): Markup | undefined {
  if (contracts.length === 0) return undefined;
  return markup`<section aria-labelledby="contracts-title"><h2 id="contracts-title">Contracts</h2><p>${contractCounts(contracts)}</p>
<div class="scroll" tabindex="0" role="group" aria-label="Contracts"><table><thead><tr><th scope="col">Interaction</th><th scope="col">Result</th><th scope="col">Behaviours and mismatches</th></tr></thead><tbody>${contracts.map(contractRow)}</tbody></table></div></section>`;
}

/** What is worth knowing and is no fault, and where the page contradicts itself. */
export function notes(result: Result): Markup {
  const met = contradictionsMet(result);
  const items = met.map(
    ({ id, contradiction, reading, behaviors }) =>
      markup`<li id="contradiction-${plain(id)}">${plain(contradiction)}. <em>Reading taken:</em> ${plain(reading)}. <ul class="inline">${behaviors.map((one) => markup`<li><a href="#${plain(one)}">${plain(one)}</a></li>`)}</ul></li>`,
  );
  const remarks = result.remarks.map((remark) => markup`<li>${plain(remark)}</li>`);
  return markup`${remarks.length > 0 ? markup`<section aria-labelledby="remarks-title"><h2 id="remarks-title">${many(remarks.length, 'remark')}</h2><ul>${remarks}</ul></section>` : undefined}
${items.length > 0 ? markup`<section aria-labelledby="contradictions-title"><h2 id="contradictions-title">Where the page contradicts itself</h2><ol class="contradictions">${items}</ol></section>` : undefined}`;
}
