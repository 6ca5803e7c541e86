/** Shows screens in the plugin window, which has only the checkout, with a simulated BFF. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { Answer, Screen } from './screen.ts';

export interface Look {
  language: string;
  theme: string;
}

/** @returns A function that shows a screen and resolves with its page when it does not change any more. */
export function openScreenHarness(
  context: BrowserContext,
  bff: string,
  { language, theme }: Look,
): (screen: Screen) => Promise<Page> {
  const window = new URL(`/plugin/?merchant=demo&lang=${language}&theme=${theme}`, bff).href;
  let page: Page | undefined;
  let shown: Screen = { title: '' };
  let reads = 0;
  let secrets = 0;

  return async (screen) => {
    // Only a screen without any act leaves the page reusable.
    const fresh = !page || !isPlain(screen) || !isPlain(shown);
    shown = screen;
    reads = 0;
    secrets += 1;
    const address = `${window}${screen.query === undefined ? `#cs_${secrets}` : `&${screen.query}`}`;
    if (fresh) {
      await page?.close();
      page = await newPage(screen);
      await page.goto(address);
    } else await page?.evaluate((next) => location.replace(next), address);
    if (!page) throw new Error('there is no page');
    await page
      .locator(arrived(screen, `cs_${secrets}`))
      .first()
      .waitFor();
    if (screen.opens !== 'none') await page.locator('pay-desk .bone').first().waitFor({ state: 'detached' });
    if (!screen.without) await page.locator(`:is(${comeLater}):not(:defined)`).first().waitFor({ state: 'detached' });
    await screen.act?.(page);
    await page.evaluate(() => document.fonts.ready);
    return page;
  };

  async function newPage(screen: Screen): Promise<Page> {
    const page = await context.newPage();
    // Nothing may be printed.
    await page.addInitScript(() => Object.assign(globalThis, { print() {} }));
    await screen.prepare?.(page);
    if (screen.without) await page.route(`**/chunks/${screen.without}-*`, (route) => route.abort());
    await page.route(/\/checkout(\/|\?|$)/, (route) => {
      const { opens = 'none', later } = shown;
      // A long poll gets no answer, because nothing changes here.
      const waits = new URL(route.request().url()).searchParams.has('wait');
      return give(route, reads++ === 0 ? opens : (later ?? (waits ? 'none' : opens)));
    });
    return page;
  }
}

/** Lazy forms and parts, which the picture must include. */
const comeLater = 'pay-copy-row, pay-discount, pay-code-options, pay-sms-form, pay-wallet-form, pay-card-form';

const isPlain = ({ title, opens, later, act, without, query }: Screen) =>
  title !== '' && typeof opens === 'object' && !later && !act && !without && query === undefined;

function arrived({ opens, query }: Screen, secret: string): string {
  if (query !== undefined) return opens === 'none' ? '.mark.bone' : '.notice';
  const desk = `pay-desk[client-secret="${secret}"]`;
  return opens === 'none' ? `${desk} .bone` : `${desk}:not([data-status=loading])`;
}

async function give(route: Route, answer: Answer | 'none' | 'lost'): Promise<void> {
  if (answer === 'none') return;
  if (answer === 'lost') return route.abort();
  const { status, body } = answer;
  const contentType = status === 200 ? 'application/json' : 'application/problem+json';
  await route.fulfill({ status, contentType, body: JSON.stringify(body) });
}
