/**
 * Opens a JSON-RPC 2.0 answer. Errors come in two places: beside `result`, and inside it, where code 0 means "no error"
 * (paycodes.md §1.1). `undefined` = no such answer, or one that contradicts itself or belongs to another question.
 */
import * as z from 'zod';
import { integer } from './integer.ts';

export type RpcAnswer = { ok: true; result: unknown } | { ok: false; code: number | null };

const RpcError = z.looseObject({ code: integer.nullish().catch(null) });
const Envelope = z.looseObject({ id: z.unknown().optional(), result: z.unknown().optional(), error: RpcError.nullish() });
const InnerError = z.looseObject({ error: RpcError });

export function readEnvelope(answer: unknown, id: string): RpcAnswer | undefined {
  const envelope = Envelope.safeParse(answer);
  if (!envelope.success) return undefined;
  const { id: echoed, result, error } = envelope.data;
  if (echoed !== undefined && echoed !== null && String(echoed) !== id) return undefined;
  if (error) return result === undefined || result === null ? { ok: false, code: error.code ?? null } : undefined;
  if (result === undefined) return undefined;
  const inner = InnerError.safeParse(result);
  if (inner.success && inner.data.error.code !== 0) return { ok: false, code: inner.data.error.code ?? null };
  return { ok: true, result };
}
