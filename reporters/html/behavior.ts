import { areaOf } from '../../behaviors/catalog';
import type { Finding } from '../../behaviors/behavior';
import type { BehaviorResult, Result } from '../../verdicts/result';
import { eventsText } from '../finding';
import { docsUrl } from '../links';
import { plain } from '../plain';
import { many, WORDS } from '../words';
import { markup, type Markup } from './markup';
import { offset, timeline } from './timeline';
import type { Scene, Span, Wire } from './wire';

/** Every verdict has a mark as well as a colour. */
const MARKS: Record<BehaviorResult['verdict'], string> = {
  passed: '✓',
  failed: '✗',
  waived: '~',
  untested: '?',
  notApplicable: '–',
  notSelected: '·',
};

export function badge(verdict: BehaviorResult['verdict']): Markup {
  return markup`<span class="badge ${verdict}"><span aria-hidden="true">${MARKS[verdict]}</span> ${WORDS[verdict]}</span>`;
}

/** A list of terms, each with its text. */
function terms(entries: readonly (readonly [string, Markup | string])[], kind: string): Markup {
  return markup`<dl class="${kind}">${entries.map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function spanItem(span: Span, start: number, id: string): Markup {
  const { n, label, from, until, guilty, marks } = span;
  const lines = marks.map(([first, last]) => `${first}-${last}`).join(' ');
  const times = `${offset(from, start)} to ${offset(until, start)}`;
  const note = guilty ? markup` <strong class="guilty-note">the finding points here</strong>` : undefined;
  return markup`<li><span class="event">#${n} ${span.kind}: ${plain(label)}</span> <span class="times">${times}</span>${note}
<button type="button" class="show" data-event="${n}" data-marks="${lines}" aria-expanded="false" aria-controls="${id}-${n}">Payload of #${n}</button>
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
      : markup`<p class="quiet">The attempt was over at ${offset(scene.endedAt, start)}: all that it waited for had come, or its deadline had passed.</p>`;
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Timeline">${timeline(scene, `Timeline of ${where}; the list below says the same`)}</div>
<ol class="events">${scene.spans.map((span) => spanItem(span, start, id))}</ol>${ended}${left}`;
}

function findingOf(finding: Finding, id: string, wire: Wire | undefined): Markup {
  const { expected, seen, where, hint, events } = finding;
  const scene = wire?.scene(finding);
  const numbers = eventsText(events);
  const said = terms(
    [
      ['Expected', plain(expected)],
      ['Seen', markup`<code>${plain(seen)}</code>`],
      ['Where', `${plain(where)}${numbers && ` (${numbers})`}`],
      ['Try', plain(hint)],
    ],
    'finding',
  );
  return markup`<div class="found">${said}${scene ? sceneOf(scene, id, plain(where)) : undefined}</div>`;
}

/** The first finding, and the others folded away: they mostly say the same of other attempts. */
function findingsOf(findings: readonly Finding[], id: string, wire: Wire | undefined): Markup | undefined {
  const [first, ...more] = findings.map((finding, i) => findingOf(finding, `${id}-${i}`, wire));
  if (!first || more.length === 0) return first;
  return markup`${first}<details class="more"><summary>${many(more.length, 'more finding')}</summary>${more}</details>`;
}

function waiverOf({ waiver, waivedBy }: BehaviorResult): Markup | undefined {
  if (!waiver) return undefined;
  const waits = waivedBy ? ` It was not checked, as it waits for ${waivedBy.map(plain).join(', ')}.` : '';
  const issue = waiver.issue === undefined ? '' : ` (${plain(waiver.issue)})`;
  return markup`<p class="waiver"><strong>Waived</strong> by ${plain(waiver.owner)} until the end of ${plain(waiver.expires)}: ${plain(waiver.reason)}${issue}.${waits}</p>`;
}

/** One behaviour, which opens to all that is known about it. */
export function behaviorItem(one: BehaviorResult, result: Result, wire: Wire | undefined): Markup {
  const { id, level, verdict, counted, statement, source, scenarios, findings } = one;
  const notes = result.contradictions.filter(({ behaviors }) => behaviors.includes(id));
  const told = verdict === 'failed' || verdict === 'waived' || verdict === 'untested' ? findings : [];
  const about = terms(
    [
      ['Level', `${level}${counted ? '' : `; not counted at gate ${result.gate}`}`],
      ['Source', plain(source)],
      ['Tried by', scenarios.map(plain).join(', ') || 'nothing in this run'],
      ['Read on', markup`<a href="${docsUrl(id)}" rel="noreferrer">${id}</a>`],
      ...notes.map(({ contradiction, reading }): [string, Markup] => [
        'The page contradicts itself',
        markup`${plain(contradiction)}. <em>Reading taken:</em> ${plain(reading)}.`,
      ]),
    ],
    'about',
  );
  const uncounted = counted ? undefined : markup` <span class="quiet">not counted</span>`;
  return markup`<details class="behavior ${verdict}" id="${id}" data-verdict="${verdict}" data-level="${level}" data-scenarios="${scenarios.map(plain).join(' ')}">
<summary>${badge(verdict)} <span class="id">${id}</span> <span class="level">${level}</span>${uncounted}<span class="statement">${plain(statement)}</span></summary>
<div class="inside">${waiverOf(one)}${findingsOf(told, id, wire)}${about}</div>
</details>`;
}

/** The behaviours of an area. */
export function areaSection(area: string, result: Result, wire: Wire | undefined): Markup {
  const own = result.behaviors.filter(({ id }) => areaOf(id) === area);
  return markup`<section class="area" id="area-${area}" aria-labelledby="area-${area}-title"><h3 id="area-${area}-title">${area}</h3>
${own.map((one) => behaviorItem(one, result, wire))}</section>`;
}
