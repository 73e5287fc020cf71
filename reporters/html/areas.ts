import { areaOf } from '../../behaviors/catalog';
import { LEVELS } from '../../behaviors/record';
import type { BehaviorResult, ContractResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';
import { contractVerdict } from '../../verdicts/coverage';
import { reportedCauses } from '../result-groups';
import { countText } from '../wording/count-text';
import { VERDICT_WORDS } from '../verdict-words';
import { badge, behaviorItem, MARKS } from './behavior';
import { contractEvidence, contractBody } from './finding';
import { idLinks, markup, type Markup } from './markup';
import type { Wire } from './wire';

const VERDICTS = Object.keys(VERDICT_WORDS) as Verdict[];
/** Areas with one of these verdicts are open. */
const OPENED: readonly Verdict[] = ['failed', 'waived', 'untested'];

/** An area, or the contracts: a row of the table and a section of the list. */
interface Group {
  name: string;
  verdicts: Verdict[];
  items: Markup[];
}

function groupsOf(result: Result, wire: Wire | undefined): Group[] {
  const areas = [...new Set(result.behaviors.map(({ id }) => areaOf(id)))].map((name): Group => {
    const own = result.behaviors.filter(({ id }) => areaOf(id) === name);
    return {
      name,
      verdicts: own.map(({ verdict }) => verdict),
      items: own.map((one) => behaviorItem(one, result, wire)),
    };
  });
  const { contracts } = result;
  if (contracts.length === 0) return areas;
  // A cause already shows the timeline of its contract.
  const drawn = new Set(reportedCauses(result).flatMap((one) => (one.cause ? [] : one.contracts.slice(0, 1))));
  return [
    ...areas,
    {
      name: 'contracts',
      verdicts: contracts.map(contractVerdict),
      items: contracts.map((one, i) => contractItem(one, `contract-${i + 1}`, drawn.has(one) ? undefined : wire)),
    },
  ];
}

/** The table of areas, and the behaviours and contracts of each. */
export function areaSections(result: Result, wire: Wire | undefined): Markup {
  const groups = groupsOf(result, wire);
  return markup`<section aria-labelledby="areas-title"><h2 id="areas-title">Areas</h2>
${table(groups)}</section>
<section id="behaviors" aria-labelledby="behaviors-title" tabindex="-1"><h2 id="behaviors-title">Behaviours</h2>
${filters(result)}
<noscript><p class="quiet">Without its script the page can neither be filtered nor show payloads.</p></noscript>
${groups.map(section)}
<p id="none" hidden>No behaviour matches the filters.</p></section>`;
}

/** The table; on a phone, marks replace the verdicts in its header. Verdicts without behaviours have no column. */
function table(groups: readonly Group[]): Markup {
  const all = groups.flatMap(({ verdicts }) => verdicts);
  const columns = VERDICTS.filter((verdict) => verdict === 'passed' || all.includes(verdict));
  const heads = columns.map(
    (verdict) =>
      markup`<th scope="col"><span class="word">${VERDICT_WORDS[verdict]}</span><span class="mark" aria-hidden="true">${MARKS[verdict]}</span></th>`,
  );
  const cells = (verdicts: readonly Verdict[]): Markup[] =>
    columns.map((verdict) => {
      const count = verdicts.filter((one) => one === verdict).length;
      const share = verdict === 'passed' ? markup`<span class="of">/${verdicts.length}</span>` : undefined;
      return markup`<td class="${count > 0 ? verdict : 'none'}">${count > 0 || share ? count : '·'}${share}</td>`;
    });
  const rows = groups.map(
    ({ name, verdicts }) => markup`<tr><th scope="row"><a href="#area-${name}">${name}</a></th>${cells(verdicts)}</tr>`,
  );
  const key = columns.map((verdict) => markup`<li>${badge(verdict)}</li>`);
  return markup`<table class="areas"><thead><tr><th scope="col">area</th>${heads}</tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">all</th>${cells(all)}</tr></tfoot></table>
<ul class="inline key" aria-hidden="true">${key}</ul>`;
}

function section({ name, verdicts, items }: Group): Markup {
  const open = verdicts.some((verdict) => OPENED.includes(verdict));
  const passed = verdicts.filter((verdict) => verdict === 'passed').length;
  const others = VERDICTS.filter((verdict) => verdict !== 'passed' && verdicts.includes(verdict)).map(
    (verdict) =>
      markup` <span class="${verdict}">${verdicts.filter((one) => one === verdict).length} ${VERDICT_WORDS[verdict]}</span>`,
  );
  return markup`<details class="area" id="area-${name}"${open ? markup` open data-open` : undefined}>
<summary><h3>${name}</h3> <span class="quiet">${passed} of ${verdicts.length} passed</span>${others}</summary>
${items}</details>`;
}

function choice(name: string, value: string, label: Markup | string, count: number): Markup {
  return markup`<label class="choice"><input type="checkbox" name="${name}" value="${value}" checked> ${label} <span class="quiet">${count}</span></label>`;
}

/** The filters of the list of behaviours; hidden without the script. */
function filters({ behaviors }: Result): Markup {
  const scenarios = [...new Set(behaviors.flatMap((one) => one.scenarios))];
  const having = (holds: (one: BehaviorResult) => boolean): number => behaviors.filter(holds).length;
  const verdicts = VERDICTS.filter((verdict) => behaviors.some((one) => one.verdict === verdict));
  return markup`<form id="filters" class="filters" role="search" aria-label="Filter the behaviours" hidden>
<label class="text">Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<label class="text">Scenario <select name="scenario"><option value="">all</option>${scenarios.map((one) => markup`<option value="${one}">${one}</option>`)}</select></label>
<fieldset><legend>Verdict</legend>${verdicts.map((verdict) =>
    choice(
      'verdict',
      verdict,
      badge(verdict),
      having((one) => one.verdict === verdict),
    ),
  )}</fieldset>
<fieldset><legend>Level</legend>${LEVELS.map((level) =>
    choice(
      'level',
      level,
      level,
      having((one) => one.level === level),
    ),
  )}</fieldset>
<p class="actions"><button type="button" name="open">Open all shown</button> <button type="button" name="close">Close all</button> <button type="reset">Reset</button></p>
<p class="count" role="status" id="count">${countText(behaviors.length, 'behaviour')}</p>
</form>`;
}

/** @param wire undefined: without requests and deliveries */
function contractItem(one: ContractResult, id: string, wire: Wire | undefined): Markup {
  const { interaction, behaviors, counted, consumer, pending } = one;
  const verdict = contractVerdict(one);
  const notes = [
    ...(consumer === undefined ? [] : [`contract of ${consumer}`]),
    ...(pending ? ['pending'] : []),
    ...(counted === false ? ['not counted'] : []),
  ].join(', ');
  return markup`<details class="behavior contract ${verdict}">
<summary>${badge(verdict)} <span class="id">${interaction}</span> <span class="quiet">${notes}</span></summary>
<div class="inside">${contractBody(one)}${contractEvidence(one, id, wire, false)}<p class="quiet">${behaviors.length > 0 ? 'It covers:' : 'It covers no behaviour.'}</p>${idLinks(behaviors)}</div>
</details>`;
}
