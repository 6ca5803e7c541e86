/**
 * `npm run screens`: draws every screen and every problem, in each language, theme and width, into test/screens/, a folder that git
 * does not see: one sheet for each language and width, light beside dark. Says what is cut off or too wide; the rest is for eyes.
 * `npm run screens -- my pl` draws these languages only.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from '../support/chromium.ts';
import { openPayment, states } from '../widget/support/payment-view.ts';

const folder = fileURLToPath(new URL('../screens/', import.meta.url));
const wanted = process.argv.slice(2);
const languages = ['en', 'my', 'ru', 'uz', 'pl'].filter(
  (language) =>
    (wanted.length === 0 || wanted.includes(language)) &&
    existsSync(new URL(`../../widget/messages/${language}.ts`, import.meta.url)),
);
const themes = ['light', 'dark'] as const;
/** CSS pixels, and how many pairs stand in a row of the sheet. */
const widths: [width: number, pairs: number][] = [
  [320, 4],
  [390, 4],
  [1280, 3],
];

/** What a customer may meet while entering, beside the screens of `states`. */
const problems = [
  'code_format',
  'code_invalid',
  'code_used',
  'code_expired',
  'code_not_yet_valid',
  'code_value_too_low',
  'code_value_too_high',
  'provider_unavailable',
  'payment_processing',
  'order_conflict',
  'idempotency_conflict',
  'method_unavailable',
  'invalid_request',
  'busy',
  'internal',
] as const;
/** Why a payment may not open at all. */
const lost = ['not_found', 'unauthorized', 'internal'];

/** By a name that can be a client secret: the BFF that is pretended here tells the screen by it. */
const answers = new Map<string, { status: number; body: object }>();
const titles: string[] = [];
const add = (title: string, status: number, body: object) => answers.set(`screen-${titles.push(title) - 1}`, { status, body });
for (const [title, state] of Object.entries(states)) add(title, 200, state());
for (const code of problems) {
  const at = new Date(Date.now() + 86_400_000).toISOString();
  add(`problem: ${code}`, 200, openPayment({ problem: { code, at, ref: 'req-7Q4K19TZ' } }));
}
for (const code of lost)
  add(`does not open: ${code}`, code === 'internal' ? 500 : 404, { code, title: code, ref: 'req-7Q4K19TZ' });

const demo = await startDemo({ portBase: 0 });
const browser = await launchChromium();
let flaws = 0;
try {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const language of languages) {
    for (const [width, pairs] of widths) {
      const [light = [], dark = []] = await Promise.all(themes.map((theme) => pictures(language, theme, width)));
      await writeFile(`${folder}${language}-${width}.png`, await sheet(browser, light, dark, width, pairs));
      console.log(`${language}-${width}.png`);
    }
  }
  console.log(`${titles.length} screens, ${flaws} of them cut off or too wide.`);
} finally {
  await browser.close();
  await demo.close();
}

/** One for each title, of the plugin window, which is nothing but the checkout. */
async function pictures(language: string, theme: string, width: number): Promise<Buffer[]> {
  const context = await browser.newContext({ viewport: { width, height: 480 }, locale: language, reducedMotion: 'reduce' });
  await context.route('**/checkout?*', answer);
  await context.route('**/checkout', answer);
  const page = await context.newPage();
  const taken: Buffer[] = [];
  for (const [index, title] of titles.entries()) {
    const address = `${demo.urls.bff}/plugin/?merchant=demo&lang=${language}&theme=${theme}#screen-${index}`;
    if (index === 0) await page.goto(address);
    // Another fragment is another payment; the page stays.
    else await page.evaluate((next) => location.replace(next), address);
    await page.locator(`pay-desk[client-secret="screen-${index}"]:not([data-status=loading])`).waitFor();
    await page.evaluate(() => document.fonts.ready);
    for (const flaw of await faults(page)) {
      flaws += 1;
      console.log(`  ${language} ${theme} ${width} “${title}”: ${flaw}`);
    }
    taken.push(await page.screenshot({ fullPage: true, animations: 'disabled' }));
  }
  await context.close();
  return taken;
}

async function answer(route: Parameters<Parameters<Page['route']>[1]>[0]): Promise<void> {
  const secret = route.request().headers().authorization?.slice('Bearer '.length) ?? '';
  const { status, body } = answers.get(secret) ?? { status: 404, body: { code: 'not_found', title: 'not found', ref: '' } };
  // Whoever waits for a change waits: nothing changes here.
  if (new URL(route.request().url()).searchParams.has('wait')) return;
  await route.fulfill({
    status,
    contentType: status === 200 ? 'application/json' : 'application/problem+json',
    body: JSON.stringify(body),
  });
}

/** Text that is cut off, and a page that has to be scrolled sideways. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`${scrollWidth - clientWidth} px too wide`);
    for (const element of document.querySelector('pay-desk')?.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []) {
      const hidden = element.matches('.unseen') || getComputedStyle(element).overflowX === 'visible';
      if (!hidden && element.scrollWidth > element.clientWidth + 1)
        found.push(`cut off: ${element.localName}.${element.className} “${element.textContent?.trim().slice(0, 40)}”`);
    }
    return found;
  });
}

async function sheet(browser: Browser, light: Buffer[], dark: Buffer[], width: number, pairs: number): Promise<Buffer> {
  const scale = width > 1000 ? 0.4 : 1;
  const shown = Math.round(width * scale);
  const page = await browser.newPage({ viewport: { width: pairs * (2 * shown + 40) + 20, height: 800 } });
  const picture = (png: Buffer | undefined) =>
    `<img alt="" width="${shown}" src="data:image/png;base64,${png?.toString('base64') ?? ''}">`;
  await page.setContent(`<style>
    body { display: flex; flex-wrap: wrap; gap: 20px; margin: 20px; background: #888; font: 14px sans-serif; }
    figure { margin: 0; inline-size: ${2 * shown + 10}px; }
    div { display: flex; gap: 10px; align-items: start; }
  </style>${titles
    .map(
      (title, index) =>
        `<figure><figcaption>${title}</figcaption><div>${picture(light[index])}${picture(dark[index])}</div></figure>`,
    )
    .join('')}`);
  const png = await page.screenshot({ fullPage: true });
  await page.close();
  return png;
}
