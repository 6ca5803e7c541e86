/** What a panel asks the page to do. */
import type { Upstream } from './mishaps.ts';
import type { TransferOrder } from './qa-client.ts';

export type QaAction =
  | { do: 'new-payment' }
  /** Brings a fresh payment to the state of this id. */
  | { do: 'show'; state: string }
  | { do: 'cancel' }
  | { do: 'fill'; code: string }
  /** Types the number of a transfer, where one is asked for. */
  | { do: 'fill-number'; number: string }
  /** The customer pays in the wallet app. */
  | { do: 'transfer'; transfer: TransferOrder }
  /** An operator of Paykassma credits a claim, by the transfer of this number if not by the one that was told. */
  | { do: 'match'; id: string; number?: string }
  | { do: 'reset'; of: Upstream }
  /** Moves a clock by so much; 0 sets it right. */
  | { do: 'move-bff' | 'move-simulator'; ms: number }
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
