/** What the desk asks of the room of any method. */
import type { LitElement } from 'lit';
import type { Send } from '../payment-controller.ts';

export interface MethodRoom extends LitElement {
  /** Could be sent as it stands. Shows nothing. */
  readonly complete: boolean;
  /** Shows what is wrong, if anything, and takes the focus then. */
  validate(): boolean;
  /** One click, ready to be sent; the desk never sees what was typed. */
  send: Send;
}
