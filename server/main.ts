/** The process: reads the configuration, starts the server, and stops it without losing requests. */
import './check-node.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// Dynamic imports, because static ones would load better-sqlite3 before `check-node.js` has checked Node's version.
const { loadConfig } = await import('./config.ts');
const { ConfigError } = await import('./config-error.ts');
const { startServer } = await import('./start-server.ts');

/** How long a signal waits for a start that is still in progress, in milliseconds. */
const startedWithinMs = 2_000;

/** The widget's build is beside the bundled server, or in `dist` when run from source. */
const widgetRoot = [new URL('../widget/', import.meta.url), new URL('../dist/widget/', import.meta.url)]
  .map((url) => fileURLToPath(url))
  .find((path) => existsSync(`${path}v1`));

try {
  const config = loadConfig();
  if (widgetRoot === undefined) throw new ConfigError('The widget is not built: run `npm run build` first.');
  // In a later step, so that a signal that comes while the start runs finds its handler below.
  const starting = Promise.resolve().then(() => startServer(config, { widgetRoot, consoleRoot: join(widgetRoot, '../operate') }));
  let stopping = false;
  let running: Awaited<typeof starting> | undefined;
  const onSignal = async () => {
    // A second signal means that somebody does not want to wait: first for connections, then for anything.
    if (stopping && running?.hurry()) return;
    if (stopping) process.exit(1);
    stopping = true;
    // While the server starts it has accepted nothing, and waiting for a database could delay the stop for long.
    running = (await Promise.race([starting, pause(startedWithinMs)])) ?? undefined;
    // Containers are killed 10 s after the signal. A call that is then still in flight is settled after the next start.
    if (running) await Promise.race([running.stop(), pause((config.drainMs ?? 0) + (config.shutdownMs ?? 0) + 1_000)]);
    process.exit(0);
  };
  // Before the server listens, so that even the first request is finished properly.
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // From the beginning, because Node's own reaction to it is to end the process.
  process.on('SIGHUP', () => void starting.then((server) => server.reload()).catch(() => undefined));
  const server = await starting;
  // Node itself would print the error's text, which may quote anything. Work in progress is found again after the restart.
  process.on('uncaughtException', (error) => {
    server.log.fatal({ err: error }, 'the process cannot go on');
    process.exit(1);
  });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
