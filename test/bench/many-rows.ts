/** Measures what a payment costs among very many payments, beside one among a thousand, at the same time and in turns. */
import type { PaymentView } from '../../server/contract/index.ts';
import { hashKey, newOperatorKey } from '../../server/payments/model/access-keys.ts';
import { openStore } from '../../server/storage/store.ts';
import { type Engine, engines } from '../support/engines.ts';
import { isOpen } from '../support/port-base.ts';
import { type BenchRun, databaseInMemory, type Measurement } from './bench-run.ts';
import { type Bench, createBench } from './built-server.ts';
import { fillWithPayments } from './fill-with-payments.ts';
import { median, valueText } from './report.ts';

const few = 1_000;
const rounds = 40;

export const manyRows: readonly Measurement[] = engines.map((engine) => ({
  name: `rows-${engine.name}`,
  goals: [`rows-${engine.name}`, `metrics-${engine.name}`],
  skip: engine.skip,
  measure: (run) => measure(run, engine),
}));

type Step = 'create' | 'view' | 'pay' | 'queue' | 'search' | 'metrics';
type Server = Awaited<ReturnType<typeof startFilled>>;

async function measure(run: BenchRun, engine: Engine): Promise<void> {
  const operatorKey = newOperatorKey();
  const bench = await createBench({ operators: [{ name: 'bench', keyHash: hashKey(operatorKey), role: 'read', scopes: [] }] });
  run.onEnd(() => bench.end());
  const small = await startFilled(run, bench, engine, few);
  const large = await startFilled(run, bench, engine, run.many);
  const count = run.times(rounds, 5);
  const warmUp = 5;
  const codes = await bench.freshCodes(2 * (count + warmUp));

  const times = { small: newTimes(), large: newTimes() };
  const once = async (server: Server, into: Record<Step, number[]>, round: number): Promise<void> => {
    const timed = async <T>(step: Step, work: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const result = await work();
      if (round >= warmUp) into[step].push(performance.now() - begun);
      return result;
    };
    const code = codes.pop() ?? '';
    const { clientSecret } = await timed('create', () => server.create(`bench-${round}`));
    await timed('view', () => server.ask(clientSecret, 'GET', '/checkout'));
    const paid = await timed('pay', () => server.ask<PaymentView>(clientSecret, 'POST', '/checkout/pay-code', { code }));
    if (paid.status !== 'succeeded') throw new Error(`a payment was not paid at once but is ${paid.status}`);
    await timed('queue', () => server.inside(operatorKey, 'operate/queue'));
    await timed('search', () => server.inside(operatorKey, `operate/payments?q=order-${1 + ((round * 7_919) % server.count)}`));
    await timed('metrics', () => server.inside('', 'metrics'));
  };
  for (let round = 0; round < count + warmUp; round += 1) {
    await once(small, times.small, round);
    await once(large, times.large, round);
  }
  const compared = (['create', 'view', 'pay', 'queue', 'search'] as const).map((step) => ({
    step,
    ratio: median(times.large[step]) / median(times.small[step]),
    ms: median(times.large[step]),
  }));
  run.find(`rows-${engine.name}`, {
    value: Math.max(...compared.map(({ ratio }) => ratio)),
    detail: `the worst of ${compared.map(({ step, ratio, ms }) => `${step} ${ratio.toFixed(2)} × at ${ms.toFixed(1)} ms`).join(', ')}`,
  });
  run.find(`metrics-${engine.name}`, {
    value: median(times.large.metrics),
    detail: `with 1,000 ${valueText(median(times.small.metrics), 'ms')}`,
  });
}

const newTimes = (): Record<Step, number[]> => ({ create: [], view: [], pay: [], queue: [], search: [], metrics: [] });

/** A server whose database has so many payments of other shops. */
async function startFilled(run: BenchRun, bench: Bench, engine: Engine, count: number) {
  const database = await databaseInMemory(engine);
  run.onEnd(() => database.drop());
  // Makes the tables.
  await (await openStore(database.url)).close();
  const started = performance.now();
  await fillWithPayments(database.url, count, Date.now());
  run.print(`  ${engine.name}: ${count} payments in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  const port = await freePort();
  const server = await bench.start(database.url, 1, { env: { OPERATE_PORT: String(port) } });
  run.onEnd(server.stop);
  return {
    ...server,
    count,
    /** Asks the operators' listener, and reads the answer whole. */
    async inside(key: string, path: string): Promise<void> {
      const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { headers: key ? { authorization: `Bearer ${key}` } : {} });
      await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    },
  };
}

/** Below the ports that the system assigns. The two listeners of a process log in any order, so this one must be known before. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (!(await isOpen(port))) return port;
  }
}
