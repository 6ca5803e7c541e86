/** Reads a JSON-RPC question from a request's body. Batches are not served. */
import * as z from 'zod';
import { isMethod } from './is-method.ts';
import { parseBody } from './parse-body.ts';
import type { Question } from './rpc.ts';
import { RpcError } from './rpc-error.ts';

const Envelope = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.string(),
  params: z.unknown().optional(),
});

/** @throws {RpcError} parse_error, invalid_request, method_not_found */
export function readQuestion(body: string): Question & { id: string | number } {
  const envelope = Envelope.safeParse(parseBody(body));
  if (!envelope.success) throw new RpcError('invalid_request');
  const { id, method, params } = envelope.data;
  if (!isMethod(method)) throw new RpcError('method_not_found');
  return { id, method, params };
}
