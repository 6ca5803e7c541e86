/**
 * Opens a JSON-RPC 2.0 answer. Errors come in two places: beside `result`, and inside it (paycodes.md §1.1). `undefined` = no
 * such answer, or one that contradicts itself or belongs to another question.
 */
import * as z from 'zod';
import { ErrorIn } from './error-in.ts';
import { openResult } from './open-result.ts';
import type { Answer } from './transport.ts';

const Envelope = z.looseObject({ id: z.unknown().optional(), result: z.unknown().optional(), error: ErrorIn.nullish() });

export function readEnvelope(answer: unknown, id: string): Answer | undefined {
  const envelope = Envelope.safeParse(answer);
  if (!envelope.success) return undefined;
  const { id: echoed, result, error } = envelope.data;
  if (echoed !== undefined && echoed !== null && String(echoed) !== id) return undefined;
  if (error) return result === undefined || result === null ? { ok: false, code: error.code ?? null } : undefined;
  return result === undefined ? undefined : openResult(result);
}
