import { JUDGED } from '../../verdicts/gate';
import type { BehaviorResult, Result } from '../../verdicts/result';
import { many } from '../words';
import { reasonAdvice, reasonText, remarkText } from '../wording/reasons';
import { idLinks, markup, prose, type Markup } from './markup';

/** What could not be checked for a reason of its own, by the reason; what waits for a failure stands with its cause. */
export function notChecked({ behaviors, exitCode }: Result): Markup | undefined {
  const groups = new Map<string, { advice: string | undefined; own: BehaviorResult[] }>();
  for (const one of behaviors.filter(({ verdict, waitsFor }) => verdict === 'untested' && !waitsFor)) {
    const [first] = one.reasons ?? [];
    const text = first ? reasonText(first.reason) : 'no reason was kept';
    const group = groups.get(text) ?? { advice: first && reasonAdvice(first.reason), own: [] };
    group.own.push(one);
    groups.set(text, group);
  }
  if (groups.size === 0) return undefined;
  const items = [...groups].map(
    ([text, { advice, own }]) =>
      markup`<li><p>${text}${advice === undefined ? undefined : markup`. <strong>${advice}</strong>`}</p>${idLinks(own.map(({ id }) => id))}</li>`,
  );
  const count = [...groups.values()].reduce((sum, { own }) => sum + own.length, 0);
  // Where nothing failed, this is why the run is no success.
  return folded(
    'not-checked',
    `${many(count, 'behaviour')} not checked`,
    markup`<ul class="reasons">${items}</ul>`,
    exitCode > 1,
  );
}

/** A part of the page that is opened where it is wanted. */
export function folded(id: string, title: string, content: Markup, open = false): Markup {
  return markup`<details class="part" id="${id}"${open ? markup` open` : undefined}><summary><h2>${title}</h2></summary>
${content}</details>`;
}

/** Remarks, and where the page contradicts itself. */
export function notes(result: Result): Markup {
  const judged = new Set(result.behaviors.filter(({ verdict }) => JUDGED.includes(verdict)).map(({ id }) => id));
  const met = result.contradictions.filter(({ behaviors }) => behaviors.some((id) => judged.has(id)));
  const contradictions = met.map(
    ({ id, contradiction, reading, behaviors }) =>
      markup`<li id="contradiction-${id}">${prose(contradiction)}. <em>Reading taken:</em> ${prose(reading)}. ${idLinks(behaviors)}</li>`,
  );
  const remarks = result.remarks.map((remark) => markup`<li>${remarkText(remark)}</li>`);
  // A waiver that has expired or is stale decides something.
  const decides = (result.deadWaivers ?? []).length > 0;
  return markup`${remarks.length > 0 ? folded('remarks', many(remarks.length, 'remark'), markup`<ul>${remarks}</ul>`, decides) : undefined}
${contradictions.length > 0 ? folded('contradictions', 'Where the page contradicts itself', markup`<ol class="contradictions">${contradictions}</ol>`) : undefined}`;
}
