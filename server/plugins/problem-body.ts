/** A problem as it goes over the wire: RFC 9457, with the names the contract promises. */
import type { ProblemDetails } from '#contract';
import type { ProblemError } from '../payments/model/problem-error.ts';
import { problemTable } from './problem-table.ts';

/** `requestId` becomes the reference where the problem has none of its own. */
export function problemBody({ code, extras }: ProblemError, requestId: string): ProblemDetails {
  const { status, ref = requestId, ...rest } = extras;
  const { title, status: usual } = problemTable[code];
  return { type: `urn:pay-desk:problem:${code}`, title, status: status ?? usual, code, ref, ...rest };
}
