import type { Finding } from '../../behaviors/behavior';
import type { ContractResult } from '../../verdicts/result';
import { contractLines } from '../wording/contracts';
import { curlOf } from '../wording/curl';
import { tell, type Told } from '../wording/tell';
import { difference } from './difference';
import { markup, terms, type Markup } from './markup';
import { offset, timeline } from './timeline';
import type { Scene, Span, Wire } from './wire';

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
      : markup`<p class="quiet">The attempt ended at ${offset(scene.endedAt, start)}: all that it waited for had arrived, or its deadline had passed.</p>`;
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Timeline of ${where}">${timeline(scene, `Timeline of ${where}; the list below says the same`)}</div>
<ol class="events">${scene.spans.map((span) => spanItem(span, start, id))}</ol>${ended}${left}`;
}

/** What came over the wire around a finding, and the request that led to it. */
export function evidence(finding: Finding, id: string, wire: Wire | undefined, open: boolean): Markup | undefined {
  const scene = wire?.scene(finding);
  const request = wire?.request(finding);
  const { scenario, name } = finding.attempt;
  const where = scenario === '' ? 'the run' : `${scenario}/${name}`;
  const drawn = scene
    ? markup`<details class="wire"${open ? markup` open` : undefined}><summary>What went over the wire</summary>${sceneOf(scene, id, where)}</details>`
    : undefined;
  const command = request
    ? markup`<details class="curl"><summary>Send the request again (curl)</summary>
<p class="quiet">Set <code>INVITE_TOKEN</code> to the token that the request carried.</p>
<pre tabindex="0" role="group" aria-label="curl command">${curlOf(request)}</pre><button type="button" class="copy" hidden>Copy</button></details>`
    : undefined;
  return markup`${drawn}${command}`;
}

/** What differs: the two sides, how they differ, where it is seen, and what to fix. */
export function findingBody(finding: Finding, told: Told): Markup {
  const note = told.note === undefined ? undefined : markup`<p class="note">${told.note}</p>`;
  return markup`${difference(finding)}${note}
${terms(
  [
    ['fix', markup`<strong>${told.fix}</strong>`],
    ['at', markup`<code>${told.at}</code>`],
  ],
  'about',
)}`;
}

/** A finding of a behaviour. @param rest further findings are told in short: they mostly say the same of other attempts */
export function findingsOf(
  findings: readonly Finding[],
  behavior: string,
  wire: Wire | undefined,
  drawn: boolean,
): Markup[] {
  return findings.map((finding, i) => {
    const told = tell(finding, behavior);
    const shown = drawn && i === 0 ? evidence(finding, `event-${behavior}`, wire, false) : undefined;
    return markup`<div class="found"><p class="title">${told.title}</p>${findingBody(finding, told)}<p class="quiet">In ${inText(finding)}.</p>${shown}</div>`;
  });
}

/** Which invitation or delivery a finding is about. */
function inText({ attempt, of }: Finding): string {
  const { scenario, name, invitation, call } = attempt;
  const key = invitation ?? call ?? (scenario === '' ? 'the run as a whole' : `${scenario}/${name}`);
  return of === undefined ? key : `${key} of ${of}`;
}

/** What differs from a contract, or why it was not verified. */
export function contractSaid(contract: ContractResult): Markup | undefined {
  const lines = contractLines(contract);
  if (lines.length === 0) return undefined;
  return markup`<ul class="mismatches">${lines.map((line) => markup`<li><code>${line}</code></li>`)}</ul>`;
}
