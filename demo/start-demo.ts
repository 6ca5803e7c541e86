/** The whole pretend world in one process: PayCodes, Paykassma, Payme, the BFF, and a shop with the QA page on another origin. */

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoKeys } from '../server/demo-keys.ts';
import { createJournal } from './journal.ts';
import { createShop } from './shop/create-shop.ts';
import { createClock } from './simulators/control/clock.ts';
import { createPayCodesSimulator, type PayCodesSimulator } from './simulators/paycodes/simulator.ts';
import { createPaykassmaSimulator, type PaykassmaSimulator } from './simulators/paykassma/simulator.ts';
import { createPaymeSimulator, type PaymeSimulator } from './simulators/payme/simulator.ts';
import { startBff } from './start-bff.ts';

export interface DemoOptions {
  /** The BFF's port; the shop gets the next one, PayCodes, Paykassma and Payme the eleventh to thirteenth after it. Default 4400; 0: any free ones. */
  portBase?: number;
  /** Default: an SQLite file that is gone when the demo ends, as the simulators' ledgers are. */
  databaseUrl?: string;
  /** What the clocks of the BFF and of the services are set by, milliseconds since the epoch; default: the machine's. */
  now?: () => number;
}

export interface Demo {
  /** Of the simulators: where each is controlled. */
  urls: { qa: string; shop: string; bff: string; paycodes: string; paykassma: string; payme: string };
  /** The simulators themselves, for tests that ask their ledgers. */
  paycodes: PayCodesSimulator;
  paykassma: PaykassmaSimulator;
  payme: PaymeSimulator;
  /** Stops all of it; what runs is finished first. */
  close(): Promise<void>;
}

/** @throws when a port is taken or the pages are not built. */
export async function startDemo({ portBase = 4400, databaseUrl, now }: DemoOptions = {}): Promise<Demo> {
  const [port = 0, shopPort = 0, paycodesPort = 0, paykassmaPort = 0, paymePort = 0] =
    portBase === 0 ? await freePorts(5) : [0, 1, 11, 12, 13].map((offset) => portBase + offset);
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    const journal = createJournal();
    const set = now ? { now } : {};
    const folder = await mkdtemp(join(tmpdir(), 'pay-desk-demo-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));

    const paycodes = await createPayCodesSimulator({ port: paycodesPort, ...set });
    opened.push(() => paycodes.close());
    const bffUrl = `http://127.0.0.1:${port}`;
    const postbacks = { url: `${bffUrl}/postbacks/paykassma/${demoKeys.merchantId}` };
    const paykassma = await createPaykassmaSimulator({ port: paykassmaPort, postbacks, ...set });
    opened.push(() => paykassma.close());
    const payme = await createPaymeSimulator({ port: paymePort, ...set });
    opened.push(() => payme.close());

    // Before the BFF, which may have webhooks to send from its first second on.
    const { apiKey, webhookSecret } = demoKeys;
    const clock = createClock(now);
    let runNow = async () => {};
    const shop = await createShop({
      bffUrl,
      paycodesUrl: paycodes.url,
      paykassmaUrl: paykassma.url,
      paymeUrl: payme.origin,
      apiKey,
      webhookSecret,
      journal,
      clock,
      runNow: () => runNow(),
    });
    opened.push(() => shop.close());
    const shopUrl = await shop.listen({ host: '127.0.0.1', port: shopPort });

    const database = databaseUrl ?? `sqlite:${join(folder, 'pay-desk.db')}`;
    const bff = await startBff({ port, shopPort, databaseUrl: database, paycodes, paykassma, payme, journal, clock });
    opened.push(() => bff.stop());
    runNow = () => bff.runNow();
    const simulators = { paycodes: paycodes.url, paykassma: paykassma.url, payme: payme.origin };
    return {
      urls: { qa: `${shopUrl}/`, shop: `${shopUrl}/shop`, bff: bff.address, ...simulators },
      paycodes,
      paykassma,
      payme,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Ports of 127.0.0.1 that nothing listens on now. */
/** They are all held before any is let go: so no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(holders.map((holder) => once(holder, 'listening')));
  const ports = holders.map((holder) => (holder.address() as AddressInfo).port);
  await Promise.all(holders.map((holder) => once(holder.close(), 'close')));
  return ports;
}
