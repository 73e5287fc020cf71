/** The page's own style: light and dark, narrow and wide, screen and paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --quiet: #59636e; --link: #0550ae;
  --passed: #116329; --passed-ground: #dafbe1; --failed: #a40e26; --failed-ground: #ffebe9;
  --waived: #7d4e00; --waived-ground: #fff8c5; --untested: #5c2db0; --untested-ground: #f4ecff;
  --notApplicable: #59636e; --notApplicable-ground: #eaeef2; --mark: #fff1a8; --bar: #6e7781;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --raised: #161b22; --line: #30363d; --text: #e6edf3; --quiet: #9aa4af; --link: #79c0ff;
    --passed: #56d364; --passed-ground: #12261e; --failed: #ff9492; --failed-ground: #2d1617;
    --waived: #e3b341; --waived-ground: #272115; --untested: #d2a8ff; --untested-ground: #211830;
    --notApplicable: #9aa4af; --notApplicable-ground: #21262d; --mark: #5c4813; --bar: #8b949e;
  }
}
* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: break-word; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
header, main, footer { max-width: 1040px; margin: 0 auto; padding: 0 20px; }
h1 { margin: 0; font-size: 34px; line-height: 1.15; letter-spacing: -0.02em; }
h2 { margin: 36px 0 10px; font-size: 20px; letter-spacing: -0.01em; }
h3 { margin: 26px 0 8px; font-size: 15px; color: var(--quiet); font-weight: 600; }
a { color: var(--link); }
code, pre, .id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 0.9em; }
code, dd, .statement { overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
[tabindex='-1']:focus-visible { outline: none; }
[hidden] { display: none !important; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 8px; background: var(--ground); padding: 6px 10px; z-index: 1; }
.quiet { color: var(--quiet); }
.banner { padding-top: 30px; padding-bottom: 0; position: relative; }
.banner .eyebrow { margin: 0 0 4px; color: var(--quiet); font-weight: 600; }
.banner .meaning { margin: 6px 0 2px; font-size: 17px; }
.banner .counts { margin: 0 0 16px; color: var(--quiet); }
.banner h1::before { content: ''; display: inline-block; width: 0.62em; height: 0.62em; border-radius: 50%; margin-right: 0.4em; background: var(--waived); }
.banner.good h1 { color: var(--passed); } .banner.good h1::before { background: var(--passed); }
.banner.bad h1 { color: var(--failed); } .banner.bad h1::before { background: var(--failed); }
.facts { display: flex; flex-wrap: wrap; gap: 10px 32px; margin: 0; padding: 14px 18px; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; }
ul.failures { margin: -6px 0 16px; }
.facts dt { font-size: 12px; color: var(--quiet); } .facts dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { font-size: 12px; color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 500; min-width: 56px; overflow-wrap: anywhere; }
.areas th, .areas td { white-space: nowrap; overflow-wrap: normal; padding-top: 3px; padding-bottom: 3px; }
.areas th:not(:first-child), .areas td { text-align: right; font-variant-numeric: tabular-nums; }
.areas tfoot th, .areas tfoot td { font-weight: 600; border-bottom: 0; }
td.none { color: var(--quiet); }
td.passed { color: var(--passed); } td.failed { color: var(--failed); font-weight: 700; } td.waived { color: var(--waived); }
td.untested { color: var(--untested); } td.notApplicable, td.notSelected { color: var(--notApplicable); }
.badge { display: inline-block; padding: 0 8px; border-radius: 999px; font-size: 12px; font-weight: 600; line-height: 20px; white-space: nowrap; }
.badge.passed { color: var(--passed); background: var(--passed-ground); } .badge.failed { color: var(--failed); background: var(--failed-ground); }
.badge.waived { color: var(--waived); background: var(--waived-ground); } .badge.untested { color: var(--untested); background: var(--untested-ground); }
.badge.notApplicable, .badge.notSelected { color: var(--notApplicable); background: var(--notApplicable-ground); }
.filters { display: flex; flex-wrap: wrap; gap: 12px 20px; align-items: end; padding: 14px 16px; margin-bottom: 8px; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; }
.filters fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 14px; }
.filters legend, .filters .text { padding: 0; font-size: 12px; color: var(--quiet); }
.filters .text { display: grid; gap: 2px; }
.filters .choice { display: inline-flex; gap: 5px; align-items: center; }
.filters input[type='search'], .filters select { min-width: 170px; height: 34px; padding: 5px 8px; font: inherit; font-size: 14px; color: var(--text); background: var(--ground); border: 1px solid var(--quiet); border-radius: 6px; }
.filters p { margin: 0; }
.filters .count { margin-left: auto; font-variant-numeric: tabular-nums; }
button { padding: 3px 10px; font: inherit; font-size: 13px; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
button:hover { border-color: var(--quiet); }
details.behavior { border: 1px solid var(--line); border-radius: 8px; margin: 6px 0; background: var(--ground); }
details.behavior.failed { border-left: 4px solid var(--failed); } details.behavior.waived { border-left: 4px solid var(--waived); }
details.behavior.untested { border-left: 4px solid var(--untested); }
summary { cursor: pointer; padding: 7px 12px; }
.behavior > summary { display: grid; grid-template-columns: 128px auto auto 1fr; gap: 2px 10px; align-items: baseline; list-style: none; }
.behavior > summary::-webkit-details-marker { display: none; }
.behavior > summary .badge { justify-self: start; }
.behavior > summary .id { font-weight: 600; }
.behavior > summary .level, .behavior > summary .quiet { font-size: 12px; color: var(--quiet); }
.behavior > summary .statement { grid-column: 2 / -1; color: var(--quiet); }
.behavior > summary:hover { background: var(--raised); border-radius: 8px; }
.inside { padding: 4px 14px 14px; border-top: 1px solid var(--line); }
.found { padding: 8px 0 14px; } .found + .found { border-top: 1px dashed var(--line); }
.finding, .about { margin: 8px 0; }
.finding > div, .about > div { display: grid; grid-template-columns: 96px 1fr; gap: 12px; padding: 3px 0; }
.about > div { font-size: 13px; grid-template-columns: 168px 1fr; }
dt { color: var(--quiet); } dd { margin: 0; }
.more > summary { padding: 6px 0; color: var(--link); }
.waiver { padding: 8px 12px; border-radius: 6px; color: var(--waived); background: var(--waived-ground); overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
svg { display: block; font: 11px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
svg text { fill: var(--text); }
.bar text { paint-order: stroke; stroke: var(--raised); stroke-width: 3px; stroke-linejoin: round; } svg .tick-name, svg .lane-name { fill: var(--quiet); font-family: system-ui, sans-serif; }
.lane { fill: var(--raised); } .tick { stroke: var(--line); } .tick-name { text-anchor: middle; }
.map .tick-name { text-anchor: end; }
.bar rect { fill: var(--bar); } .bar.target rect { fill: var(--link); } .bar.callback rect { fill: var(--passed); }
.bar.guilty rect { fill: var(--failed); } .bar.guilty text { fill: var(--failed); font-weight: 700; }
.arrow { fill: none; stroke: var(--quiet); stroke-width: 1; } .arrow.guilty { stroke: var(--failed); }
.curve { fill: none; stroke-width: 2; } .curve.queued { stroke: var(--waived); } .curve.response { stroke: var(--link); } .curve.completion { stroke: var(--passed); }
.key { display: inline-block; width: 10px; height: 10px; margin-right: 8px; border-radius: 2px; } .key.queued { background: var(--waived); } .key.response { background: var(--link); } .key.completion { background: var(--passed); }
svg .share-name { fill: var(--quiet); text-anchor: end; font-family: system-ui, sans-serif; }
.times td { font-variant-numeric: tabular-nums; }
.cell { cursor: pointer; }
.cell.passed { fill: var(--passed); } .cell.failed { fill: var(--failed); } .cell.waived { fill: var(--waived); }
.cell.untested { fill: var(--untested); } .cell.notApplicable { fill: var(--bar); }
.note { fill: var(--ground); stroke: var(--text); }
.events { list-style: none; margin: 8px 0; padding: 0; font-size: 13px; }
.events > li { padding: 3px 0; } .event { font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 12px; }
.times { color: var(--quiet); font-variant-numeric: tabular-nums; margin: 0 8px; }
.guilty-note { color: var(--failed); font-size: 12px; margin-right: 8px; }
.events pre { margin: 6px 0; padding: 10px 12px; max-height: 380px; overflow: auto; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
dd code { white-space: pre-wrap; }
mark { background: var(--mark); color: inherit; display: block; }
.inline { display: flex; flex-wrap: wrap; gap: 2px 14px; list-style: none; margin: 0; padding: 0; }
.contradictions > li { margin: 8px 0; }
footer { padding: 40px 20px; color: var(--quiet); font-size: 13px; }
@media (max-width: 640px) {
  header, main, footer { padding-left: 14px; padding-right: 14px; }
  h1 { font-size: 27px; }
  .behavior > summary { grid-template-columns: auto auto 1fr; }
  .behavior > summary .id { grid-column: 1 / -1; grid-row: 2; overflow-wrap: anywhere; }
  .behavior > summary .statement { grid-column: 1 / -1; }
  .finding > div, .about > div { grid-template-columns: 1fr; gap: 0; }
  .filters .text, .filters input[type='search'], .filters select { width: 100%; }
  .filters .count { margin-left: 0; }
}
@media print {
  :root { color-scheme: light; }
  .filters, .skip, button, noscript { display: none !important; }
  details, tr, svg { break-inside: avoid; } .behavior[open] { break-inside: auto; }
  .scroll { overflow: visible; } svg { max-width: 100%; height: auto; }
  a { color: inherit; text-decoration: none; }
}
`;
