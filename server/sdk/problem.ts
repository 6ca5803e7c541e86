/** What a call of the client throws when the server refuses it. */
import type { components } from './openapi.d.ts';

export type ProblemDetails = components['schemas']['ProblemDetails'];

/**
 * The server refused a call, or something between here and the server did. Where no answer came at all, the call rejects with what
 * `fetch` throws, and it is not known whether it had an effect: make it again with the same idempotency key.
 */
export class PayDeskError extends Error {
  override readonly name = 'PayDeskError';
  /** Of HTTP. */
  readonly status: number;
  /** Stable; null where the answer is not one of the server, for example a proxy's page. */
  readonly code: ProblemDetails['code'] | null;
  /** What the server said; null as above. */
  readonly problem: ProblemDetails | null;

  constructor(status: number, body: unknown) {
    const problem = isProblem(body) ? body : null;
    super(
      problem
        ? `${problem.code}: ${problem.detail ?? `${problem.title} (see PROBLEMS.md)`}${problem.field ? ` (${problem.field})` : ''}`
        : `The answer has status ${status} and is not one of Pay Desk.`,
    );
    this.status = status;
    this.code = problem?.code ?? null;
    this.problem = problem;
  }
}

const isProblem = (body: unknown): body is ProblemDetails =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'title' in body;
