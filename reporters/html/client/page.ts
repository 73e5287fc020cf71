// The script of the page. Text from a target is only put into text nodes.

type Range = readonly [from: number, to: number];

/** Returns the element with an id that every report has. */
function known<T extends Element>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the report has no #${id}`);
}

function all<T extends Element>(selector: string, kind: new () => T): T[] {
  return [...document.querySelectorAll(selector)].filter((one): one is T => one instanceof kind);
}

const payloads = new Map(JSON.parse(known('payloads', HTMLScriptElement).text) as [number, string[]][]);
const behaviors = all('details.behavior:not(.contract)', HTMLDetailsElement);
const contracts = all('details.contract', HTMLDetailsElement);
const areas = all('details.area', HTMLDetailsElement);
const form = known('filters', HTMLFormElement);
const count = known('count', HTMLElement);
const none = known('none', HTMLElement);
const texts = new Map([...behaviors, ...contracts].map((one) => [one, one.textContent.toLowerCase()]));

// Filters

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

/** Whether the form hides something. */
function isNarrowed(data: FormData): boolean {
  const unchecked = form.querySelector('input[type=checkbox]:not(:checked)') !== null;
  return unchecked || text(data, 'text').trim() !== '' || text(data, 'scenario') !== '';
}

function filter(): void {
  const data = new FormData(form);
  const words = text(data, 'text').toLowerCase().split(/\s+/).filter(Boolean);
  const scenario = text(data, 'scenario');
  const verdicts = data.getAll('verdict');
  const levels = data.getAll('level');
  const narrowed = isNarrowed(data);
  let shown = 0;
  for (const one of behaviors) {
    const { verdict = '', level = '', scenarios = '' } = one.dataset;
    const fits =
      verdicts.includes(verdict) &&
      levels.includes(level) &&
      (scenario === '' || scenarios.split(' ').includes(scenario)) &&
      words.every((word) => texts.get(one)?.includes(word));
    one.hidden = !fits;
    if (fits) shown += 1;
  }
  for (const one of contracts) one.hidden = narrowed && !words.every((word) => texts.get(one)?.includes(word));
  for (const area of areas) {
    area.hidden = !area.querySelector('details.behavior:not([hidden])');
    area.open = narrowed || area.hasAttribute('data-open');
  }
  none.hidden = shown > 0;
  count.textContent = `${shown} of ${behaviors.length} behaviours`;
}

function openShown(open: boolean): void {
  for (const one of [...behaviors, ...contracts]) if (!open || !one.hidden) one.open = open;
  if (open) for (const area of areas) area.open = true;
}

form.hidden = false;
count.textContent = `${behaviors.length} of ${behaviors.length} behaviours`;
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(filter));
form.querySelector('[name=open]')?.addEventListener('click', () => openShown(true));
form.querySelector('[name=close]')?.addEventListener('click', () => openShown(false));

// Payloads and commands

for (const button of all('button.show, button.copy', HTMLButtonElement)) button.hidden = false;

function rangesOf(marks: string): Range[] {
  return marks
    .split(' ')
    .filter(Boolean)
    .map((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return [from, to];
    });
}

function fill(pre: HTMLElement, lines: readonly string[], marks: readonly Range[]): void {
  lines.forEach((line, i) => {
    const shown = i < lines.length - 1 ? `${line}\n` : line;
    if (marks.some(([from, to]) => i >= from && i <= to)) {
      const mark = document.createElement('mark');
      mark.textContent = shown;
      pre.append(mark);
    } else {
      pre.append(shown);
    }
  });
}

function show(button: HTMLButtonElement): void {
  const pre = known(button.getAttribute('aria-controls') ?? '', HTMLPreElement);
  const open = pre.hidden;
  pre.hidden = !open;
  button.setAttribute('aria-expanded', String(open));
  if (!open || pre.firstChild) return;
  const lines = payloads.get(Number(button.dataset['event'])) ?? ['Not in this report; the history contains it.'];
  const marks = rangesOf(button.dataset['marks'] ?? '');
  fill(pre, lines, marks);
  const first = pre.querySelector('mark');
  if (first) pre.scrollTop = Math.max(0, first.offsetTop - pre.offsetTop - 60);
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const pre = button.parentElement?.querySelector('pre');
  if (!pre) return;
  getSelection()?.selectAllChildren(pre);
  try {
    await navigator.clipboard.writeText(pre.textContent);
    button.textContent = 'Copied';
  } catch {
    // The command is selected, so that the user can copy it.
    button.textContent = 'Selected';
  }
}

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest('button');
  if (button?.matches('.show')) show(button);
  if (button?.matches('.copy')) void copy(button);
  const line = target.closest('rect.cell')?.getAttribute('data-line');
  if (line) location.hash = `line-${line}`;
});

// Places within the page

/** Shows the target of the URL's fragment: unfolds the elements around it, and resets the filter if it hides it. */
function goTo(): void {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!at) return;
  if (at.closest('[hidden]')) {
    form.reset();
    filter();
  }
  for (let one: Element | null = at; one; one = one.parentElement) {
    if (one instanceof HTMLDetailsElement) one.open = true;
  }
  at.scrollIntoView();
  const focused = at.matches('details') ? at.querySelector('summary') : at;
  focused?.focus({ preventScroll: true });
}

addEventListener('hashchange', goTo);
if (location.hash) goTo();

// Print has no clicks: unfolds what did not pass, and folds it again afterwards.

let opened: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  const wanted =
    'details.failed, details.waived, details.wire, details.spread, details.ids, details.terms, #not-checked';
  opened = all(wanted, HTMLDetailsElement).filter((one) => !one.open);
  for (const one of opened) one.open = true;
});
addEventListener('afterprint', () => {
  for (const one of opened) one.open = false;
});
