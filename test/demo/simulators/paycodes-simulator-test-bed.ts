/** A PayCodes simulator and a caller by plain HTTP, without our client. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  createPayCodesSimulator,
  type PayCodesSimulator,
  type PayCodesSimulatorOptions,
} from '../../../demo/simulators/paycodes/simulator.ts';

export interface RpcAnswer {
  jsonrpc: string;
  id: unknown;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

export interface PayCodesSimulatorTestBed {
  simulator: PayCodesSimulator;
  /** A raw POST to the service. @returns The body. */
  post(body: string, headers?: Record<string, string>): Promise<Response>;
  rpc(method: string, params?: unknown): Promise<RpcAnswer>;
  /** The result of a call that must succeed. */
  result(method: string, params?: unknown): Promise<Record<string, unknown>>;
  /** The error code of a call that must fail. */
  error(method: string, params?: unknown): Promise<number>;
  /** A request to a control route. */
  control(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
}

/** The test bed is closed after its test. */
export async function createPayCodesSimulatorTestBed(
  t: TestContext,
  options?: PayCodesSimulatorOptions,
): Promise<PayCodesSimulatorTestBed> {
  const simulator = await createPayCodesSimulator(options);
  t.after(() => simulator.close());
  const type = { 'content-type': 'application/json' };
  const authorization = `Bearer ${simulator.key}`;
  const post: PayCodesSimulatorTestBed['post'] = (body, headers = { ...type, authorization }) =>
    fetch(simulator.url, { method: 'POST', headers, body });
  const rpc: PayCodesSimulatorTestBed['rpc'] = async (method, params) => {
    const answer = await post(JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }));
    assert.equal(answer.status, 200);
    return (await answer.json()) as RpcAnswer;
  };
  return {
    simulator,
    post,
    rpc,
    async result(method, params) {
      const { result, error } = await rpc(method, params);
      return result ?? assert.fail(JSON.stringify(error));
    },
    async error(method, params) {
      const { result, error } = await rpc(method, params);
      return error?.code ?? assert.fail(JSON.stringify(result));
    },
    async control(method, path, body) {
      const init = body === undefined ? { method } : { method, headers: type, body: JSON.stringify(body) };
      const answer = await fetch(simulator.url + path, init);
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
  };
}
