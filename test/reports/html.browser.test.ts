import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';
import { htmlReport } from '../../reporters/html';
import { judged, recorded } from './recorded';
import { HOSTILE_TEXT } from './samples';

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
/** For people to look at; not in the repository. */
const SCREENSHOTS = join(__dirname, '../../.invite-conformance/screenshots');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
// Two cores that others use as well: axe alone takes ten seconds then.
jest.setTimeout(90_000);

const WIDE = { width: 1180, height: 900 };
const PHONE = { width: 390, height: 844 };

const folder = mkdtempSync(join(tmpdir(), 'report-'));
const file = join(folder, 'report.html');
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing: install it with apt-get install chromium`);
  const history = recorded(HOSTILE_TEXT);
  writeFileSync(file, htmlReport(judged(history), history));
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Opens the report, does something with it, and asks what the page complained of and where it wanted to go. */
async function opened(
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
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
  await page.goto(pathToFileURL(file).href);
  await act(page);
  await context.close();
  return { complaints, requests };
}

const QUIET = { complaints: [], requests: [pathToFileURL(file).href] };
const shown = (page: Page): Promise<number> => page.locator('details.behavior:not([hidden])').count();
const counted = (page: Page): Promise<string | null> => page.locator('#count').textContent();

test('the list narrows by verdict, level, scenario and text, and says by how much', async () => {
  const quiet = await opened({}, async (page) => {
    expect(await counted(page)).toBe('81 of 81 behaviours');
    const failed = await page.locator('details.behavior.failed').count();
    for (const verdict of ['passed', 'waived', 'untested', 'notApplicable']) {
      const box = page.locator(`input[name=verdict][value=${verdict}]`);
      if ((await box.count()) > 0) await box.uncheck();
    }
    expect(await shown(page)).toBe(failed);
    expect(await counted(page)).toBe(`${failed} of 81 behaviours`);
    expect(await page.locator('section.area:not([hidden])').count()).toBeLessThan(12);
    await page.locator('input[name=level][value=stated]').uncheck();
    expect(await shown(page)).toBe(
      await page.locator('details.failed[data-level=shown], details.failed[data-level=linked]').count(),
    );
    await page.locator('button[type=reset]').click();
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

test('a behaviour opens by keyboard, and a link within the page opens one that was filtered away', async () => {
  const quiet = await opened({}, async (page) => {
    const summary = page.locator('#response\\.location > summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#response\\.location dd', { hasText: 'no Location header' }).isVisible()).toBe(true);
    expect(await page.locator('#response\\.location svg.timeline').isVisible()).toBe(true);
    await page.locator('input[name=text]').fill('zyzzyva');
    await page.locator('nav a[href="#roster.media-streams"]').click();
    await page.locator('#roster\\.media-streams[open]').waitFor();
    expect(await counted(page)).toBe('81 of 81 behaviours');
  });
  expect(quiet).toEqual(QUIET);
});

test('a payload shows what came as text, with the place at fault marked', async () => {
  const quiet = await opened({}, async (page) => {
    await page.goto(`${pathToFileURL(file).href}#completion.change-type`);
    const behavior = page.locator('#completion\\.change-type');
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
  expect({ ...quiet, requests: [...new Set(quiet.requests)] }).toEqual({
    complaints: [],
    requests: [expect.stringContaining('report.html')],
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([
    ['wide', WIDE],
    ['phone', PHONE],
  ])('%s: nothing stands out, and axe finds no serious violation', async (name, viewport) => {
    const quiet = await opened({ colorScheme, viewport, reducedMotion: 'reduce' }, async (page) => {
      const shoot = (what: string): Promise<Buffer> =>
        page.screenshot({ path: join(SCREENSHOTS, `${what}-${colorScheme}-${name}.png`) });
      await shoot('top');
      await page.locator('#coverage').scrollIntoViewIfNeeded();
      await shoot('coverage');
      await page.locator('#coverage details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      for (const one of ['.failed', '.waived', '.untested', '.passed', '#completion\\.change-type']) {
        await page.locator(`details${one}:not([open]) > summary`).first().click();
      }
      await page.locator('#completion\\.change-type button.show').first().click();
      await page.locator('#completion\\.change-type').scrollIntoViewIfNeeded();
      await shoot('behaviour');
      const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
      expect(widths).toEqual([viewport.width, viewport.width]);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
      expect(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
    expect(quiet).toEqual(QUIET);
  });
});

test('on paper, what failed is open and nothing is cut', async () => {
  const quiet = await opened({ viewport: WIDE }, async (page) => {
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details.failed:not([open])').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('details.failed[open]').count()).toBe(0);
  });
  expect(quiet).toEqual(QUIET);
});
