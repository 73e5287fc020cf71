import type { ContractResult, Result } from '../../verdicts/result';
import { untestedAdvice, untestedTitle } from '../finding-lines';
import { contradictionsMet, untestedWithoutCause, untestedContracts } from '../result-groups';
import { countText } from '../wording/count-text';
import { remarkText } from '../wording/reason-text';
import { contractBody, idsFolded } from './finding';
import { anchors, idLinks, markup, prose, type Markup } from './markup';

/**
 * What could not be checked for a reason other than a failure, by reason; consequences of a failure are listed with its
 * cause.
 */
export function notChecked(result: Result): Markup | undefined {
  const groups = untestedWithoutCause(result);
  const contracts = untestedContracts(result);
  if (groups.length + contracts.length === 0) return undefined;
  const items = groups.map((group) => {
    const advice = untestedAdvice(group);
    return markup`<li><p>${untestedTitle(group)}${advice === undefined ? undefined : markup`. <strong>${advice}</strong>`}</p>${idsFolded(group.behaviors)}${group.contracts.length > 0 ? contractNames(group.contracts) : undefined}</li>`;
  });
  const broken = contracts.map((group) => {
    return markup`<li>${group[0] && contractBody(group[0])}${contractNames(group)}</li>`;
  });
  const verified = [...groups.flatMap((group) => group.contracts), ...contracts.flat()];
  const counts = [
    ...(groups.length > 0 ? [countText(groups.flatMap(({ behaviors }) => behaviors).length, 'behaviour')] : []),
    ...(verified.length > 0 ? [countText(verified.length, 'contract')] : []),
  ];
  // If nothing failed, this is why the run did not succeed.
  const open = result.exitCode > 1;
  return folded(
    'not-checked',
    `${counts.join(' and ')} not checked`,
    markup`<ul class="reasons">${items}${broken}</ul>`,
    open,
  );
}

function contractNames(contracts: readonly ContractResult[]): Markup {
  const names = contracts.map(({ interaction }) => interaction);
  return markup`<p>contracts:</p>${anchors(names, 'area-contracts')}`;
}

/** A foldable part of the page. */
export function folded(id: string, title: string, content: Markup, open = false): Markup {
  return markup`<details class="part" id="${id}"${open ? markup` open` : undefined}><summary><h2>${title}</h2></summary>
${content}</details>`;
}

/** Remarks, and contradictions of the page. */
export function notes(result: Result): Markup {
  const contradictions = contradictionsMet(result).map(
    ({ id, contradiction, reading, behaviors }) =>
      markup`<li id="contradiction-${id}">${prose(contradiction)}. <em>Reading taken:</em> ${prose(reading)}. ${idLinks(behaviors)}</li>`,
  );
  const remarks = result.remarks.map((remark) => markup`<li>${remarkText(remark)}</li>`);
  // An expired or stale waiver affects the gate.
  const decides = (result.deadWaivers ?? []).length > 0;
  return markup`${remarks.length > 0 ? folded('remarks', countText(remarks.length, 'remark'), markup`<ul>${remarks}</ul>`, decides) : undefined}
${contradictions.length > 0 ? folded('contradictions', 'Where the page contradicts itself', markup`<ol class="contradictions">${contradictions}</ol>`) : undefined}`;
}
