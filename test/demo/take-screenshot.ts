/**
 * `npm run screenshot`: takes the README's picture, demo/screenshot.png. Three phones, one for each way to pay, in light and in dark.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from '../support/chromium.ts';

interface Phone {
  theme: 'light' | 'dark';
  /** In minor units. */
  amount: number;
  currency: string;
  /** What the customer does before the picture is taken. */
  act(page: Page): Promise<void>;
}

const phones: readonly Phone[] = [
  {
    theme: 'light',
    amount: 2500,
    currency: 'PLN',
    act: (page) => page.getByRole('textbox').fill('GOOD0001'),
  },
  {
    theme: 'light',
    amount: 600_000,
    currency: 'MMK',
    async act(page) {
      await page.getByRole('button', { name: 'Wave Pay' }).click();
      await page.getByRole('textbox', { name: 'Transaction number' }).waitFor();
    },
  },
  {
    theme: 'dark',
    amount: 500_000,
    currency: 'UZS',
    async act(page) {
      // Where a card is the first way to pay there is nothing to choose.
      const [card, number] = [page.locator('input[value=card]'), page.getByRole('textbox', { name: 'Card number' })];
      await card.or(number).first().waitFor({ state: 'attached' });
      if (await card.count()) await card.check();
      await number.fill('8600 0691 9540 6311');
      await page.getByRole('textbox', { name: 'Expires' }).fill('03/99');
    },
  },
];
const size = { width: 390, height: 844 };
const gap = 28;

const demo = await startDemo({ portBase: 0 });
const browser = await launchChromium();
try {
  const pictures: Buffer[] = [];
  for (const phone of phones) pictures.push(await pictureOf(phone));
  await writeFile(fileURLToPath(new URL('../../demo/screenshot.png', import.meta.url)), await sideBySide(browser, pictures));
} finally {
  await browser.close();
  await demo.close();
}

/** The plugin window, which shows only the checkout. */
async function pictureOf({ theme, amount, currency, act }: Phone): Promise<Buffer> {
  const page = await browser.newPage({ viewport: size, locale: 'en-GB', colorScheme: theme });
  const order = await page.request.post(new URL('/orders', demo.urls.qa).href, { data: { amount, currency } });
  const { id } = (await order.json()) as { id: string };
  await page.goto(`${demo.urls.shop}/checkout/${id}?embed=plugin&lang=en&theme=${theme}`);
  const address = await page.locator('iframe').getAttribute('src');
  await page.goto(address ?? '');
  await act(page);
  await page.evaluate(() => scrollTo(0, 0));
  // When all animations have ended.
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await page.close();
  return picture;
}

async function sideBySide(browser: Browser, pictures: readonly Buffer[]): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 3 * (size.width + 2 * gap), height: size.height + 2 * gap } });
  const columns = pictures.map(
    (picture, at) =>
      `<div class="${phones[at]?.theme}"><img alt="" src="data:image/png;base64,${picture.toString('base64')}"></div>`,
  );
  await page.setContent(`<style>
    body { display: flex; margin: 0; }
    div { padding: ${gap}px; }
    .light { background: #f3f5f4; }
    .dark { background: #0c1210; }
    img { display: block; border-radius: 20px; }
  </style>${columns.join('')}`);
  return page.screenshot();
}
