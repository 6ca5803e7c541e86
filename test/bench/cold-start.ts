/** Measures how long the built server takes from its start until it is ready, beside a bare Fastify that answers one route. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { engines } from '../support/engines.ts';
import { nodeEnvironment } from '../support/node-environment.ts';
import { listening } from '../support/server-process.ts';
import { type BenchRun, durableDatabase, type Measurement } from './bench-run.ts';
import { createBench, processorSeconds } from './built-server.ts';
import { median, ratioOf } from './report.ts';

const rounds = 5;

export const coldStart: Measurement = { name: 'cold-start', goals: ['cold-start'], skip: false, measure };

const bareServer =
  "const { default: fastify } = await import('fastify'); const app = fastify(); app.get('/readyz', async () => ({ status: 'ready' }));" +
  "console.log(await app.listen({ port: 0, host: '127.0.0.1' }));";

interface Start {
  seconds: number;
  processorSeconds: number;
}

async function measure(run: BenchRun): Promise<void> {
  const sqlite = engines.find(({ name }) => name === 'sqlite');
  if (!sqlite) throw new Error('SQLite is gone');
  const bench = await createBench();
  run.onEnd(() => bench.end());
  const { url } = await durableDatabase(run, sqlite);
  const own = async (): Promise<Start> => {
    const begun = performance.now();
    const { child, address, stop } = await bench.start(url, 1);
    try {
      return await ready(address, begun, child);
    } finally {
      await stop();
      await pause(50);
    }
  };
  const bare = async (): Promise<Start> => {
    const begun = performance.now();
    const child = spawn(process.execPath, ['--input-type=module', '-e', bareServer], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: nodeEnvironment(),
    });
    run.onEnd(() => child.kill('SIGKILL'));
    const address = await listening(child);
    try {
      return await ready(address, begun, child);
    } finally {
      child.kill('SIGKILL');
    }
  };
  // The first start reads the files from the disk.
  await bare();
  await own();
  const taken: { own: Start; bare: Start }[] = [];
  for (let round = 0; round < run.times(rounds, 1); round += 1) taken.push({ bare: await bare(), own: await own() });
  const ratio = ratioOf(taken.map((one) => [one.own.seconds, one.bare.seconds]));
  const processor = median(taken.map((one) => one.own.processorSeconds));
  run.find('cold-start', {
    value: median(taken.map((one) => one.own.seconds)),
    detail: `${ratio.toFixed(1)} times a bare Fastify; ${processor.toFixed(2)} s of processor time; on SQLite with its tables there`,
  });
}

async function ready(address: string, begun: number, child: Parameters<typeof processorSeconds>[0]): Promise<Start> {
  for (;;) {
    const answer = await fetch(`${address}/readyz`, { headers: { connection: 'close' } });
    await answer.body?.cancel();
    if (answer.ok) return { seconds: (performance.now() - begun) / 1000, processorSeconds: processorSeconds(child) };
    await pause(5);
  }
}
