/** The sealing key is exchanged under two processes on one database, one restart after the other, and no customer notices it. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { hashKey } from '../../../server/payments/model/access-keys.ts';
import { resealAll } from '../../../server/payments/reseal.ts';
import { createSealer } from '../../../server/payments/sealer.ts';
import { combineKeys, readKeyList } from '../../../server/read-keys.ts';
import { openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';
import { createServerProcesses, ending, listening, type ServerProcesses } from '../../support/server-process.ts';
import { createShopUnderLoad, payCodeSettings } from '../../support/shop-under-load.ts';

const postgres = engines.find(({ name }) => name === 'postgres');
const [first, next] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
let simulator: PayCodesSimulator;
let processes: ServerProcesses;

before(async () => {
  simulator = await createPayCodesSimulator();
  processes = createServerProcesses({ url: simulator.url, key: simulator.key });
});
after(async () => {
  processes.end();
  await simulator.close();
});

it('the sealing key is exchanged without one failed request', { skip: postgres?.skip ?? 'no PostgreSQL' }, async () => {
  const database = await postgres?.create();
  assert.ok(database);
  const merchants = join(processes.folder, 'reversed.json');
  const merchant = {
    id: 'shop',
    name: 'Shop',
    test: false,
    apiKeys: [hashKey(processes.apiKey)],
    webhook: { url: 'http://127.0.0.1:9/hook', secrets: ['whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY='] },
    allowedOrigins: [],
    methods: { payCode: payCodeSettings(simulator.url, simulator.key) },
  };
  writeFileSync(merchants, JSON.stringify({ merchants: [merchant] }));
  const start = async (env: Record<string, string>) => {
    const child = processes.run({ SEALING_KEY: '', ...env, DATABASE_URL: database.url, MERCHANTS_FILE: merchants });
    return { child, address: await listening(child) };
  };
  /** What the proxy knows. It leaves out a process that is about to be restarted. */
  let running: { child: ChildProcess; address: string }[] = [];
  const restart = async (env: Record<string, string>) => {
    for (const old of running) {
      running = running.filter((one) => one !== old);
      const ended = ending(old.child);
      old.child.kill('SIGTERM');
      assert.equal((await ended).code, 0);
      running = [...running, await start(env)];
      await shop.serve(4);
    }
  };
  const shop = createShopUnderLoad({
    addresses: () => running.map(({ address }) => address),
    apiKey: () => processes.apiKey,
    customers: 2,
    ready: (async () => {
      running = [await start({ SEALING_KEY: first })];
      running = [...running, await start({ SEALING_KEY: first })];
    })(),
  });
  await shop.serve(4);
  await restart({ SEALING_KEY: first, SEALING_KEYS: `2027:${next}:read-only` });
  await restart({ SEALING_KEY: first, SEALING_KEYS: `2027:${next}` });

  // As `pay-desk seal rotate` does it.
  const store = await openStore(database.url);
  const SEALING_KEYS = readKeyList(`2027:${next},0:${first}`);
  const keys = combineKeys({ SEALING_KEYS }, (name) => assert.fail(name), false);
  const [newest, oldest] = await resealAll(store, keys, createSealer(keys));
  await store.close();
  assert.deepEqual(oldest, { keyId: '0', rows: { attempts: 0, discounts: 0, cards: 0, code_batches: 0 } });
  assert.ok((newest?.rows.attempts ?? 0) >= 20);

  const withoutLookup = await ending(
    processes.run({ SEALING_KEY: '', SEALING_KEYS: `2027:${next}`, DATABASE_URL: database.url, MERCHANTS_FILE: merchants }),
  );
  assert.match(withoutLookup.stderr, /^LOOKUP_KEYS: expected the same key with the id 0 as before/);
  await restart({ SEALING_KEYS: `2027:${next}`, LOOKUP_KEYS: `0:${first}` });
  await shop.stop();
  for (const { child } of running) child.kill('SIGKILL');
  await database.drop();
});
