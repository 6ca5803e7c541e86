/** The process: configuration, start, and an end that loses nobody. */
import './check-node.js';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// No import declarations: a bundle loads those, and better-sqlite3 with them, before the Node is checked.
const { loadConfig } = await import('./config.ts');
const { ConfigError } = await import('./config-error.ts');
const { startServer } = await import('./start-server.ts');

/** A start that is asked to stop has this long to be over. */
const startedWithinMs = 2_000;

/** The build of the widget lies beside the bundled server; run from source, in `dist`. */
const widgetRoot = [new URL('../widget/', import.meta.url), new URL('../dist/widget/', import.meta.url)]
  .map((url) => fileURLToPath(url))
  .find((path) => existsSync(`${path}v1`));

try {
  const config = loadConfig();
  if (widgetRoot === undefined) throw new ConfigError('The widget is not built: run `npm run build` first.');
  const starting = startServer(config, { widgetRoot });
  let stopping = false;
  const onSignal = async () => {
    // Somebody who asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    // While it still starts nothing has been taken in, and a database that is waited for would hold it up.
    const started = await Promise.race([starting, pause(startedWithinMs)]);
    // Containers are killed 10 s after the signal. A call that is still in flight then is a row, and is settled after the next start.
    if (started) await Promise.race([started.stop(), pause((config.shutdownMs ?? 0) + 1_000)]);
    process.exit(0);
  };
  // Before it listens: whoever is let in is seen out, also in its first moment.
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  const server = await starting;
  // Node itself would print the error's text, which may quote anything. What was running is found again after the restart.
  process.on('uncaughtException', (error) => {
    server.log.fatal({ err: error }, 'the process cannot go on');
    process.exit(1);
  });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
