/** Draws one state as a customer sees it: the shop's checkout page in Chromium, light and dark, at one width. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ScenarioRunner } from '../../demo/page/scenario-runner.ts';
import type { CustomerState } from '../../demo/page/states/state.ts';
import { expectedScreens, frame } from '../demo/page/expected-screens.ts';
import { FrozenDemo, firstMoment } from '../golden/frozen-demo.ts';
import { inPageEnvironment, seededRandom } from '../golden/page-environment.ts';
import { runnerPageOf } from '../golden/play-state.ts';
import type { Engine } from '../support/engines.ts';
import { CheckoutInBrowser } from './checkout-in-browser.ts';
import { sameShopTexts, showSameTexts } from './same-texts.ts';

export const themes = ['light', 'dark'] as const;
/** CSS pixels. */
export const widths = [390, 1280] as const;
export type Width = (typeof widths)[number];

/** States that last while a request has no answer: here it never gets one. */
const unanswered: Readonly<Record<string, 'GET' | 'POST'>> = { loading: 'GET', 'slow-click': 'POST', 'two-tabs': 'POST' };

/** @returns PNGs, by theme. */
export async function drawState(
  browser: Browser,
  engine: Engine,
  state: CustomerState,
  width: Width,
): Promise<Map<string, Buffer>> {
  const database = await engine.create();
  const frozen = await FrozenDemo.open(database.url);
  const context = await browser.newContext({
    viewport: { width, height: width < 1000 ? 844 : 900 },
    // A phone opens the SMS app; other devices show a QR code.
    hasTouch: width < 1000,
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    reducedMotion: 'reduce',
  });
  try {
    await context.clock.setFixedTime(firstMoment);
    if (state.id === 'late-secret') await context.addInitScript(neverComes);
    await showSameTexts(context, frozen, (route) => route.request().method() === unanswered[state.id]);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const environment = { origin: frozen.origins.shop, random: seededRandom(state.id), before: () => frozen.secondPasses() };
    await inPageEnvironment(environment, () => bring(state, frozen, page));
    return await draw(page, frozen);
  } finally {
    await leave(context, frozen);
    await database.drop();
  }
}

async function leave(context: BrowserContext, frozen: FrozenDemo): Promise<void> {
  await context.close();
  await frozen.close();
}

/** The shop's page sets the client secret five seconds late. */
function neverComes(): void {
  const { setTimeout: own } = window;
  Object.assign(window, { setTimeout: (run: () => void, ms?: number) => (ms === 5_000 ? 0 : own(run, ms)) });
}

async function bring(state: CustomerState, frozen: FrozenDemo, page: Page): Promise<void> {
  const checkout = new CheckoutInBrowser(page, frozen);
  await state.show(new ScenarioRunner(runnerPageOf(state, frozen.origins.bff, checkout, (address) => checkout.show(address))));
  const [status, words, where] = expectedScreens[state.id] ?? [];
  if (!status || !words) throw new Error(`It is not known what is expectedScreens of ${state.id}`);
  const element = page.locator(`pay-desk[data-status=${status}]`);
  await page.locator('pay-desk').waitFor();
  const isSlow = status === 'loading' || state.id in unanswered;
  for (let looks = 0; !isSlow && (await element.count()) === 0 && looks < 30; looks += 1) await checkout.refresh();
  await element.waitFor();
  const shown = where === frame ? element.frameLocator('pay-card-frame iframe').locator('body') : element;
  await shown.filter({ hasText: words }).waitFor();
}

async function draw(page: Page, frozen: FrozenDemo): Promise<Map<string, Buffer>> {
  await frozen.settle();
  await orderStatusIsShown(page);
  await sameShopTexts(page);
  // Without hover and focus.
  await page.mouse.move(0, 0);
  await fitTo(page);
  let before: Map<string, Buffer> | undefined;
  for (let rounds = 0; rounds < 10; rounds += 1) {
    const round = await drawRound(page);
    if (before && themes.every((theme) => before?.get(theme)?.equals(round.get(theme) ?? Buffer.alloc(0)))) return round;
    before = round;
  }
  return before as Map<string, Buffer>;
}

/** Makes the window as high as the page, because what is out of sight may not be drawn. */
async function fitTo(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  for (let before = 0, height = 1; before !== height; ) {
    before = height;
    await atRest(page);
    height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
  }
}

/** Draws each theme twice, because a frame of another origin may be drawn a moment after its page. */
async function drawRound(page: Page): Promise<Map<string, Buffer>> {
  const pictures = new Map<string, Buffer>();
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await atRest(page);
    pictures.set(theme, await page.screenshot({ animations: 'disabled' }));
  }
  return pictures;
}

async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Waits until the shop's page shows the order's status, for which it asks its server once a second. */
async function orderStatusIsShown(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const { order } = document.body.dataset;
    const known = (await (await fetch(`/orders/${order}`)).json()) as { status: string };
    return document.querySelector<HTMLElement>('#order-status')?.dataset.status === known.status;
  });
}
