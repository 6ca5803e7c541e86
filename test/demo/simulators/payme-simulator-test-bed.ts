/** A Payme simulator and a caller by plain HTTP, without our client, an id or a content type, like many real callers. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  createPaymeSimulator,
  type PaymeSimulator,
  type PaymeSimulatorOptions,
} from '../../../demo/simulators/payme/simulator.ts';

export interface WireCard {
  number: string;
  expire: string;
  token: string;
  recurrent: boolean;
  verify: boolean;
}

export interface WireReceipt {
  _id: string;
  create_time: number;
  pay_time: number;
  cancel_time: number;
  state: number;
  amount: number;
  currency: number;
  description: string;
  account: { name: string; title: unknown; value: unknown; main: boolean }[];
  card: { number: string; expire: string } | null;
  payer?: { phone?: string };
  meta: { source_cancel?: string };
}

export interface PaymeResult {
  card: WireCard;
  receipt: WireReceipt;
  state: number;
  success: boolean;
  sent: boolean;
  phone: string;
  wait: number;
}

export interface PaymeAnswer {
  jsonrpc: string;
  id?: unknown;
  result?: PaymeResult;
  error?: { code: number; message: unknown; data?: unknown };
}

export interface PaymeSimulatorTestBed {
  simulator: PaymeSimulator;
  /** A raw POST, without a content type unless `headers` name one. */
  post(body: string, headers?: Record<string, string>): Promise<Response>;
  rpc(method: string, params: object, auth?: string): Promise<PaymeAnswer>;
  /** The result of a call that must succeed. */
  result(method: string, params: object): Promise<PaymeResult>;
  /** The error code of a call that must fail. */
  error(method: string, params: object, auth?: string): Promise<number>;
  control(path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  /** @returns The token of a verified card. */
  verifiedCard(number?: string, save?: boolean): Promise<string>;
  /** @returns The id of a new receipt. */
  newReceipt(amount?: number, more?: object): Promise<string>;
  advance(ms: number): Promise<void>;
}

export const goodCard = '8600069195406311';
/** The time at which the clock stands: 2026-05-01, noon. */
export const noon = Date.parse('2026-05-01T12:00:00Z');

/** The test bed is closed after its test. The clock stands at noon until it is moved. */
export async function createPaymeSimulatorTestBed(
  t: TestContext,
  options: PaymeSimulatorOptions = {},
): Promise<PaymeSimulatorTestBed> {
  const simulator = await createPaymeSimulator({ now: () => noon, ...options });
  t.after(() => simulator.close());
  const { id, key } = simulator.cashbox;
  const post: PaymeSimulatorTestBed['post'] = (body, headers = { 'x-auth': `${id}:${key}` }) =>
    fetch(simulator.url, { method: 'POST', headers, body: Buffer.from(body) });
  const rpc: PaymeSimulatorTestBed['rpc'] = async (method, params, auth = `${id}:${key}`) => {
    const answer = await post(JSON.stringify({ method, params }), { 'x-auth': auth });
    assert.equal(answer.status, 200);
    return (await answer.json()) as PaymeAnswer;
  };
  const result: PaymeSimulatorTestBed['result'] = async (method, params) => {
    const answer = await rpc(method, params);
    return answer.result ?? assert.fail(`${method}: ${JSON.stringify(answer.error)}`);
  };
  const control: PaymeSimulatorTestBed['control'] = async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${simulator.origin}/_/${path}`, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    simulator,
    post,
    rpc,
    result,
    async error(method, params, auth) {
      const answer = await rpc(method, params, auth);
      return answer.error?.code ?? assert.fail(`${method} was not refused: ${JSON.stringify(answer.result)}`);
    },
    control,
    async verifiedCard(number = goodCard, save = true) {
      const { token } = (await result('cards.create', { card: { number, expire: '0399' }, save })).card;
      await result('cards.get_verify_code', { token });
      return (await result('cards.verify', { token, code: '666666' })).card.token;
    },
    async newReceipt(amount = 500_000, more = {}) {
      return (await result('receipts.create', { amount, account: { order_id: 1 }, ...more })).receipt._id;
    },
    async advance(advanceMs) {
      assert.equal((await control('clock', { advanceMs })).status, 200);
    },
  };
}
