/**
 * The page's own script. What came from a target is only ever put into text nodes.
 * It needs no type stripping and no library: what stands here is what the browser runs.
 */
export const SCRIPT = String.raw`'use strict';
(() => {
  const payloads = new Map(JSON.parse(document.getElementById('payloads').textContent));
  const behaviors = [...document.querySelectorAll('details.behavior')];
  const areas = [...document.querySelectorAll('section.area')];
  const form = document.getElementById('filters');
  const count = document.getElementById('count');
  const none = document.getElementById('none');
  const texts = new Map(behaviors.map((one) => [one, one.textContent.toLowerCase()]));

  // Filters

  const chosen = (data, name) => new Set(data.getAll(name));

  function filter() {
    const data = new FormData(form);
    const words = data.get('text').toLowerCase().split(/\s+/).filter(Boolean);
    const scenario = data.get('scenario');
    const verdicts = chosen(data, 'verdict');
    const levels = chosen(data, 'level');
    let shown = 0;
    for (const one of behaviors) {
      const { verdict, level, scenarios } = one.dataset;
      const fits =
        verdicts.has(verdict) &&
        levels.has(level) &&
        (scenario === '' || scenarios.split(' ').includes(scenario)) &&
        words.every((word) => texts.get(one).includes(word));
      one.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const area of areas) area.hidden = !area.querySelector('details.behavior:not([hidden])');
    none.hidden = shown > 0;
    count.textContent = shown + ' of ' + behaviors.length + ' behaviours';
  }

  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  form.elements.open.addEventListener('click', () => {
    for (const one of behaviors) if (!one.hidden) one.open = true;
  });
  form.elements.close.addEventListener('click', () => {
    for (const one of behaviors) one.open = false;
  });

  // Payloads

  function inMarks(marks, line) {
    return marks.some(([from, to]) => line >= from && line <= to);
  }

  function fill(pre, lines, marks) {
    lines.forEach((line, i) => {
      const text = i < lines.length - 1 ? line + '\n' : line;
      if (inMarks(marks, i)) {
        const mark = document.createElement('mark');
        mark.textContent = text;
        pre.append(mark);
      } else {
        pre.append(text);
      }
    });
  }

  function show(button) {
    const pre = document.getElementById(button.getAttribute('aria-controls'));
    const open = pre.hidden;
    pre.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (!open || pre.firstChild) return;
    const lines = payloads.get(Number(button.dataset.event));
    const marks = button.dataset.marks.split(' ').filter(Boolean).map((range) => range.split('-').map(Number));
    fill(pre, lines ?? ['Not kept in this report; the history holds it.'], marks);
    const [first] = marks;
    if (first) pre.scrollTop = Math.max(0, (first[0] / Math.max(1, (lines ?? []).length)) * pre.scrollHeight - 60);
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button.show');
    if (button) show(button);
    const cell = event.target.closest('rect.cell');
    if (cell) location.hash = 'line-' + cell.dataset.line;
  });

  // Places within the page

  function goTo() {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!at) return;
    if (at.hidden || at.closest('[hidden]')) {
      form.reset();
      filter();
    }
    const details = at.closest('details');
    if (details) details.open = true;
    at.scrollIntoView();
    (at.matches('details') ? at.querySelector('summary') : at).focus({ preventScroll: true });
  }

  addEventListener('hashchange', goTo);
  if (location.hash) goTo();

  // Paper has no clicks: what did not pass is opened, and closed again afterwards.

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details.failed, details.waived, #coverage details')].filter((one) => !one.open);
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false;
  });
})();
`;
