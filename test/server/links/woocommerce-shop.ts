/** Runs the plugin for WooCommerce in PHP's own web server, with stubs of WordPress and WooCommerce (`woocommerce-stubs.php`). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../../../demo/start-demo.ts';
import { waitFor } from '../../support/wait-for.ts';

export interface Order {
  status: string;
  total: string;
  currency: string;
  /** The WordPress user who placed it; absent for a guest. */
  customer?: number;
  /** The order's way of payment, if not Pay Desk. */
  method?: string;
  /** ISO 8601; absent while it is not paid. */
  paid?: string;
  transaction?: string;
  meta?: Record<string, string>;
}

/** What the plugin did: its name, and its details. */
export type Deed = [what: string, ...details: unknown[]];

export interface WooShop {
  url: string;
  settings(settings: Record<string, string>): void;
  /** Stores an order. @returns Its id. */
  place(order?: Partial<Order>): number;
  /** Changes an order behind the plugin's back, as its staff would. */
  change(id: number, order: Partial<Order>): void;
  order(id: number): Order;
  /** What the plugin did since the last call, by what it is. */
  deeds(): Deed[];
  /** Makes the stubs fail: `locked` = another request works on every order; `broken` = no order can be completed. */
  fail(how: 'locked' | 'broken', fails: boolean): void;
  close(): Promise<void>;
}

const site = fileURLToPath(new URL('woocommerce-site.php', import.meta.url));

export async function startWooShop(): Promise<WooShop> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-woo-'));
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const environment = { ...process.env, SITE_STATE: folder, PHP_CLI_SERVER_WORKERS: '4' };
  const options = ['-d', 'display_errors=1', '-d', 'error_reporting=-1', '-S', `127.0.0.1:${port}`, site];
  // A group of its own: the workers are children of the server, which does not end them.
  const server = spawn('php', options, { env: environment, stdio: 'ignore', detached: true });
  await waitFor(async () => (await fetch(url).catch(() => null))?.ok);

  const file = (name: string) => join(folder, name);
  const write = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));
  const read = (id: number): Order => JSON.parse(readFileSync(file(`order-${id}.json`), 'utf8'));
  let orders = 100;
  let seen = 0;
  return {
    url,
    settings: (settings) => write('settings.json', settings),
    place(order = {}) {
      orders += 1;
      write(`order-${orders}.json`, { status: 'pending', total: '25.00', currency: 'PLN', ...order });
      return orders;
    },
    change: (id, order) => write(`order-${id}.json`, { ...read(id), ...order }),
    order: read,
    deeds() {
      const all = existsSync(file('journal.jsonl')) ? readFileSync(file('journal.jsonl'), 'utf8').trim().split('\n') : [];
      const fresh = all.slice(seen).map((line) => JSON.parse(line) as Deed);
      seen = all.length;
      return fresh;
    },
    fail(how, fails) {
      if (fails) writeFileSync(file(how), '');
      else rmSync(file(how), { force: true });
    },
    async close() {
      if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
        const ended = once(server, 'exit');
        process.kill(-server.pid);
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
