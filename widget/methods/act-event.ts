/** A room wants something done that is no payment: another SMS, a saved card removed. The desk sends it; the event does not leave the desk. */
import type { Send } from '../send-click.ts';

export class ActEvent extends Event {
  /** Names the click among the others of this payment. */
  readonly name: string;
  readonly send: Send;
  constructor(name: string, send: Send) {
    super('act', { bubbles: true });
    this.name = name;
    this.send = send;
  }
}
