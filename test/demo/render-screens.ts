/**
 * `npm run screens`: draws every screen that a customer can meet, in each language, theme and width, into test/screens/, a folder
 * that git ignores, in sheets of light beside dark. Prints what is cut off, broken or too wide; the rest is for a person to look
 * at.
 * `npm run screens -- --lang=my,pl --width=320 --only=paid` draws these only.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { languageCodes } from '#contract';
import { startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from '../support/chromium.ts';
import { after } from './sheets/after.ts';
import { cards } from './sheets/cards.ts';
import { circumstances } from './sheets/circumstances.ts';
import { codesBySms } from './sheets/codes-by-sms.ts';
import { contactSheet, type Pair } from './sheets/contact-sheet.ts';
import { entering, problems } from './sheets/entering.ts';
import { layoutFaults } from './sheets/layout-faults.ts';
import type { Screen } from './sheets/screen.ts';
import { openScreenHarness } from './sheets/screen-harness.ts';
import { transfers } from './sheets/transfers.ts';

const folder = fileURLToPath(new URL('../screens/', import.meta.url));
const sheets: Record<string, Screen[]> = {
  entering,
  problems,
  'codes-by-sms': codesBySms,
  transfers,
  cards,
  after,
  circumstances,
};
const themes = ['light', 'dark'];
/** CSS pixels, and how many pairs are in a row of the sheet. */
const pairsAt: Record<string, number> = { 320: 4, 390: 4, 1280: 2 };
/** The middle of a wide window: the amount beside the card, with some ground around both. */
const wide = 960;
/** A wide picture is made smaller in its sheet. */
const widestPicture = 720;
/** Of a window, so that a page as high as the window is drawn as it stands there. */
const heightAt = (width: number) => (width < wide ? 660 : 720);

const { values: wish } = parseArgs({
  options: { lang: { type: 'string' }, width: { type: 'string' }, only: { type: 'string' } },
});
const wanted = (all: string[], some: string | undefined) => all.filter((one) => some?.split(',').includes(one) ?? true);
const isWanted = (sheet: string, { title }: Screen) => `${sheet} ${title}`.includes(wish.only ?? '');

const demo = await startDemo({ portBase: 0 });
const browser = await launchChromium();
let flaws = 0;
try {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const language of wanted(languageCodes, wish.lang))
    for (const width of wanted(Object.keys(pairsAt), wish.width))
      for (const [sheet, screens] of Object.entries(sheets)) {
        const shown = screens.filter((screen) => isWanted(sheet, screen));
        if (shown.length === 0) continue;
        const pairs = await pairsOf(shown, language, Number(width));
        const file = `${language}-${width}-${sheet}.png`;
        await writeFile(
          folder + file,
          await contactSheet(browser, pairs, Math.min(Number(width), widestPicture), pairsAt[width] ?? 1),
        );
        console.log(file);
      }
  console.log(`${flaws} flaws that need no eye.`);
} finally {
  await browser.close();
  await demo.close();
}

async function pairsOf(screens: Screen[], language: string, width: number): Promise<Pair[]> {
  const [light = [], dark = []] = await Promise.all(themes.map((theme) => picturesOf(screens, language, theme, width)));
  return screens.map(({ title }, index) => ({ title, pictures: [light[index], dark[index]].filter((picture) => !!picture) }));
}

async function picturesOf(screens: Screen[], language: string, theme: string, width: number): Promise<Buffer[]> {
  const context = await browser.newContext({
    viewport: { width, height: heightAt(width) },
    // A phone opens the SMS app; other devices show a QR code.
    hasTouch: width < wide,
    locale: language,
    // What most customers see; the pictures themselves stand still.
    reducedMotion: 'no-preference',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const show = openScreenHarness(context, demo.urls.bff, { language, theme });
  const pictures: Buffer[] = [];
  for (const screen of screens) {
    const page = await show(screen);
    for (const flaw of await layoutFaults(page)) {
      flaws += 1;
      console.log(`  ${language} ${theme} ${width} “${screen.title}”: ${flaw}`);
    }
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const middle =
      page.viewportSize()?.width === width && width > wide ? { clip: { x: (width - wide) / 2, y: 0, width: wide, height } } : {};
    pictures.push(await page.screenshot({ fullPage: true, animations: 'disabled', ...middle }));
  }
  await context.close();
  return pictures;
}
