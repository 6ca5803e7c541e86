/** A Chromium for end-to-end tests. */
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from './find-chromium.ts';

export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
