/** A room wants something done that is no payment: another SMS, a saved card or a discount removed. The desk sends it; the event does not leave the desk. */
import type { SubmitRequest } from '../session/submit-action.ts';

export class ActionEvent extends Event {
  /** Names the click among the others of this payment. */
  readonly name: string;
  readonly send: SubmitRequest;
  /** What is said while it is on its way; '' where the room has a word for it. */
  readonly words: string;
  constructor(name: string, send: SubmitRequest, words = '') {
    super('act', { bubbles: true });
    this.name = name;
    this.send = send;
    this.words = words;
  }
}
