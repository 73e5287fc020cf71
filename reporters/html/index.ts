import { createHash } from 'node:crypto';
import type { History } from '../../history/events';
import type { Result } from '../../verdicts/result';
import { areaSections } from './areas';
import { banner, titleOf } from './banner';
import { causeSection } from './cause';
import assets from './client/assets.json';
import { coverage } from './coverage';
import { loadSection } from './load-section';
import { embedded, markup, verbatim } from './markup';
import { notChecked, notes } from './notes';
import { Wire } from './wire';

const STYLE = assets.style.join('\n');
const SCRIPT = assets.script.join('\n');

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Only the page's own style and script run, and nothing is fetched. */
const POLICY = [
  "default-src 'none'",
  `style-src ${digest(STYLE)}`,
  `script-src ${digest(SCRIPT)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * Renders the result as one self-contained page: the verdict, the causes with their requests and deliveries, the
 * behaviours by area, and the coverage of the documentation.
 * @param history the recorded run; without it the page shows no requests and deliveries
 */
export function htmlReport(result: Result, history?: History): string {
  const wire = history && new Wire(history);
  // Rendered first, because they determine the payloads that the page contains.
  const causes = causeSection(result, wire);
  const areas = areaSections(result, wire);
  const { suite } = result;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${titleOf(result)}</title>
<link rel="icon" href="data:,">
<style>${verbatim(STYLE)}</style>
</head>
<body>
<a class="skip" href="#behaviors">To the behaviours</a>
${banner(result)}
<main>
${causes}
${loadSection(result)}
${notChecked(result)}
${areas}
${coverage(result)}
${notes(result)}
</main>
<footer>${suite.name} ${suite.version}, catalogue ${suite.catalogDigest}</footer>
<script type="application/json" id="payloads">${embedded(wire?.shown ?? [])}</script>
<script type="module">${verbatim(SCRIPT)}</script>
</body>
</html>
`;
  return page.html;
}
