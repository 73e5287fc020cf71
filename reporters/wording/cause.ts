import type { Level } from '../../behaviors/behavior';
import { EDITION } from '../../behaviors/edition';
import type { Origin } from '../../behaviors/source';
import type { Cause } from '../../verdicts/causes';
import { countText } from './count-text';

/** The number of named invitations in which a cause shows. */
const MOST_NAMED = 8;

/** The unit of a cause's attempts: invitations or notifications. */
function unitOf({ finding }: Pick<Cause, 'finding'>): string {
  return finding.attempt.invitation === undefined ? 'notification' : 'invitation';
}

/** `1 of 27 invitations: multiple/two/1`: how often a cause shows, and where. */
export function shownInText(cause: Pick<Cause, 'attempts' | 'shownIn' | 'finding'>): string {
  const { attempts, shownIn } = cause;
  const left = Math.max(shownIn.length, attempts.failed) > MOST_NAMED ? ', …' : '';
  return `${attempts.failed} of ${countText(attempts.tried, unitOf(cause))}: ${shownIn.slice(0, MOST_NAMED).join(', ')}${left}`;
}

/** `line 169`, `lines 25, 26`; the section for a page without known lines. */
function linesText({ lines, section = '' }: Pick<NonNullable<Origin['page']>, 'lines' | 'section'>): string {
  return lines.length === 0 ? section : `line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}`;
}

/** `participant-invite, line 169`; with the edition, unless it is the default one. */
export function originText({ page, linked }: Origin): string {
  const edition = page === undefined || page.edition === EDITION ? '' : ` of ${page.edition}`;
  const lines = page === undefined ? [] : [`${page.name}${edition}, ${linesText(page)}`];
  return [...lines, ...(linked === undefined ? [] : [linked.name])].join('; ');
}

/** The URL of the source: the page, or the page that it links to. */
export function originUrl({ page, linked }: Origin): string {
  return page?.url ?? linked?.url ?? '';
}

/** `participant-invite, line 169 (shown)` */
export function sourceText(source: Origin, level: Level): string {
  return `${originText(source)} (${level})`;
}
