/** The browser of this machine, for end-to-end tests. `CHROME_PATH` names another one. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @throws when there is no Chromium: a test that needs one cannot pass without. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH || places.find((place) => existsSync(place));
  if (!executablePath) throw new Error('No Chromium found: install one, or name it by CHROME_PATH.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
