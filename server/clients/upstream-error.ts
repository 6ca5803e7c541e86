/**
 * A broken upstream: no answer, or none that can be understood. A refusal is not one; refusals are values.
 *
 * It names the upstream, the method and the kind of fault, and deliberately has no `cause`: a parser's message quotes the
 * answer, an HTTP error may carry the request, and either may hold a code, a card number or a key.
 */
export type TransportError =
  /** Proven: the request never left, so nothing happened. */
  | 'not_sent'
  /** The connection broke or the deadline passed after the request may have left. The outcome is unknown. */
  | 'lost'
  /** An error of the service itself: an HTTP status other than 2xx, or a JSON-RPC error of the protocol. The outcome is unknown. */
  | 'http'
  /** An answer that is too long, not JSON or not of the promised shape. The outcome is unknown. */
  | 'bad_shape';

export interface UpstreamErrorDetails {
  /** Which service, e.g. `paycodes`. */
  upstream: string;
  /** Which of its methods, e.g. `use_code`. */
  method: string;
  /** A code for the operator (`ECONNRESET`, `500`, `code.use_time`); never text that upstream sent. */
  reason?: string | undefined;
}

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
