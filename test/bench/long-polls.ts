/**
 * Measures 6,000 requests that wait for a change: what they cost the process that they wait at, and, on PostgreSQL, how soon a change by
 * another process is seen.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { CreatedPayment } from '../../server/contract/index.ts';
import { type Engine, engines } from '../support/engines.ts';
import { type BenchRun, durableDatabase, type Measurement } from './bench-run.ts';
import { createBench, newPayment, processorSeconds } from './built-server.ts';
import { type Answer, askAll, openConnection, requestText, requireOk } from './connection.ts';
import { median } from './report.ts';

const waiting = 6_000;
/** Tabs of one customer. */
const tabs = 3;
/** The longest that a request may wait, in seconds. */
const waitSeconds = 20;
const watchMs = 10_000;
const changes = 30;
/** No further change after this, and no longer wait for one, in milliseconds. */
const changesMs = 30_000;
const longestMs = 20_000;

export const longPolls: readonly Measurement[] = engines.map((engine) => ({
  name: `polls-${engine.name}`,
  goals: [`polls-cpu-${engine.name}`, ...(engine.name === 'postgres' ? ['polls-latency'] : [])],
  skip: engine.skip,
  measure: (run) => measure(run, engine),
}));

async function measure(run: BenchRun, engine: Engine): Promise<void> {
  const bench = await createBench();
  run.onEnd(() => bench.end());
  const database = await durableDatabase(run, engine);
  const { child, address, stop } = await bench.start(database.url, 1);
  run.onEnd(stop);
  const payments = await createPayments(address, bench.apiKey, Math.ceil(run.times(waiting, 60) / tabs));

  /** When the first tab of a payment saw it canceled. */
  const seen = new Map<string, number>();
  let ended = false;
  let held = 0;
  /** Requests that were cut off or refused, as those of a process are that has more to do than it can. */
  let broken = 0;
  run.onEnd(() => {
    ended = true;
  });
  const follow = async ({ id, secret }: (typeof payments)[number]): Promise<void> => {
    const connection = openConnection(address);
    run.onEnd(() => connection.close());
    const request = requestText('GET', `/checkout?since=1&wait=${waitSeconds}`, { bearer: secret });
    held += 1;
    while (!ended && !seen.has(id)) {
      const answer = await connection.ask(request).catch(() => null);
      if (answer && isCanceled(answer)) seen.set(id, seen.get(id) ?? performance.now());
      if (ended || answer?.status === 200) continue;
      broken += 1;
      await pause(500);
    }
    held -= 1;
  };
  let begun = 0;
  for (let tab = 0; tab < tabs; tab += 1)
    for (const payment of payments) {
      void follow(payment);
      begun += 1;
      // A server takes so many new connections in a moment, and then others.
      if (begun % 100 === 0) await pause(20);
    }
  await pause(3_000);

  const before = processorSeconds(child);
  const started = performance.now();
  await pause(run.times(watchMs, 2_000));
  const share = (100_000 * (processorSeconds(child) - before)) / (performance.now() - started);
  const refused = () => (broken > 0 ? `, ${broken} were cut off or refused meanwhile` : '');
  run.find(`polls-cpu-${engine.name}`, { value: share, detail: `${held} waited${refused()}` });
  if (engine.name === 'sqlite') return;

  const other = await bench.start(database.url, 4);
  run.onEnd(other.stop);
  const late: number[] = [];
  const until = performance.now() + changesMs;
  for (const { id } of payments.slice(0, run.times(changes, 5))) {
    if (performance.now() > until) break;
    // Not all at the same part of a second.
    await pause(Math.random() * 400);
    const asked = performance.now();
    await other.ask(bench.apiKey, 'POST', `/v1/payments/${id}/cancel`, {});
    while (!seen.has(id) && performance.now() - asked < longestMs) await pause(2);
    late.push((seen.get(id) ?? asked + longestMs) - asked);
  }
  run.find('polls-latency', {
    value: median(late),
    detail: `median of ${late.length}, from the request to the other process on, while ${held} waited${refused()}; there is no LISTEN yet`,
  });
}

const isCanceled = ({ status, body }: Answer): boolean => status === 200 && body.includes('"status":"canceled"');

async function createPayments(address: string, apiKey: string, count: number): Promise<{ id: string; secret: string }[]> {
  const connections = Array.from({ length: 32 }, () => openConnection(address));
  const created: { id: string; secret: string }[] = [];
  const request = (n: number) => requestText('POST', '/v1/payments', { bearer: apiKey, body: newPayment(`order-${n}`) });
  await askAll(connections, count, request, (answer) => {
    requireOk(answer);
    const { payment, clientSecret } = JSON.parse(answer.body) as CreatedPayment;
    created.push({ id: payment.id, secret: clientSecret });
  });
  for (const one of connections) one.close();
  return created;
}
