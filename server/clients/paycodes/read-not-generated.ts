/** Reads the refusal of a generating call, if it is one. No code was handed out, whichever way it is said. */
import * as z from 'zod';
import type { Refused } from './answers.ts';
import { isDefinite } from './is-definite.ts';
import { isProtocolError } from './is-protocol-error.ts';
import { raise } from './raise.ts';
import { readStatus } from './read-status.ts';
import type { Answer, Method } from './transport.ts';

/** @throws {UpstreamError} `http` for an error of the service itself */
export function readNotGenerated(method: Method, answer: Answer): Refused | undefined {
  if (!answer.ok) {
    const { code } = answer;
    return isProtocolError(code) && !isDefinite(code) ? raise('http', method, String(code)) : { kind: 'refused', code };
  }
  const { success, data } = WithStatus.safeParse(answer.result);
  return success && readStatus(data.status) === false ? { kind: 'refused', code: null } : undefined;
}

const WithStatus = z.looseObject({ status: z.unknown() });
