/**
 * A broken payment service: no answer, or none that can be understood. A refusal is not such an error; refusals are values.
 *
 * The error names the service, the method and the kind of fault, and deliberately has no `cause`: the message of a parser quotes
 * the answer, an HTTP error may carry the request, and either may hold a pay code, a card number or a key.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly fault: TransportError;
  readonly upstream: string;
  readonly method: string;
  readonly reason: string | undefined;

  constructor(fault: TransportError, { upstream, method, reason }: UpstreamErrorDetails) {
    super(`${upstream} ${method}: ${fault}${reason ? ` (${reason})` : ''}`);
    this.fault = fault;
    this.upstream = upstream;
    this.method = method;
    this.reason = reason;
  }
}

export type TransportError =
  /** The request never left, so nothing happened upstream. This is the only fault that proves it. */
  | 'not_sent'
  /** The connection broke or the deadline passed after the request may have left. The outcome is unknown. */
  | 'lost'
  /** The service's own error: an HTTP status other than 2xx, or a JSON-RPC error of the protocol. The outcome is unknown. */
  | 'http'
  /** An answer that is too long, not JSON or not of the promised form. The outcome is unknown. */
  | 'bad_shape';

/** For who catches errors of any kind; null for one of another kind. */
export const upstreamFault = (error: unknown): TransportError | null => (error instanceof UpstreamError ? error.fault : null);

interface UpstreamErrorDetails {
  /** Which service, e.g. `paycodes`. */
  upstream: string;
  /** Which of its methods, e.g. `use_code`. */
  method: string;
  /** A code for the operator (`ECONNRESET`, `500`, `code.use_time`); never text that the service sent. */
  reason?: string | undefined;
}

/** Throws, as an expression. `reason` is never anything that was sent or answered. */
export function throwUpstream(upstream: string, fault: TransportError, method: string, reason: string): never {
  throw new UpstreamError(fault, { upstream, method, reason });
}
