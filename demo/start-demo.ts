/** Starts the whole demo in one process: PayCodes, Paykassma, Payme, the BFF, and a shop with the QA page on another origin. */
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
  /**
   * The BFF's port. The shop gets the next one, PayCodes, Paykassma and Payme the 11th to 13th after it, the operators the 90th.
   * Default 4400; 0: any free ports.
   */
  portBase?: number;
  /** Further origins whose pages may show the checkout. */
  origins?: readonly string[];
  /** A server that gets every webhook of the demo's shop too. */
  webhookTo?: string;
  /** Default: an SQLite file that is removed when the demo ends. */
  databaseUrl?: string;
  /** The time behind the clocks of the BFF and the simulators, milliseconds since the epoch; default: the machine's. */
  now?: () => number;
}

export interface Demo {
  /** Addresses; of a simulator the one where it is controlled. */
  urls: { qa: string; shop: string; bff: string; paycodes: string; paykassma: string; payme: string; operate: string };
  /** The simulators, for tests that read their ledgers. */
  paycodes: PayCodesSimulator;
  paykassma: PaykassmaSimulator;
  payme: PaymeSimulator;
  /** Stops everything, after running requests have ended. */
  close(): Promise<void>;
}

/** @throws Where a port is taken or the pages are not built. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  for (let left = 3; ; left -= 1) {
    try {
      return await startOnce(options);
    } catch (cause) {
      // Of the BFF's two listeners only the sentence says it.
      const taken = Object(cause).code === 'EADDRINUSE' || /EADDRINUSE/.test(String(cause));
      const { portBase = 4400 } = options;
      if (portBase !== 0 && taken) {
        const free = portBase === 5000 ? 6000 : 5000;
        const port = Object(cause).port ?? (/OPERATE_PORT/.test(String(cause)) ? portBase + 90 : portBase);
        throw new Error(`Port ${port} is taken; PORT_BASE=${free} before the command moves all ports.`, { cause });
      }
      // A port that was free a moment ago may be taken by somebody else now.
      if (!taken || left <= 1) throw cause;
    }
  }
}

async function startOnce({ portBase = 4400, origins = [], webhookTo, databaseUrl, now }: DemoOptions): Promise<Demo> {
  const [port = 0, shopPort = 0, paycodesPort = 0, paykassmaPort = 0, paymePort = 0, operatePort = 0] =
    portBase === 0 ? await freePorts(6) : [0, 1, 11, 12, 13, 90].map((offset) => portBase + offset);
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    const journal = createJournal();
    const time = now ? { now } : {};
    const folder = await mkdtemp(join(tmpdir(), 'pay-desk-demo-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));

    const paycodes = await createPayCodesSimulator({ port: paycodesPort, ...time });
    opened.push(() => paycodes.close());
    const bffUrl = `http://127.0.0.1:${port}`;
    const postbacks = { url: `${bffUrl}/postbacks/paykassma/${demoKeys.merchantId}` };
    const paykassma = await createPaykassmaSimulator({ port: paykassmaPort, postbacks, ...time });
    opened.push(() => paykassma.close());
    const payme = await createPaymeSimulator({ port: paymePort, ...time });
    opened.push(() => payme.close());

    // The shop starts before the BFF, which may have webhooks to send at once.
    const { apiKey, webhookSecret } = demoKeys;
    const clock = createClock(now);
    let runNow = async () => {};
    const shop = await createShop({
      bffUrl,
      paycodesUrl: paycodes.url,
      paykassmaUrl: paykassma.url,
      paymeUrl: payme.origin,
      operateUrl: `http://127.0.0.1:${operatePort}`,
      apiKey,
      webhookSecret,
      journal,
      clock,
      runNow: () => runNow(),
      ...(webhookTo !== undefined && { webhookTo }),
    });
    opened.push(() => shop.close());
    const shopUrl = await shop.listen({ host: '127.0.0.1', port: shopPort });

    const database = databaseUrl ?? `sqlite:${join(folder, 'pay-desk.db')}`;
    const bff = await startBff({
      port,
      operatePort,
      shopPort,
      origins,
      databaseUrl: database,
      paycodes,
      paykassma,
      payme,
      journal,
      clock,
    });
    opened.push(() => bff.stop());
    runNow = () => bff.runNow();
    const simulators = { paycodes: paycodes.url, paykassma: paykassma.url, payme: payme.origin };
    return {
      urls: { qa: `${shopUrl}/`, shop: `${shopUrl}/shop`, bff: bff.address, operate: bff.operateAddress ?? '', ...simulators },
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

/** Free ports of 127.0.0.1. All are opened before any is closed, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
