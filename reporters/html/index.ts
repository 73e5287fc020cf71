import { createHash } from 'node:crypto';
import type { History } from '../../history/events';
import type { Result } from '../../verdicts/result';
import { plain } from '../plain';
import { areaSection } from './behavior';
import { coverage } from './coverage';
import { loadSection } from './load';
import { embedded, markup, verbatim } from './markup';
import { areasOf, areaTable, banner, contractSection, filters, notes } from './page';
import { SCRIPT } from './script';
import { STYLE } from './style';
import { meaningOf } from '../words';
import { Wire } from './wire';

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Nothing but the page's own style and script runs, and nothing is fetched. */
const POLICY = [
  "default-src 'none'",
  `style-src ${digest(STYLE)}`,
  `script-src ${digest(SCRIPT)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * One page that needs nothing but itself: the verdict, the behaviours, what came over the wire, the page's coverage.
 * @param history the recorded run; without it no wire is shown
 */
export function htmlReport(result: Result, history?: History): string {
  const wire = history && new Wire(history);
  // Drawn first: it asks for the payloads that the page then carries.
  const areas = areasOf(result).map((area) => areaSection(area, result, wire));
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${meaningOf(result)} — ${plain(result.target)}</title>
<link rel="icon" href="data:,">
<style>${verbatim(STYLE)}</style>
</head>
<body>
<a class="skip" href="#behaviors">To the behaviours</a>
${banner(result)}
<main>
${loadSection(result)}
${areaTable(result)}
<section id="behaviors" aria-labelledby="behaviors-title" tabindex="-1"><h2 id="behaviors-title">Behaviours</h2>
${filters(result)}
<noscript><p class="quiet">Without its script the page can neither be filtered nor show payloads.</p></noscript>
${areas}
<p id="none" hidden>No behaviour matches the filters.</p></section>
${contractSection(result)}
${coverage(result)}
${notes(result)}
</main>
<footer>${result.suite.name} ${plain(result.suite.version)}</footer>
<script type="application/json" id="payloads">${embedded(wire?.shown ?? [])}</script>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`;
  return page.html;
}
