/** The widget's tests, in a real Chromium. The BFF is played by msw in a service worker; nothing leaves this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, defaultReporter, summaryReporter } from '@web/test-runner';

const root = fileURLToPath(new URL('../../', import.meta.url));
const browsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = process.env.CHROME_PATH || browsers.find((path) => existsSync(path));

/** The worker must lie at the root of the site to see all requests; in the package it lies deep. */
const mockServiceWorker = (context, next) => {
  if (context.path !== '/mockServiceWorker.js') return next();
  context.type = 'text/javascript';
  context.body = readFileSync(`${root}node_modules/msw/lib/mockServiceWorker.js`, 'utf8');
};

export default {
  rootDir: root,
  files: [`${root}test/widget/**/*.test.ts`],
  nodeResolve: { exportConditions: ['browser'], browser: true },
  // The base config: this plugin does not follow "extends", and Lit needs to know how class fields are meant.
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${root}tsconfig.json` })],
  middleware: [mockServiceWorker],
  browsers: [
    chromeLauncher({
      concurrency: 1, // focus and visibility are tested: pages in the background have neither
      launchOptions: {
        ...(executablePath ? { executablePath } : {}),
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--lang=en-US',
        ],
      },
    }),
  ],
  // Generous: on a busy machine the first page alone may take half a minute, and that is no fault of the desk.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 600_000,
  reporters: [summaryReporter(), defaultReporter()],
};
