/** Measures `GET /checkout` and `POST /v1/payments` beside `/healthz`, which does nothing but answer, on one process. */
import type { CreatedPayment } from '../../server/contract/index.ts';
import { engines } from '../support/engines.ts';
import { type BenchRun, durableDatabase, type Measurement } from './bench-run.ts';
import { createBench, newPayment, processorSeconds } from './built-server.ts';
import { askAll, openConnection, requestText, requireOk } from './connection.ts';
import { median, ratioOf } from './report.ts';

const atOnce = 32;
const rounds = 5;

export const routes: readonly Measurement[] = engines.map((engine) => ({
  name: `routes-${engine.name}`,
  goals: [`checkout-${engine.name}`, `create-${engine.name}`],
  skip: engine.skip,
  measure: (run) => measure(run, engine),
}));

interface Round {
  /** Requests a second, and for each second of the server's processor time. */
  rate: number;
  perProcessorSecond: number;
}

async function measure(run: BenchRun, engine: (typeof engines)[number]): Promise<void> {
  const bench = await createBench();
  run.onEnd(() => bench.end());
  const database = await durableDatabase(run, engine);
  const { child, address, stop } = await bench.start(database.url, 1);
  run.onEnd(stop);
  const connections = Array.from({ length: atOnce }, () => openConnection(address));
  run.onEnd(() => connections.map((one) => one.close()));

  const secrets: string[] = [];
  const request = {
    healthz: () => requestText('GET', '/healthz'),
    checkout: (n: number) => requestText('GET', '/checkout', { bearer: secrets[n % secrets.length] ?? '' }),
    create: () => requestText('POST', '/v1/payments', { bearer: bench.apiKey, body: newPayment(crypto.randomUUID()) }),
  };
  await askAll(connections, atOnce, request.create, (answer) => {
    requireOk(answer);
    secrets.push((JSON.parse(answer.body) as CreatedPayment).clientSecret);
  });
  const counts = { healthz: run.times(3_000), checkout: run.times(1_000), create: run.times(200) };
  const once = async (name: keyof typeof counts, count = counts[name]): Promise<Round> => {
    const before = processorSeconds(child);
    const seconds = await askAll(connections, count, request[name]);
    return { rate: count / seconds, perProcessorSecond: count / Math.max(processorSeconds(child) - before, 0.01) };
  };
  // Until the code is compiled that each of them runs.
  for (const name of ['healthz', 'checkout', 'create'] as const) await once(name, run.times(500, 50));

  const taken: Record<keyof typeof counts, Round>[] = [];
  for (let round = 0; round < rounds; round += 1)
    taken.push({ healthz: await once('healthz'), checkout: await once('checkout'), create: await once('create') });
  const bare = Math.round(median(taken.map(({ healthz }) => healthz.rate)));
  for (const name of ['checkout', 'create'] as const) {
    const rate = Math.round(median(taken.map((round) => round[name].rate)));
    const byProcessor = ratioOf(taken.map((round) => [round[name].perProcessorSecond, round.healthz.perProcessorSecond]));
    run.find(`${name}-${engine.name}`, {
      value: ratioOf(taken.map((round) => [round[name].rate, round.healthz.rate])),
      detail: `${rate} beside ${bare} a second; by the processor time of the server ${byProcessor.toFixed(2)} ×`,
    });
  }
}
