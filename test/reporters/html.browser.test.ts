import { BEHAVIORS } from '../../behaviors/catalog';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';
import type { Finding } from '../../behaviors/behavior';
import type { BehaviorResult, Result } from '../../verdicts/result';
import { htmlReport } from '../../reporters/html';
import { judged, recorded } from './recorded';
import { goodResult, HOSTILE_TEXT, resultWith } from './samples';

const CHROMIUM = '/usr/bin/chromium';
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** The folder for screenshots of the pages, for people. */
const SCREENSHOTS = process.env['SCREENSHOTS'];
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
// On two shared cores, axe takes ten seconds for a whole report.
jest.setTimeout(90_000);

const WIDE = { width: 1180, height: 900 };
const PHONE = { width: 390, height: 844 };

const folder = mkdtempSync(join(tmpdir(), 'report-'));
const file = join(folder, 'report.html');
const none = join(folder, 'none.html');
const thirty = join(folder, 'thirty.html');
const short = join(folder, 'short.html');
let browser: Browser;

/** A result with `count` failed behaviours, each with a reason of its own. */
function failing(count: number): Result {
  const behaviors = goodResult().behaviors.map((one, i): BehaviorResult => {
    if (i >= count) return one;
    const finding: Finding = {
      fact: 'completion.client-context',
      expected: { is: 'json', value: `what was sent with invitation ${i}, whole` },
      observed: { is: 'json', value: `what was sent with invitation ${i}` },
      at: [{ event: 100 + i, part: 'body', path: `$.member${i}` }],
      attempt: { scenario: 'single', name: 'one', invitation: `single/one/${i}` },
    };
    return { ...one, verdict: 'failed', counted: true, findings: [finding] };
  });
  return shortened(resultWith(behaviors, { exitCode: count > 0 ? 1 : 0 }));
}

/** A result with only one passed behaviour in each area, because the others look the same. */
function shortened(result: Result): Result {
  const areaOf = ({ id }: BehaviorResult): string => id.split('.')[0] ?? '';
  const isFirst = (one: BehaviorResult, i: number, all: BehaviorResult[]): boolean =>
    all.findIndex((other) => areaOf(other) === areaOf(one) && other.verdict === one.verdict) === i;
  return {
    ...result,
    behaviors: result.behaviors.filter((one, i, all) => one.verdict === 'failed' || isFirst(one, i, all)),
  };
}

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing: install it with apt-get install chromium`);
  const history = recorded(HOSTILE_TEXT);
  writeFileSync(file, htmlReport(judged(history), history));
  writeFileSync(short, htmlReport(shortened(judged(history)), history));
  writeFileSync(none, htmlReport(failing(0)));
  writeFileSync(thirty, htmlReport(failing(30)));
  if (SCREENSHOTS !== undefined) mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Opens the report, acts on it, and returns the errors and the requests of the page. */
async function opened(
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
  report: string = file,
): Promise<{ complaints: string[]; requests: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(report).href);
  await act(page);
  await context.close();
  return { complaints, requests };
}

const quietly = (report: string): unknown => ({ complaints: [], requests: [pathToFileURL(report).href] });
const QUIET = quietly(file);
const shown = (page: Page): Promise<number> => page.locator('details.behavior:not([hidden])').count();
const counted = (page: Page): Promise<string | null> => page.locator('#count').textContent();

test('the list filters by verdict, level, scenario and text, and shows the count', async () => {
  const quiet = await opened({}, async (page) => {
    expect(await counted(page)).toBe(`${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours`);
    const closed = await page.locator('#area-multiple').getAttribute('open');
    const failed = await page.locator('details.behavior.failed').count();
    for (const verdict of ['passed', 'waived', 'untested', 'notApplicable']) {
      const box = page.locator(`input[name=verdict][value=${verdict}]`);
      if ((await box.count()) > 0) await box.uncheck();
    }
    expect(await shown(page)).toBe(failed);
    expect(await counted(page)).toBe(`${failed} of ${BEHAVIORS.length} behaviours`);
    expect(await page.locator('details.area:not([hidden])').count()).toBeLessThan(12);
    await page.locator('input[name=level][value=stated]').uncheck();
    expect(await shown(page)).toBe(
      await page.locator('details.failed[data-level=shown], details.failed[data-level=linked]').count(),
    );
    await page.locator('button[type=reset]').click();
    expect(await page.locator('#area-multiple').getAttribute('open')).toBe(closed);
    await page.locator('select[name=scenario]').selectOption('single');
    await page.locator('input[name=text]').fill('LOCATION header');
    expect(await page.locator('#response\\.location').isVisible()).toBe(true);
    expect(await page.locator('#request\\.route').isVisible()).toBe(false);
    await page.locator('input[name=text]').fill('zyzzyva');
    expect(await page.locator('#none').isVisible()).toBe(true);
    expect(await shown(page)).toBe(0);
  });
  expect(quiet).toEqual(QUIET);
});

test('a behaviour opens by keyboard, and a link within the page opens a filtered one', async () => {
  const quiet = await opened({}, async (page) => {
    const summary = page.locator('#response\\.location > summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#response\\.location .difference').first().isVisible()).toBe(true);
    await page.locator('input[name=text]').fill('zyzzyva');
    await page.locator('#causes a[href="#roster.media-streams"]').click();
    await page.locator('#roster\\.media-streams[open]').waitFor();
    expect(await counted(page)).toBe(`${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours`);
  });
  expect(quiet).toEqual(QUIET);
});

test('a payload shows the received text, with the place of the difference marked', async () => {
  const quiet = await opened({}, async (page) => {
    const behavior = page.locator('article', { has: page.locator('a[href="#completion.change-type"]') });
    const button = behavior.locator('button[data-event="5"]');
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const pre = behavior.locator(`[id="${await button.getAttribute('aria-controls')}"]`);
    expect(await pre.textContent()).toContain('</script></style></title><!-- <script>');
    expect(await pre.textContent()).toContain('<script>alert(1)</script><img src=x onerror=alert(2)>');
    expect(await pre.locator('mark').allTextContents()).toEqual([expect.stringMatching(/^ +"changeType": /)]);
    expect(await pre.locator('*:not(mark)').count()).toBe(0);
  });
  expect(quiet).toEqual(QUIET);
});

test('a curl command is shown, and is selected if it cannot be copied', async () => {
  const quiet = await opened({}, async (page) => {
    const curl = page.locator('#cause-1 details.curl');
    await curl.locator('summary').click();
    await curl.locator('button').click();
    expect(await curl.locator('pre').textContent()).toMatch(/^curl -i -g -X POST http:\/\/127\.0\.0\.1:1\//);
    await curl.locator('button', { hasText: /Copied|Selected/ }).waitFor();
    expect(await page.evaluate('getSelection().toString()')).toContain('"$INVITE_TOKEN"');
  });
  expect(quiet).toEqual(QUIET);
});

const REPORTS = { none, recorded: file, short, thirty };
type Name = keyof typeof REPORTS;

/** The violations that axe finds on a page. @param rules default: all */
async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) });
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`);
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
}

const opening = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));

/** Takes a screenshot, if they are wanted. */
async function shoot(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

test.each<[string, Name, typeof WIDE]>([
  ['wide', 'recorded', WIDE],
  ['phone', 'none', PHONE],
  ['phone', 'short', PHONE],
  ['phone', 'thirty', PHONE],
])('%s, %s: nothing overflows, and axe finds no violation', async (name, which, viewport) => {
  const act = async (page: Page): Promise<void> => {
    const shot = (what: string): Promise<void> => shoot(page, `${which}-${what}-light-${name}`);
    await shot('top');
    await opening(page);
    if (which === 'recorded' || which === 'short') await page.locator('#cause-1 button.show').first().click();
    await page.locator('#coverage').scrollIntoViewIfNeeded();
    await shot('coverage');
    await page.locator('#areas-title').scrollIntoViewIfNeeded();
    await shot('areas');
    const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
    expect(widths).toEqual([viewport.width, viewport.width]);
    const table = await page
      .locator('table.areas')
      .evaluate((one) => one.scrollWidth <= (one.parentElement?.clientWidth ?? 0));
    expect(table).toBe(true);
    expect(await violationsOn(page)).toEqual([]);
  };
  const report = REPORTS[which];
  const options: BrowserContextOptions = { colorScheme: 'light', viewport, reducedMotion: 'reduce' };
  expect(await opened(options, act, report)).toEqual(quietly(report));
});

// The dark style sheet changes only colours.
test.each<[Name]>([['none'], ['short']])('dark, %s: all text is readable', async (which) => {
  const act = async (page: Page): Promise<void> => {
    await shoot(page, `${which}-top-dark-phone`);
    await opening(page);
    if (which === 'short') await page.locator('#cause-1 button.show').first().click();
    const background = 'getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)';
    const isDark = await page.evaluate<boolean>(`${background}.every((part) => part < 64)`);
    expect(isDark).toBe(true);
    expect(await violationsOn(page, ['color-contrast'])).toEqual([]);
  };
  const options: BrowserContextOptions = { colorScheme: 'dark', viewport: PHONE, reducedMotion: 'reduce' };
  const report = REPORTS[which];
  expect(await opened(options, act, report)).toEqual(quietly(report));
});

test.each([
  ['recorded', file],
  ['thirty', thirty],
])("a phone's first screen shows the first cause and its difference: %s", async (_, report) => {
  await opened(
    { viewport: PHONE },
    async (page) => {
      const box = await page.locator('#cause-1 .difference .pane').first().boundingBox();
      expect((box?.y ?? Infinity) + Math.min(box?.height ?? 0, 60)).toBeLessThan(PHONE.height);
    },
    report,
  );
});

test('without its script, the page shows everything except payloads, and no control without effect', async () => {
  await opened({ javaScriptEnabled: false }, async (page) => {
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('button').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('#cause-1 .difference').isVisible()).toBe(true);
    expect(await page.locator('#cause-1 svg.timeline').isVisible()).toBe(true);
    await page.locator('#response\\.location > summary').click();
    expect(await page.locator('#response\\.location .difference').first().isVisible()).toBe(true);
    expect(await page.locator('noscript').isVisible()).toBe(true);
  });
});

test('in print, failures are open and nothing is cut off', async () => {
  const quiet = await opened({ viewport: WIDE }, async (page) => {
    const open = 'details.behavior.failed[open]';
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details.failed:not([open])').count()).toBe(0);
    expect(await page.locator('details.wire:not([open])').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator(open).count()).toBe(0);
  });
  expect(quiet).toEqual(QUIET);
});
