/**
 * Takes the README's picture, demo/screenshot.png: the pay code and the receipt on a phone, in light and in dark.
 * By hand, after `npm run build:widget`: `npx node test/demo/take-screenshot.ts`.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from '../support/chromium.ts';

type Theme = 'light' | 'dark';

const themes: Theme[] = ['light', 'dark'];
const size = { width: 390, height: 704 };
const gap = 28;
/** Takes the picture when all animations have ended. */
const still = { animations: 'disabled' } as const;

const demo = await startDemo({ portBase: 0 });
const browser = await launchChromium();
try {
  const taken = { light: await phones('light', 'GOOD0001'), dark: await phones('dark', 'GOOD0002') };
  await writeFile(fileURLToPath(new URL('../../demo/screenshot.png', import.meta.url)), await sideBySide(browser, taken));
} finally {
  await browser.close();
  await demo.close();
}

/** A typed code, and the same payment paid, in the plugin window, which shows only the checkout. */
async function phones(theme: Theme, code: string): Promise<Buffer[]> {
  const page = await browser.newPage({ viewport: size, locale: 'en-GB', colorScheme: theme });
  const order = await page.request.post(new URL('/orders', demo.urls.qa).href, { data: { amount: 2500, currency: 'PLN' } });
  const { id } = (await order.json()) as { id: string };
  await page.goto(`${demo.urls.shop}/checkout/${id}?embed=plugin&lang=en&theme=${theme}`);
  const address = await page.locator('iframe').getAttribute('src');
  await page.goto(address ?? '');
  await page.getByRole('textbox').fill(code);
  const entering = await page.screenshot(still);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Paid' }).waitFor();
  const paid = await page.screenshot(still);
  await page.close();
  return [entering, paid];
}

async function sideBySide(browser: Browser, taken: Record<Theme, Buffer[]>): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 4 * size.width + 6 * gap, height: size.height + 2 * gap } });
  await page.setContent(`<style>
    body { display: flex; margin: 0; }
    div { display: flex; gap: ${gap}px; padding: ${gap}px; }
    .light { background: #f3f5f4; }
    .dark { background: #0c1210; }
    img { display: block; border-radius: 20px; }
  </style>${themes.map((theme) => `<div class="${theme}">${taken[theme].map(drawn).join('')}</div>`).join('')}`);
  return page.screenshot();
}

function drawn(picture: Buffer): string {
  return `<img alt="" src="data:image/png;base64,${picture.toString('base64')}">`;
}
