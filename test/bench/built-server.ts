/** Starts the built server as a process with a simulated PayCodes, and sends requests as a merchant and a customer. */
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { createPayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import type { CreatedPayment } from '../../server/contract/index.ts';
import { createServerProcesses, listening } from '../support/server-process.ts';

export async function createBench() {
  const simulator = await createPayCodesSimulator();
  const processes = createServerProcesses({ url: simulator.url, key: simulator.key });
  return {
    /** Starts a process with this database and resolves when it listens. */
    async start(databaseUrl: string, connections: number) {
      const child = processes.run({ DATABASE_URL: databaseUrl, TRUST_PROXY: '1' }, ['dist/server/main.js']);
      const pool = new Pool(await listening(child), { connections });
      return {
        child,
        pool,
        ask: <T>(bearer: string, method: 'GET' | 'POST', path: string, body?: object) => ask<T>(pool, bearer, method, path, body),
        create: (orderId: string) =>
          ask<CreatedPayment>(pool, processes.apiKey, 'POST', '/v1/payments', {
            amount: 2500,
            currency: 'PLN',
            orderId,
            // A customer of its own for each, or the limit on wrong codes would count the tries in flight together.
            label: orderId,
          }),
        /** Sends a request as the merchant's server. */
        read: (id: string) => ask(pool, processes.apiKey, 'GET', `/v1/payments/${id}`),
      };
    },
    /** Codes of 25.00 PLN each. */
    async freshCodes(count: number): Promise<string[]> {
      const params = { rule_slug: 'demo-enter', number_of_codes: count, creator: 'bench' };
      const answer = await fetch(simulator.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${simulator.key}` },
        body: JSON.stringify({ jsonrpc: '2.0', id: '1', method: 'generate_code_list', params }),
      });
      return ((await answer.json()) as { result: { codes: string[] } }).result.codes;
    },
    async end(): Promise<void> {
      processes.end();
      await simulator.close();
    },
  };
}

/** Memory of the process, MB; null after it has ended. Linux only. */
export function memoryOf({ pid }: ChildProcess): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

const byte = () => randomInt(256);

/** @throws Where the answer is not 2xx. */
async function ask<T>(pool: Pool, bearer: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const answer = await pool.request({
    method,
    path,
    headers: {
      // Each customer has an address of its own, or the limit on wrong codes would slow them down.
      'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}`,
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const parsed = await answer.body.json();
  if (answer.statusCode > 299) throw new Error(`${method} ${path.replace(/\w{12,}/, '…')} answered ${answer.statusCode}`);
  return parsed as T;
}
