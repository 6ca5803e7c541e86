/** Installs Chromium as root on Debian where there is none, as in a fresh container, and announces it before. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { findChromium } from '../support/find-chromium.ts';

/** @throws Where there is none and none can be installed. */
export async function installChromium(print: (text: string) => void): Promise<void> {
  try {
    findChromium();
    return;
  } catch (cause) {
    if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw cause;
  }
  print(
    'No Chromium found. In 5 s Debian’s is installed, about 100 MB (apt-get install chromium-headless-shell fonts-noto-core).\n' +
      'Ctrl-C stops that; CHROME_PATH=… names another browser.\n',
  );
  await pause(5_000);
  const apt = (...args: string[]) =>
    execFileSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  apt('update');
  const install = (browser: string) => apt('install', '-y', '--no-install-recommends', browser, 'fonts-noto-core');
  try {
    install('chromium-headless-shell');
  } catch {
    // A package of its own in Debian only since 2024.
    install('chromium');
  }
  findChromium();
}
