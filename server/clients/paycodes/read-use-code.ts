/** Reads whether `use_code` spent the code. What cannot be read is no outcome. */
import * as z from 'zod';
import type { UseCodeAnswer } from './answers.ts';
import { isDefinite } from './is-definite.ts';
import { raise } from './raise.ts';
import { readStatus } from './read-status.ts';
import type { Answer } from './transport.ts';

/** @throws {UpstreamError} `http` or `bad_shape`: the outcome is unknown */
export function readUseCode(answer: Answer): UseCodeAnswer {
  if (!answer.ok) {
    // "Internal error" may come from a gateway that lost patience while the service behind it went on.
    return isDefinite(answer.code) ? { kind: 'refused', code: answer.code } : raise('http', 'use_code', String(answer.code));
  }
  const status = z.looseObject({ status: z.unknown().optional() }).safeParse(answer.result);
  const used = status.success ? readStatus(status.data.status) : undefined;
  return used === undefined ? raise('bad_shape', 'use_code', 'status') : { kind: 'status', used };
}
