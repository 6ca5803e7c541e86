/** The browser of this machine: `CHROME_PATH`, or the usual places. */
import { existsSync } from 'node:fs';

const places = [
  // The same engine without windows that nobody sees: half the work for the machine.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What every test starts it with; without a sandbox only for root, who cannot have one. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=en-US',
];

/** @throws where there is none: a test that needs one cannot pass without. */
export function findChromium(): string {
  const found = process.env.CHROME_PATH || places.find((place) => existsSync(place));
  if (found) return found;
  throw new Error('No Chromium found: install one, or name it by CHROME_PATH. As root on Debian, `npm test` installs it.');
}
