/**
 * What an HTTP status of 400 and more says under `rest`, whose errors no document describes: a refusal, if the body gives a
 * number, or if the status itself can only be about the code. `undefined` = the service's own trouble, or a gateway's page.
 */

import { ErrorIn } from './error-in.ts';
import type { Answer } from './transport.ts';

/** The number beside the text or in an object of its own. */
const Body = ErrorIn.extend({ error: ErrorIn.nullish().catch(null) });

/** @param body parsed; `{}` where there is none, undefined where it is not JSON */
export function readRestRefusal(status: number, body: unknown): Answer | undefined {
  if (status < 400 || status > 499 || troubles.has(status)) return undefined;
  const read = Body.safeParse(body).data;
  if (!read) return undefined;
  const code = read.error?.code || read.code || null; // 0 would be "no error"
  return code !== null || aboutTheCode.has(status) ? { ok: false, code } : undefined;
}

/** Who asks, how often or how long: whatever else is said, it is not about the code. */
const troubles = new Set([401, 403, 407, 408, 425, 429]);
/** Not found, in conflict, gone, not to be processed. */
const aboutTheCode = new Set([404, 409, 410, 422]);
