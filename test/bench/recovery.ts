/**
 * Measures how soon attempts whose answer was lost are settled while 10,000 others wait for a PayCodes that takes calls and never
 * answers. Those that settle were really used in the books of the simulator, in the name of their attempt.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { PaymentView } from '../../server/contract/index.ts';
import { redemptionClientId, sealCode } from '../../server/methods/pay-code/codes.ts';
import { redemptionIntent } from '../../server/methods/pay-code/submit-code.ts';
import { hashBearer, newAttemptId, newClientSecret, newId } from '../../server/payments/model/ids.ts';
import { createSealer } from '../../server/payments/sealer.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { openStore } from '../../server/storage/store.ts';
import { type Engine, engines } from '../support/engines.ts';
import { type BenchRun, durableDatabase, type Measurement } from './bench-run.ts';
import { callPayCodes, createBench } from './built-server.ts';
import { insertRows } from './fill-with-payments.ts';

const unknown = 10_000;
const others = 200;
/** After this it is not waited any longer, in milliseconds. */
const longestMs = 120_000;

export const recovery: readonly Measurement[] = engines.map((engine) => ({
  name: `recovery-${engine.name}`,
  goals: [`recovery-${engine.name}`],
  skip: engine.skip,
  measure: (run) => measure(run, engine),
}));

async function measure(run: BenchRun, engine: Engine): Promise<void> {
  const silent = await neverAnswering(run);
  const bench = await createBench({ otherPayCodes: silent });
  run.onEnd(() => bench.end());
  const database = await durableDatabase(run, engine);
  await (await openStore(database.url)).close();
  const key = randomBytes(32);
  const sealer = createSealer(key);
  const now = Date.now();
  const lost = (merchantId: string, code: string, dueAt: number) =>
    lostAttempt(sealer, { merchantId, code, at: now - 120_000, dueAt });
  const dead = Array.from({ length: run.times(unknown, 500) }, (_, n) =>
    lost('other', `DEAD${String(n).padStart(8, '0')}`, now - 60_000),
  );
  const codes = await bench.freshCodes(run.times(others, 40));
  const alive = codes.map((code) => lost('shop', code, now - 1_000));
  for (const [at, { attempt }] of alive.entries())
    await callPayCodes(bench.simulator, 'use_code', {
      code: codes[at],
      rule_slug: 'demo-enter',
      client: redemptionClientId(attempt.id),
    });
  await insert(database.url, [...dead, ...alive]);

  const began = performance.now();
  const server = await bench.start(database.url, 4, { env: { SEALING_KEY: key.toString('hex') } });
  run.onEnd(server.stop);
  const listened = performance.now();
  let left = alive;
  while (left.length > 0 && performance.now() - listened < longestMs) {
    await pause(100);
    const first = left.slice(0, 10);
    const views = await Promise.all(first.map(({ secret }) => server.ask<PaymentView>(secret, 'GET', '/checkout')));
    const open = first.filter((_, at) => views[at]?.status !== 'succeeded');
    // Those that are settled are asked for no more, and the next ones at once.
    left = [...left.slice(10), ...open];
  }
  if (left.length > 0) throw new Error(`${left.length} of ${alive.length} were not settled after ${longestMs / 1000} s`);
  const seconds = (performance.now() - listened) / 1000;
  run.find(`recovery-${engine.name}`, {
    value: seconds,
    detail: `${alive.length} others, all found to be paid; the start before took ${((listened - began) / 1000).toFixed(1)} s`,
  });
}

/** An address that takes every call and answers none. */
async function neverAnswering(run: BenchRun): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  run.onEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Rows = ReturnType<typeof lostAttempt>;

/** The rows of a payment whose call to use a code was made and has no answer. */
function lostAttempt(
  sealer: Parameters<typeof sealCode>[0],
  { merchantId, code, at, dueAt }: { merchantId: string; code: string; at: number; dueAt: number },
) {
  const paymentId = newId('pay');
  const attemptId = newAttemptId(paymentId);
  const secret = newClientSecret();
  const { notes, operation, upstream, naturalKey } = redemptionIntent(
    attemptId,
    { slug: 'demo-enter', kind: 'enter', currency: 'PLN', priceScale: 2 },
    { due: 2_500, acceptExcess: false },
  );
  const ids = { id: paymentId, merchant_id: merchantId, order_id: paymentId, order_slot: paymentId, label: paymentId };
  const states = { status: 'processing', version: 3, sequence: 0, test: 0, amount: 2_500, discount: 0, amount_paid: 0 };
  const texts = { currency: 'PLN', methods: '["pay_code"]', return_urls: '{}', metadata: '{}', attempt_id: attemptId };
  const times = { created_at: at, updated_at: at, expires_at: at + 3_600_000 };
  return {
    secret,
    payment: { ...ids, ...states, ...texts, ...times, paid_late: 0, amount_refunded: 0 },
    clientSecret: { secret_hash: hashBearer(secret), payment_id: paymentId, created_at: at },
    attempt: {
      id: attemptId,
      payment_id: paymentId,
      method: 'pay_code',
      status: 'processing',
      sealed: sealCode(sealer, attemptId, code),
      last_characters: code.slice(-4),
      started_at: at,
      unknown_since: at,
      checks: 0,
      next_check_at: dueAt,
      lease_until: 0,
    },
    intent: {
      id: newId('int'),
      attempt_id: attemptId,
      payment_id: paymentId,
      operation,
      upstream,
      natural_key: naturalKey,
      notes: JSON.stringify(notes),
      status: 'unknown',
      created_at: at,
    },
  };
}

async function insert(url: string, all: readonly Rows[]): Promise<void> {
  const { db, engine } = openDatabase(url);
  await insertRows(
    db,
    engine,
    'payments',
    all.map(({ payment }) => payment),
  );
  await insertRows(
    db,
    engine,
    'client_secrets',
    all.map(({ clientSecret }) => clientSecret),
  );
  await insertRows(
    db,
    engine,
    'attempts',
    all.map(({ attempt }) => attempt),
  );
  await insertRows(
    db,
    engine,
    'intents',
    all.map(({ intent }) => intent),
  );
  await db.destroy();
}
