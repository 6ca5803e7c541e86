/**
 * Opens a JSON-RPC 2.0 answer, whatever content type it came with. `undefined` = no such answer, or one that contradicts itself
 * or belongs to another question. Source: payme.md §1 and §6.1.
 */
import * as z from 'zod';

export type RpcAnswer = { ok: true; result: unknown } | { ok: false; code: number; data: unknown };

/**
 * Payme's codes have five digits. Longer ones are none: they are told to logs and metrics, where nothing else may come, a card's number least.
 * The message is text or texts by language; it goes no further than this.
 */
const RpcError = z.looseObject({ code: z.int().min(-99_999).max(99_999), data: z.unknown().optional() });
const Envelope = z.looseObject({
  // Payme's own pages show it echoed, null and left out.
  id: z.union([z.string(), z.number()]).nullish(),
  result: z.unknown().optional(),
  error: RpcError.nullish(),
});

export function readEnvelope(text: string, id: number): RpcAnswer | undefined {
  const envelope = Envelope.safeParse(parsed(text)).data;
  if (!envelope || String(envelope.id ?? id) !== String(id)) return undefined;
  const { result, error } = envelope;
  // Without a result the method's own schema fails, as with any other that it does not know.
  if (!error) return { ok: true, result };
  return result === undefined || result === null ? { ok: false, code: error.code, data: error.data } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
