/** The widget's tests, in a real Chromium. The BFF is played by msw in a service worker; nothing leaves this machine. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, defaultReporter, summaryReporter } from '@web/test-runner';
import { isExhaustive } from '../support/exhaustive.ts';
import { chromiumArgs, findChromium } from '../support/find-chromium.ts';
import { loadFactor } from '../support/load-factor.ts';
import { report } from './report.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The worker must lie at the root of the site to see all requests; in the package it lies deep. */
const mockServiceWorker = (context, next) => {
  if (context.path !== '/mockServiceWorker.js') return next();
  context.type = 'text/javascript';
  context.body = readFileSync(`${root}node_modules/msw/lib/mockServiceWorker.js`, 'utf8');
};

/** A page knows neither how busy the machine is, nor the environment. */
const commands = {
  name: 'commands',
  executeCommand: ({ command }) => (command === 'loadFactor' ? loadFactor() : command === 'isExhaustive' ? isExhaustive : null),
};

export default {
  rootDir: root,
  files: [`${root}test/widget/**/*.test.ts`],
  nodeResolve: { exportConditions: ['browser'], browser: true },
  // The base config: this plugin does not follow "extends", and Lit needs to know how class fields are meant.
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${root}tsconfig.json` }), commands],
  middleware: [mockServiceWorker],
  browsers: [
    chromeLauncher({
      concurrency: 1, // focus and visibility are tested: pages in the background have neither
      launchOptions: { executablePath: findChromium(), args: chromiumArgs },
    }),
  ],
  // They only end what hangs: on a busy machine the first page alone may take half a minute, which is no fault of the widget.
  // What a test waits for has its own limit, which grows with the load (`until` of the harness).
  browserStartTimeout: 600_000,
  testsStartTimeout: 600_000,
  testFramework: { config: { timeout: 600_000 } },
  testsFinishTimeout: 3_600_000,
  reporters: process.send ? [report()] : [summaryReporter(), defaultReporter()],
};
