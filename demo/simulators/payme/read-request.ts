/** Reads a JSON-RPC request. `{method, params}` is enough, because real clients send no more. Batches are not served. */
import * as z from 'zod';
import { RpcError } from './rpc-error.ts';

/** The methods that are served: the twelve of the documents, and two more that clients use. Faults are ordered by these names. */
export const methodNames = [
  'cards.create',
  'cards.get_verify_code',
  'cards.verify',
  'cards.check',
  'cards.remove',
  'receipts.create',
  'receipts.pay',
  'receipts.send',
  'receipts.cancel',
  'receipts.check',
  'receipts.get',
  'receipts.get_all',
  'receipts.confirm_hold',
  'receipts.set_fiscal_data',
] as const;
export type MethodName = (typeof methodNames)[number];

export const isMethodName = (name: string): name is MethodName => (methodNames as readonly string[]).includes(name);

export interface RpcRequest {
  method: MethodName;
  params: unknown;
}

/** What an answer repeats of the request: its id, where there was one. */
export type Echo = z.infer<typeof WithId>;

/** @throws {RpcError} parse_error */
export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RpcError('parse_error');
  }
}

export const readEcho = (body: unknown): Echo => WithId.catch({}).parse(body);

/** @throws {RpcError} invalid_request, method_not_found */
export function readRequest(body: unknown): RpcRequest {
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) throw new RpcError('invalid_request');
  const { method, params = {} } = envelope.data;
  if (!isMethodName(method)) throw new RpcError('method_not_found', { data: method });
  return { method, params };
}

const WithId = z.object({ id: z.union([z.string(), z.number(), z.null()]).optional() });
const Envelope = WithId.extend({ method: z.string(), params: z.record(z.string(), z.unknown()).optional() });
