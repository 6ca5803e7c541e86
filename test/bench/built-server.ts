/** Starts the built server as processes with a simulated PayCodes, and sends requests as a merchant and a customer. */
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'undici';
import { createPayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import type { CreatedPayment, WebhookType } from '../../server/contract/index.ts';
import { hashKey, newApiKey } from '../../server/payments/model/access-keys.ts';
import { createServerProcesses, listening } from '../support/server-process.ts';
import { delayAnswers } from './delayed-answers.ts';

/** What the merchants file has beyond a shop that sells by pay code. */
export interface BenchOptions {
  /** The only webhooks that are sent; by default all, to a port where nobody listens. */
  webhookTypes?: WebhookType[];
  /** Pages that may show the checkout. */
  allowedOrigins?: string[];
  /** A second shop, `other`, whose PayCodes is at this address. */
  otherPayCodes?: string;
  operators?: object[];
  /** How long PayCodes takes to answer, in milliseconds; by default as long as the simulator takes. */
  answerMs?: number;
}

export async function createBench({ webhookTypes, allowedOrigins = [], otherPayCodes, operators, answerMs }: BenchOptions = {}) {
  const simulator = await createPayCodesSimulator();
  const gate = answerMs === undefined ? null : await delayAnswers(simulator.url, answerMs);
  const processes = createServerProcesses({ url: gate?.url ?? simulator.url, key: simulator.key });
  const { merchants } = JSON.parse(readFileSync(join(processes.folder, 'merchants.json'), 'utf8'));
  const shop = { ...merchants[0], allowedOrigins };
  if (webhookTypes) shop.webhook = { ...shop.webhook, types: webhookTypes };
  const payCode = { ...shop.methods.payCode, url: otherPayCodes };
  const other = otherPayCodes && { ...shop, id: 'other', apiKeys: [hashKey(newApiKey(false))], methods: { payCode } };
  const file = join(processes.folder, 'bench.json');
  writeFileSync(file, JSON.stringify({ merchants: other ? [shop, other] : [shop], ...(operators && { operators }) }));
  return {
    simulator,
    apiKey: processes.apiKey,
    /** Starts a process with this database and resolves when it listens. */
    async start(databaseUrl: string, connections: number, { env = {}, entry = 'dist/server/main.js' }: StartOptions = {}) {
      const child = processes.run({ DATABASE_URL: databaseUrl, TRUST_PROXY: '1', MERCHANTS_FILE: file, ...env }, [entry]);
      endWithUs.add(child);
      const address = await listening(child);
      const pool = new Pool(address, { connections });
      return {
        child,
        address,
        pool,
        ask: <T>(bearer: string, method: 'GET' | 'POST', path: string, body?: object) => ask<T>(pool, bearer, method, path, body),
        create: (orderId: string) => ask<CreatedPayment>(pool, processes.apiKey, 'POST', '/v1/payments', newPayment(orderId)),
        /** Sends a request as the merchant's server. */
        read: (id: string) => ask(pool, processes.apiKey, 'GET', `/v1/payments/${id}`),
        /** Ends the process as a power cut would. */
        async stop(): Promise<void> {
          await pool.destroy();
          child.kill('SIGKILL');
        },
      };
    },
    /** Codes of 25.00 PLN each. */
    async freshCodes(count: number): Promise<string[]> {
      const params = { rule_slug: 'demo-enter', number_of_codes: count, creator: 'bench' };
      return (await callPayCodes<{ codes: string[] }>(simulator, 'generate_code_list', params)).codes;
    },
    async end(): Promise<void> {
      processes.end();
      await gate?.close();
      await simulator.close();
    },
  };
}

/** Also those that are started while a run is being ended, when nobody ends them any more. */
const endWithUs = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of endWithUs) child.kill('SIGKILL');
});

export type Bench = Awaited<ReturnType<typeof createBench>>;

interface StartOptions {
  env?: Record<string, string>;
  entry?: string;
}

/** A payment of 25.00 PLN. Its customer is its own, or the limit on wrong codes would count the tries in flight together. */
export const newPayment = (orderId: string) => ({ amount: 2500, currency: 'PLN', orderId, label: orderId });

/** Calls the simulator as the server does. */
export async function callPayCodes<Result>(
  { url, key }: { url: string; key: string },
  method: string,
  params: object,
): Promise<Result> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: '1', method, params }),
  });
  return ((await answer.json()) as { result: Result }).result;
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

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** Processor time that the process has used, in seconds. Unlike the clock it does not grow while others are at work. Linux only. */
export function processorSeconds({ pid }: ChildProcess): number {
  // Behind the name of the program, which may contain spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

const byte = () => randomInt(256);

/** Each customer has an address of its own, or the limit on wrong codes would slow them down. */
export const anAddress = (): string => `10.${byte()}.${byte()}.${byte()}`;

/** @throws Where the answer is not 2xx. */
async function ask<T>(pool: Pool, bearer: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const answer = await pool.request({
    method,
    path,
    headers: {
      'x-forwarded-for': anAddress(),
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.body.text();
  if (answer.statusCode > 299) throw new Error(`${method} ${path.replace(/\w{12,}/, '…')} answered ${answer.statusCode}`);
  return JSON.parse(text) as T;
}
