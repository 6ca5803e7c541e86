/** A Paykassma simulator, the real client for it, and a merchant's server that receives its postbacks. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import {
  createPaykassmaSimulator,
  type PaykassmaSimulator,
  type PaykassmaSimulatorOptions,
} from '../../../demo/simulators/paykassma/simulator.ts';
import { createPaykassmaClient, type PaykassmaClient } from '../../../server/clients/paykassma/client.ts';
import { type OpenedPostback, openPostback } from '../../../server/clients/paykassma/postback.ts';

export interface PaykassmaSimulatorTestBed {
  simulator: PaykassmaSimulator;
  client: PaykassmaClient;
  /** Raw bodies, in order of arrival. */
  received: Buffer[];
  /** The merchant's answer; by default 200 and `{"status":"ok"}`. */
  answers: { status: number; body: string }[];
  control(path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Makes a transfer in the app. @returns The transaction number. */
  transfer(amount: number | string, wallet?: string, identifier?: string, currency?: string): Promise<string>;
  open(body: Buffer | undefined, signedPath?: 'additional_data' | 'transactions'): OpenedPostback;
}

/** The test bed is closed after its test. */
export async function createPaykassmaSimulatorTestBed(
  t: TestContext,
  options: PaykassmaSimulatorOptions = {},
): Promise<PaykassmaSimulatorTestBed> {
  const received: Buffer[] = [];
  const answers: PaykassmaSimulatorTestBed['answers'] = [];
  const merchant = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push(Buffer.concat(chunks));
    const { status, body } = answers.shift() ?? { status: 200, body: '{"status":"ok"}' };
    response.writeHead(status).end(body);
  });
  await new Promise<void>((listening) => merchant.listen(0, '127.0.0.1', listening));
  const { port } = merchant.address() as AddressInfo;
  const postbacks = { url: `http://127.0.0.1:${port}/postbacks/paykassma/shop`, laterMs: 20, retryMs: 5, ...options.postbacks };
  const simulator = await createPaykassmaSimulator({ ...options, postbacks });
  const { keys, url } = simulator;
  const minorUnitDigits = () => 2;
  const client = createPaykassmaClient({
    url: new URL(url),
    secret: keys.secret,
    minorUnitDigits,
    timeoutsMs: { activate: 500 },
  });
  t.after(async () => {
    await simulator.close();
    merchant.closeAllConnections();
    merchant.close();
    await client.close();
  });

  const control: PaykassmaSimulatorTestBed['control'] = async (path, body) => {
    const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_/${path}`, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    simulator,
    client,
    received,
    answers,
    control,
    async transfer(amount, wallet = 'wavepay', identifier = '324342342', currency = 'MMK') {
      const { status, body } = await control('transfers', { wallet, identifier, amount, currency });
      assert.equal(status, 200, JSON.stringify(body));
      return String(body.transaction_number);
    },
    open: (body, signedPath = 'additional_data') => openPostback(body ?? assert.fail(), { ...keys, signedPath, minorUnitDigits }),
  };
}

let ids = 0;
/** A claim of 6,000 MMK by Wave Pay, for a new attempt. */
export function claimOf(key1: string) {
  ids += 1;
  const customTransactionId = `attempt-${ids}`;
  return { walletType: 'wavepay', currency: 'MMK', label: 'u/၅၅', amount: 600_000, key1, customTransactionId };
}

export const screenshot = { type: 'image/png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) } as const;
