/** What a panel asks the page to do. */
import type { CardBehaviour } from './card-behaviour.ts';
import type { SmsOrder } from './code-ledger.ts';
import type { Upstream } from './mishap.ts';
import type { ClockOf, TransferOrder } from './qa-client.ts';

export type QaAction =
  | { do: 'new-payment' }
  /** Brings a fresh payment to the state of this id. */
  | { do: 'show'; state: string }
  | { do: 'cancel' }
  /** The shop gives the money back. */
  | { do: 'refund' }
  | { do: 'fill'; code: string }
  /** The customer sends an SMS. */
  | { do: 'send-sms'; sms: SmsOrder }
  /** Types what came by SMS, where it is asked for. */
  | { do: 'type-sms-code'; code: string }
  /** Types the number of a transfer, where one is asked for. */
  | { do: 'fill-number'; number: string }
  /** The customer pays in the wallet app. */
  | { do: 'transfer'; transfer: TransferOrder }
  /** An operator of Paykassma credits a claim, by the transfer of this number if not by the one that was told. */
  | { do: 'match'; id: string; number?: string }
  /** For what is typed in another origin's frame. */
  | { do: 'copy'; text: string; into: string }
  | { do: 'behave'; change: CardBehaviour }
  | { do: 'reset'; of: Upstream }
  /** Moves a clock by so much; 0 sets it right. */
  | { do: 'move-clock'; of: ClockOf; ms: number }
  | { do: 'mishap'; id: string }
  /** Clocks and line as they are in life. */
  | { do: 'set-right' }
  | { do: 'clear-log' };

export class QaActionEvent extends Event {
  readonly action: QaAction;
  constructor(action: QaAction) {
    super('qa-action', { bubbles: true });
    this.action = action;
  }
}

declare global {
  interface HTMLElementEventMap {
    'qa-action': QaActionEvent;
  }
}
