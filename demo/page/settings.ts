/** What the tester has chosen for the next payment and for how it is shown. */
import type { Embedding } from './qa-api.ts';

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
}

export const firstSettings: Settings = {
  amount: '25.00',
  currency: 'PLN',
  lang: 'en',
  theme: 'auto',
  embed: 'script',
  width: 'both',
};

/** Something was chosen. */
export class SettingsChangeEvent extends Event {
  readonly change: Partial<Settings>;
  constructor(change: Partial<Settings>) {
    super('qa-settings-change', { bubbles: true });
    this.change = change;
  }
}

declare global {
  interface HTMLElementEventMap {
    'qa-settings-change': SettingsChangeEvent;
  }
}
