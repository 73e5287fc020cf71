import type { Origin } from '../../behaviors/source';
import type { Cause } from '../../verdicts/causes';
import type { Result } from '../../verdicts/result';
import { causeTitle } from '../finding-lines';
import { reportedCauses, type ReportedCause } from '../result-groups';
import { countText } from '../wording/count-text';
import { findingText } from '../wording/finding-text';
import { contractEvidence, contractBody, evidence, findingBody, idsFolded } from './finding';
import { anchors, link, markup, prose, terms, type Content, type Markup } from './markup';
import type { Wire } from './wire';

/** The number of causes whose requests and deliveries are unfolded; those of the others are folded. */
const MOST_OPEN = 3;

/** The source of a behaviour, with links to the documentation. */
export function sourceOf({ page, linked }: Origin): Markup {
  const own = page
    ? markup`${link(page.url, page.name)}, ${page.lines.length === 1 ? 'line' : 'lines'} ${page.lines.join(', ')}`
    : undefined;
  const other = linked ? link(linked.url, linked.name) : undefined;
  return markup`${own}${own && other ? '; linked: ' : other ? 'linked: ' : ''}${other}`;
}

/** `6 of 15 attempts: single/one/1 and 5 more`, which unfolds to all known ones. */
function spreadOf({ attempts, shownIn }: Cause): Markup {
  const { failed, tried } = attempts;
  const [first = '', ...more] = shownIn;
  const where = markup`${tried > 1 ? `${failed} of ${countText(tried, 'attempt')}: ` : undefined}<code>${first}</code>`;
  if (more.length === 0) return where;
  const others = more.map((key, i) => markup`${i > 0 ? ', ' : undefined}<code>${key}</code>`);
  return markup`<details class="spread"><summary>${where} and ${more.length} more</summary>${others}</details>`;
}

/** Where a cause shows, and what the documentation says there. */
function aboutOf({ cause, behaviors }: ReportedCause): Markup {
  const [first] = behaviors;
  const source: [string, Content][] = first
    ? [
        ['source', markup`${sourceOf(first.source)} <span class="quiet">(${first.level})</span>`],
        ['behaviour', prose(first.statement)],
      ]
    : [];
  return terms([...(cause ? [['in', spreadOf(cause)] as const] : []), ...source], 'about');
}

/** What failed because of a cause, and what could not be checked because of it. */
function followsOf({ behaviors, contracts, notChecked }: ReportedCause): Markup {
  const rows: [string, Content][] = [
    ['failed', idsFolded(behaviors)],
    ['not checked because of it', idsFolded(notChecked)],
    [
      'contracts',
      anchors(
        contracts.map(({ interaction }) => interaction),
        'area-contracts',
      ),
    ],
  ];
  const counts = [behaviors.length, notChecked.length, contracts.length];
  return terms(
    rows.filter((_, i) => (counts[i] ?? 0) > 0),
    'follows',
  );
}

/** One cause: the difference, then the requests and deliveries, then the consequences. */
function card(one: ReportedCause, i: number, { gate }: Result, wire: Wire | undefined): Markup {
  const { cause, behaviors, contracts, counted } = one;
  const id = `cause-${i + 1}`;
  const uncounted = counted ? undefined : markup` <span class="quiet">not counted at gate ${gate}</span>`;
  const difference = cause
    ? findingBody(cause.finding, findingText(cause.finding, behaviors[0]?.id ?? ''))
    : contracts[0] && contractBody(contracts[0]);
  return markup`<article class="cause${counted ? undefined : ' uncounted'}" id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<h3 id="${id}-title"><span class="number">${i + 1}</span> ${causeTitle(one)}${uncounted}</h3>
${difference}
${aboutOf(one)}
${cause ? evidence(cause.finding, id, wire, i < MOST_OPEN) : contracts[0] && contractEvidence(contracts[0], id, wire, i < MOST_OPEN)}
${followsOf(one)}
</article>`;
}

/** The causes of failed behaviours and contracts, one card each. */
export function causeSection(result: Result, wire: Wire | undefined): Markup | undefined {
  const causes = reportedCauses(result);
  if (causes.length === 0) return undefined;
  const title = causes.some(({ counted }) => counted) ? 'What failed' : 'Failed, not counted';
  return markup`<section id="causes" aria-labelledby="causes-title"><h2 id="causes-title">${title}</h2>
${causes.map((one, i) => card(one, i, result, wire))}</section>`;
}
