/** A Chromium for end-to-end tests. */
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from './find-chromium.ts';
import { scaledTimeout } from './load-factor.ts';

/**
 * Whatever is waited for in its pages may take 30 s on an idle machine, and longer on a busy one. Nothing moves in them, which saves a
 * third of the processor's time, unless `reducedMotion` is given as `no-preference`.
 *
 * @param switches Additional command-line switches.
 */
export async function launchChromium(switches: string[] = []): Promise<Browser> {
  const args = [...chromiumArgs, ...switches];
  const browser = await chromium.launch({ executablePath: findChromium(), args, timeout: scaledTimeout(60_000) });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext({ reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(scaledTimeout(30_000));
    return context;
  };
  return browser;
}
