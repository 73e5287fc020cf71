import type { Origin } from '../../behaviors/source';
import type { Cause } from '../../verdicts/causes';
import type { BehaviorResult, Result } from '../../verdicts/result';
import { tell } from '../wording/tell';
import { many } from '../words';
import { evidence, findingBody } from './finding';
import { anchors, idLinks, link, markup, prose, terms, type Markup } from './markup';
import type { Wire } from './wire';

/** How many causes show at once what went over the wire: the others open. */
const MOST_OPEN = 3;

/** Where the documentation says what a behaviour says, with its public address. */
export function sourceOf({ page, linked }: Origin): Markup {
  const own = page
    ? markup`${link(page.url, page.name)}, ${page.lines.length === 1 ? 'line' : 'lines'} ${page.lines.join(', ')}`
    : undefined;
  const other = linked ? link(linked.url, linked.name) : undefined;
  return markup`${own}${own && other ? '; linked: ' : other ? 'linked: ' : ''}${other}`;
}

/** `in 6 of 15 attempts`, with the first of them. */
function spreadOf({ attempts, shownIn }: Cause): Markup {
  const { failed, tried } = attempts;
  const keys = shownIn.map((key, i) => markup`${i > 0 ? ', ' : ''}<code>${key}</code>`);
  const [first, ...more] = keys;
  const rest =
    more.length > 0 ? markup`<details class="spread"><summary>all that show it</summary>${keys}</details>` : undefined;
  return markup`${tried > 1 ? `${failed} of ${many(tried, 'attempt')}: ` : ''}${first}${more.length > 0 ? ` and ${more.length} more` : ''}${rest}`;
}

/** One cause: the difference first, then what went over the wire, then what follows from it. */
function card(cause: Cause, i: number, result: Result, wire: Wire | undefined): Markup {
  const { id, behaviors, contracts, notChecked, finding } = cause;
  const [first = ''] = behaviors;
  const told = tell(finding, first);
  const own = result.behaviors.find((one) => one.id === first);
  const counted = countedIn(cause, result.behaviors);
  const uncounted = counted ? undefined : markup` <span class="quiet">not counted at gate ${result.gate}</span>`;
  const about = terms(
    [
      ['in', spreadOf(cause)],
      ...(own
        ? [
            ['source', markup`${sourceOf(own.source)} <span class="quiet">(${own.level})</span>`] as const,
            ['behaviour', prose(own.statement)] as const,
          ]
        : []),
    ],
    'about',
  );
  const follows = terms(
    [
      ['failed', idLinks(behaviors)],
      ...(notChecked.length > 0 ? [['not checked because of it', idLinks(notChecked)] as const] : []),
      ...(contracts.length > 0 ? [['contracts', anchors(contracts, 'area-contracts')] as const] : []),
    ],
    'follows',
  );
  return markup`<article class="cause${counted ? '' : ' uncounted'}" id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<h3 id="${id}-title"><span class="number">${i + 1}</span> ${told.title}${uncounted}</h3>
${findingBody(finding, told)}
${about}
${evidence(finding, id, wire, i < MOST_OPEN)}
${follows}
</article>`;
}

/** Whether the gate counts a behaviour that fails by a cause. */
function countedIn({ behaviors }: Cause, all: readonly BehaviorResult[]): boolean {
  return all.some(({ id, counted }) => counted && behaviors.includes(id));
}

/** The causes that count. */
export function countedCauses({ causes, behaviors }: Result): Cause[] {
  return causes.filter((cause) => countedIn(cause, behaviors));
}

/** Why behaviours failed, a card a cause. */
export function causeSection(result: Result, wire: Wire | undefined): Markup | undefined {
  const { causes } = result;
  if (causes.length === 0) return undefined;
  const counted = countedCauses(result).length;
  const title = counted > 0 ? 'What failed' : 'What failed and does not count';
  return markup`<section id="causes" aria-labelledby="causes-title"><h2 id="causes-title">${title}</h2>
${causes.map((cause, i) => card(cause, i, result, wire))}</section>`;
}
