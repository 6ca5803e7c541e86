/** What the parts of the QA page report to the page, as events: what the tester chose or clicked, and what a checkout fired. */

import type { Condition, Device } from './device.ts';
import type { Embedding } from './qa-api.ts';
import type { CardBehaviour, ClockOf, SmsOrder, TransferOrder, Upstream } from './simulator-api.ts';

/** What the tester has chosen for the next payment and for how it is shown. */
export interface Settings {
  /** As typed, major units. */
  amount: string;
  /** ISO 4217. */
  currency: string;
  /** BCP 47; empty: the browser's. */
  lang: string;
  theme: 'auto' | 'light' | 'dark';
  embed: Embedding;
  /** Which previews are shown. */
  width: 'phone' | 'both' | 'wide';
  /** What the phone preview is. */
  device: Device;
  /** What the previews have to bear, in the order of the list of conditions. */
  conditions: readonly Condition[];
}

export const firstSettings: Settings = {
  amount: '25.00',
  currency: 'PLN',
  lang: 'en',
  theme: 'auto',
  embed: 'script',
  width: 'both',
  device: '390',
  conditions: [],
};

/** The tester chose something for the payment or its appearance. */
export class SettingsChangeEvent extends Event {
  readonly change: Partial<Settings>;
  constructor(change: Partial<Settings>) {
    super('qa-settings-change', { bubbles: true });
    this.change = change;
  }
}

/** What a panel asks the page to do. */
export type QaAction =
  | { do: 'new-payment' }
  /** Brings a fresh payment to the state of this id. */
  | { do: 'show'; state: string }
  /** Opens or closes the sheet of controls, which a small screen has. */
  | { do: 'open-controls'; open: boolean }
  | { do: 'cancel' }
  /** The shop refunds the payment. */
  | { do: 'refund' }
  | { do: 'fill'; code: string }
  /** The customer sends an SMS. */
  | { do: 'send-sms'; sms: SmsOrder }
  /** Types the code of an SMS into the checkout. */
  | { do: 'type-sms-code'; code: string }
  /** Types a transaction number into the checkout. */
  | { do: 'fill-number'; number: string }
  /** The customer pays in the wallet app. */
  | { do: 'transfer'; transfer: TransferOrder }
  /** An operator of Paykassma credits a claim: by the transfer of this number, or by the one that was submitted. */
  | { do: 'match'; id: string; number?: string }
  /** For a field in another origin's frame, into which the page cannot type. */
  | { do: 'copy'; text: string; into: string }
  | { do: 'behave'; change: CardBehaviour }
  | { do: 'reset'; of: Upstream }
  /** Moves a clock by `ms`; 0 resets it. */
  | { do: 'move-clock'; of: ClockOf; ms: number }
  | { do: 'order-fault'; id: string }
  /** Resets clocks and line. */
  | { do: 'reset-environment' }
  | { do: 'clear-log' };

export class QaActionEvent extends Event {
  readonly action: QaAction;
  constructor(action: QaAction) {
    super('qa-action', { bubbles: true });
    this.action = action;
  }
}

/** The checkout in one of the stage's frames fired an event. */
export class StageEvent extends Event {
  readonly seen: SeenEvent;
  readonly size: 'phone' | 'wide';
  constructor(seen: SeenEvent, size: 'phone' | 'wide') {
    super('qa-stage-event', { bubbles: true });
    this.seen = seen;
    this.size = size;
  }
}

export interface SeenEvent {
  /** `screen`: the checkout shows something else. */
  kind: 'event' | 'screen';
  name: string;
  /** Its most informative field. */
  detail: string;
  ok: boolean;
}

declare global {
  interface HTMLElementEventMap {
    'qa-settings-change': SettingsChangeEvent;
    'qa-action': QaActionEvent;
    'qa-stage-event': StageEvent;
  }
}
