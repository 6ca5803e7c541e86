/** Chromium by the DevTools protocol, and Firefox by WebDriver BiDi. */
import { existsSync } from 'node:fs';
import puppeteer, { type Frame, type Page } from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../support/find-chromium.ts';
import { scaledTimeout } from '../support/load-factor.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Engine, Tab } from './engine.ts';
import { deepFind } from './in-page.ts';

const firefoxPlaces = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

function find(name: 'Chromium' | 'Firefox'): string | undefined {
  if (name === 'Firefox') return process.env.FIREFOX_PATH || firefoxPlaces.find((place) => existsSync(place));
  try {
    return findChromium();
  } catch {
    return undefined;
  }
}

export function puppeteerEngine(name: 'Chromium' | 'Firefox'): Engine {
  const executablePath = find(name);
  const [browser, variable, debian] =
    name === 'Firefox'
      ? (['firefox', 'FIREFOX_PATH', 'firefox-esr'] as const)
      : (['chrome', 'CHROME_PATH', 'chromium-headless-shell'] as const);
  return {
    name,
    missing: executablePath ? null : `there is none; name it by ${variable}, or on Debian: apt-get install ${debian}`,
    async launch() {
      const launched = await puppeteer.launch({
        browser,
        executablePath: executablePath ?? '',
        args: name === 'Chromium' ? chromiumArgs : [],
        defaultViewport: { width: 900, height: 1000 },
        timeout: scaledTimeout(60_000),
        protocolTimeout: scaledTimeout(120_000),
      });
      const page = await launched.newPage();
      page.setDefaultTimeout(scaledTimeout(30_000));
      return { version: await launched.version(), tab: tabOf(page), close: () => launched.close() };
    },
  };
}

function tabOf(page: Page): Tab {
  const frameAt = async (frames: readonly string[]): Promise<Frame> => {
    let frame = page.mainFrame();
    for (const selector of frames) {
      const around = frame;
      // A browser may tell of a frame a little later than of its page.
      frame = await waitFor(async () => (await around.evaluateHandle(deepFind, selector)).asElement()?.contentFrame());
    }
    return frame;
  };
  return {
    async goto(url) {
      await page.evaluate(() => {
        document.documentElement.dataset.left = 'yes';
      });
      // Firefox reports no end of a navigation to a page that rewrites its own address meanwhile, as the plugin window does.
      const arrived = () =>
        page.evaluate(() => document.readyState === 'complete' && document.documentElement.dataset.left === undefined);
      await Promise.race([page.goto(url).catch(() => undefined), waitFor(() => arrived().catch(() => false), 30_000)]);
    },
    run: async (frames, inPage, ...args) =>
      (await (await frameAt(frames)).evaluate(inPage as (...args: unknown[]) => unknown, ...args)) as never,
    clickAt: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
  };
}
