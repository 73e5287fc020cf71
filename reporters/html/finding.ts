import type { Finding } from '../../behaviors/behavior';
import type { BehaviorResult, ContractResult } from '../../verdicts/result';
import { idsText, MOST_IDS } from '../finding-lines';
import { countText } from '../wording/count-text';
import { contractLines } from '../wording/contract-text';
import { curlOf } from '../wording/curl';
import { findingText, type FindingText } from '../wording/finding-text';
import { difference } from './difference';
import { idLinks, markup, terms, type Markup } from './markup';
import { offset, timeline } from './timeline';
import type { Scene, Shown, Span, Wire } from './wire';

function spanItem(span: Span, start: number, id: string): Markup {
  const { n, label, from, until, guilty, marks } = span;
  const lines = marks.map(([first, last]) => `${first}-${last}`).join(' ');
  const times = `${offset(from, start)} to ${offset(until, start)}`;
  const note = guilty ? markup` <strong class="guilty-note">the finding points here</strong>` : undefined;
  return markup`<li><span class="event">#${n} ${span.kind}: ${label}</span> <span class="times">${times}</span>${note}
<button type="button" class="show" data-event="${n}" data-marks="${lines}" aria-expanded="false" aria-controls="${id}-${n}" hidden>Payload of #${n}</button>
<pre id="${id}-${n}" tabindex="0" role="group" aria-label="Payload of #${n}" hidden></pre></li>`;
}

function sceneOf(scene: Scene, id: string, where: string): Markup {
  const start = Math.min(...scene.spans.map(({ from }) => from));
  const left =
    scene.leftOut > 0
      ? markup`<p class="quiet">${scene.leftOut} more events on these calls are in the history.</p>`
      : undefined;
  const ended =
    scene.endedAt === undefined
      ? undefined
      : markup`<p class="quiet">The attempt ended at ${offset(scene.endedAt, start)}: every expected notification had arrived, or its deadline had passed.</p>`;
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Timeline of ${where}">${timeline(scene, `Timeline of ${where}; the list below says the same`)}</div>
<ol class="events">${scene.spans.map((span) => spanItem(span, start, id))}</ol>${ended}${left}`;
}

/** The requests and deliveries around a finding, and the request that led to it. */
export function evidence(shown: Shown, id: string, wire: Wire | undefined, open: boolean): Markup | undefined {
  const scene = wire?.scene(shown);
  const request = wire?.request(shown);
  const { scenario, name } = shown.attempt;
  const where = scenario === '' ? 'the run' : `${scenario}/${name}`;
  const drawn = scene
    ? markup`<details class="wire"${open ? markup` open` : undefined}><summary>Requests and deliveries</summary>${sceneOf(scene, id, where)}</details>`
    : undefined;
  const command = request
    ? markup`<details class="curl"><summary>Send the request again (curl)</summary>
<p class="quiet">Set <code>INVITE_TOKEN</code> to the token that the request carried.</p>
<pre tabindex="0" role="group" aria-label="curl command">${curlOf(request)}</pre><button type="button" class="copy" hidden>Copy</button></details>`
    : undefined;
  return markup`${drawn}${command}`;
}

/** The difference: both sides, how they differ, the place, and the fix. */
export function findingBody(finding: Finding, text: FindingText): Markup {
  return markup`${difference(finding)}${noteOf(text.note)}
${terms(
  [
    ['fix', markup`<strong>${text.fix}</strong>`],
    ['at', markup`<code>${text.at}</code>${finding.of === undefined ? undefined : ` of ${finding.of}`}`],
  ],
  'about',
)}`;
}

/**
 * The findings of a behaviour: the first in full, the others folded, because they mostly repeat it for other attempts.
 * @param drawn whether the first shows requests and deliveries
 */
export function findingsOf(
  findings: readonly Finding[],
  behavior: string,
  wire: Wire | undefined,
  drawn: boolean,
): Markup | undefined {
  const [first, ...more] = findings;
  if (!first) return undefined;
  const text = findingText(first, behavior);
  const others = more.map((finding) => {
    const { title, note, at } = findingText(finding, behavior);
    return found(
      finding,
      title,
      markup`${difference(finding)}${noteOf(note)}<p class="quiet">At <code>${at}</code></p>`,
    );
  });
  const shown = drawn ? evidence(first, `event-${behavior}`, wire, false) : undefined;
  return markup`${found(first, text.title, markup`${findingBody(first, text)}${shown}`)}${
    others.length > 0
      ? markup`<details class="more"><summary>${countText(others.length, 'more finding')}</summary>${others}</details>`
      : undefined
  }`;
}

function found(finding: Finding, title: string, content: Markup): Markup {
  return markup`<div class="found"><p class="title">${title} <span class="quiet">in ${inText(finding)}</span></p>${content}</div>`;
}

function noteOf(note: string | undefined): Markup | undefined {
  return note === undefined ? undefined : markup`<p class="note">${note}</p>`;
}

/** The invitation or delivery of a finding. */
function inText({ attempt, of }: Finding): string {
  const { scenario, name, invitation, call } = attempt;
  const key = invitation ?? call ?? (scenario === '' ? 'the whole run' : `${scenario}/${name}`);
  return of === undefined ? key : `${key} of ${of}`;
}

/** The differences from a contract, or why it was not verified. */
export function contractBody(contract: ContractResult): Markup | undefined {
  const lines = contractLines(contract);
  if (lines.length === 0) return undefined;
  return markup`<ul class="mismatches">${lines.map((line) => markup`<li><code>${line}</code></li>`)}</ul>`;
}

/** The requests and deliveries of a failed interaction, and the request that led to it. */
export function contractEvidence(
  { mismatches, attempt, result }: ContractResult,
  id: string,
  wire: Wire | undefined,
  open: boolean,
): Markup | undefined {
  if (!attempt || result !== 'failed') return undefined;
  return evidence({ at: mismatches.flatMap(({ at = [] }) => at), attempt }, id, wire, open);
}

/** Links from behaviour ids to their rows; many of them are folded under the number per area. */
export function idsFolded(behaviors: readonly BehaviorResult[]): Markup {
  const links = idLinks(behaviors.map(({ id }) => id));
  if (behaviors.length <= MOST_IDS) return links;
  return markup`<details class="ids"><summary>${idsText(behaviors)}</summary>${links}</details>`;
}
