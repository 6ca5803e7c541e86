/** A result may hold an error of its own, `result.error`, where code 0 means "no error". Source: paycodes.md §1.1. */
import * as z from 'zod';
import { ErrorIn } from './error-in.ts';
import type { Answer } from './transport.ts';

const WithError = z.looseObject({ error: ErrorIn });

export function openResult(result: unknown): Answer {
  const inner = WithError.safeParse(result);
  return inner.success && inner.data.error.code !== 0 ? { ok: false, code: inner.data.error.code ?? null } : { ok: true, result };
}
