/** Finds the browser of this machine: `CHROME_PATH`, or one of the usual paths. */
import { existsSync } from 'node:fs';

const places = [
  // The headless shell is the same engine without a user interface, and takes half the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The usual command-line switches; without a sandbox for root, who cannot have one. */
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

/** @throws Where there is none. */
export function findChromium(): string {
  const found = process.env.CHROME_PATH || places.find((place) => existsSync(place));
  if (found) return found;
  throw new Error('No Chromium found: install one, or name it by CHROME_PATH. As root on Debian, `npm test` installs it.');
}
