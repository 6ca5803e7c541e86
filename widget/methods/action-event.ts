/**
 * A form asks for a request that is no payment: another SMS, or removing a saved card or a discount. `<pay-desk>` sends it. The
 * event does not leave the shadow root.
 */
import type { SubmitRequest } from '../session/submit-action.ts';

export class ActionEvent extends Event {
  /** Names the request among the others of this payment; its Idempotency-Key is kept under this name. */
  readonly name: string;
  readonly send: SubmitRequest;
  /** Announced while the request runs; '' where the form has its own text. */
  readonly busyText: string;
  constructor(name: string, send: SubmitRequest, busyText = '') {
    super('action', { bubbles: true });
    this.name = name;
    this.send = send;
    this.busyText = busyText;
  }
}
