/** Measures whole payments by pay code with a PayCodes that answers after 5 ms: how many, and with how many commits. */
import type { PaymentView } from '../../server/contract/index.ts';
import { type Engine, engines } from '../support/engines.ts';
import { ask, type BenchRun, durableDatabase, type Measurement } from './bench-run.ts';
import { type Bench, createBench, memoryOf, processorSeconds } from './built-server.ts';

const atOnce = 32;
const answerMs = 5;

export const payCodes: readonly Measurement[] = engines.map((engine) => ({
  name: `pay-${engine.name}`,
  goals: [`pay-${engine.name}`, ...(engine.name === 'postgres' ? ['pay-commits'] : [])],
  skip: engine.skip,
  measure: (run) => measure(run, engine),
}));

type Server = Awaited<ReturnType<Bench['start']>>;

async function measure(run: BenchRun, engine: Engine): Promise<void> {
  // What is sent to the shop is not part of the path, so nothing is sent.
  const bench = await createBench({ answerMs, webhookTypes: ['payment.refunded'] });
  run.onEnd(() => bench.end());
  const database = await durableDatabase(run, engine);
  const server = await bench.start(database.url, atOnce);
  run.onEnd(server.stop);
  const count = run.times(300, atOnce);
  const warmUp = run.times(100, atOnce);
  const alone = run.times(30, 5);
  const codes = await bench.freshCodes(count + alone + warmUp);
  const next = () => codes.pop() ?? '';
  // Until the code is compiled that they run.
  await payAll(server, warmUp, next);

  const before = processorSeconds(server.child);
  const started = performance.now();
  await payAll(server, count, next);
  const seconds = (performance.now() - started) / 1000;
  const used = processorSeconds(server.child) - before;
  run.find(`pay-${engine.name}`, {
    value: count / used,
    detail: `${Math.round(count / seconds)} a second by the clock, ${memoryOf(server.child)} MB afterwards`,
  });

  if (engine.name === 'postgres') await countCommits(run, server, database.url, alone, next);
  // The books of the simulator, and not our own, say how many codes were used.
  const { uses } = bench.simulator.ledger();
  const expected = count + warmUp + (engine.name === 'postgres' ? alone : 0);
  if (uses.length !== expected) throw new Error(`PayCodes has ${uses.length} used codes for ${expected} payments`);
}

/**
 * Notes the number of each transaction of this database that changes a row. What only the queue of webhooks writes is work of the
 * background; a webhook comes into it in the commit of its payment.
 */
const noteWrites = `
  create table bench_writes (number xid8 primary key);
  create function bench_note() returns trigger language plpgsql as $$
    begin insert into bench_writes values (pg_current_xact_id()) on conflict do nothing; return null; end $$;
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not in ('bench_writes', 'outbox') loop
      execute format('create trigger bench_note after insert or update or delete on %I for each row execute function bench_note()', name);
    end loop;
  end $$;
`;

/** No attempt waits, so work in the background changes no other row beside these payments. */
async function countCommits(run: BenchRun, server: Server, url: string, count: number, code: () => string): Promise<void> {
  await ask(url, noteWrites);
  const written = async () => Number(await ask(url, 'select count(*) from bench_writes'));
  const secrets: string[] = [];
  for (let n = 0; n < count; n += 1) secrets.push((await server.create(`alone-${crypto.randomUUID()}`)).clientSecret);
  const created = await written();
  for (const secret of secrets) await submit(server, secret, code());
  const each = (commits: number) => Math.round((10 * commits) / count) / 10;
  run.find('pay-commits', { value: each(await written()), detail: `${each(created)} of them create it; counted in PostgreSQL` });
}

async function payAll(server: Server, count: number, code: () => string): Promise<void> {
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await pay(server, code());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function pay(server: Server, code: string): Promise<void> {
  const { clientSecret } = await server.create(`order-${crypto.randomUUID()}`);
  await submit(server, clientSecret, code);
}

async function submit(server: Server, secret: string, code: string): Promise<void> {
  const view = await server.ask<PaymentView>(secret, 'POST', '/checkout/pay-code', { code });
  if (view.status !== 'succeeded') throw new Error(`a payment was not paid at once but is ${view.status}`);
}
