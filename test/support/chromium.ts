/** A Chromium for end-to-end tests. */
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from './find-chromium.ts';

/** @param switches Additional command-line switches. */
export const launchChromium = (switches: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs, ...switches] });
