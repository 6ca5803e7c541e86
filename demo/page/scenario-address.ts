/** What was chosen and done, as the fragment of the QA page's address: whoever opens it meets the same payment, in the same world. */
import { mishaps } from './faults.ts';
import { marketOf, markets } from './money.ts';
import { type Embedding, embeddings } from './qa-api.ts';
import { findState } from './states/customer-states.ts';

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

export interface Scenario {
  settings: Settings;
  /** Typed as soon as the checkout is there; empty for none. */
  code: string;
  /** Id of the state that the payment is brought to; empty for none. */
  state: string;
  /** Ids of the mishaps that are ordered. */
  mishaps: readonly string[];
  /** How far the clocks were moved, milliseconds. */
  bff: number;
  paycodes: number;
  payme: number;
}

export const firstScenario: Scenario = {
  settings: firstSettings,
  code: '',
  state: '',
  mishaps: [],
  bff: 0,
  paycodes: 0,
  payme: 0,
};

/** Only what differs from the first, so that addresses stay short. */
export function writeScenario({ settings, code, state, mishaps: ordered, bff, paycodes, payme }: Scenario): string {
  const changed = Object.entries(settings).filter(([name, value]) => value !== firstSettings[name as keyof Settings]);
  const rest = Object.entries({
    code,
    state,
    mishaps: ordered.join('.'),
    bff: bff || '',
    paycodes: paycodes || '',
    payme: payme || '',
  });
  const words = [...changed, ...rest.filter(([, value]) => value !== '')].map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(words).toString();
}

/** Addresses are typed and cut by people: what is none of the choices is as good as absent. */
export function readScenario(fragment: string): Scenario {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const one = <Name extends keyof Settings>(name: Name, choices: readonly Settings[Name][]): Settings[Name] =>
    choices.find((choice) => choice === given.get(name)) ?? firstSettings[name];
  const like = (name: string, form: RegExp): string => (form.test(given.get(name) ?? '') ? (given.get(name) ?? '') : '');
  const currency = one(
    'currency',
    markets.map((market) => market.currency),
  );
  const ordered = (given.get('mishaps') ?? '').split('.');
  return {
    settings: {
      currency,
      amount: like('amount', /^\d{1,12}([.,]\d{1,4})?$/) || marketOf(currency).prices[0],
      lang: one('lang', ['en', 'my', 'ru', 'uz', 'pl', '']),
      theme: one('theme', ['auto', 'light', 'dark']),
      embed: one('embed', Object.keys(embeddings) as Embedding[]),
      width: one('width', ['phone', 'both', 'wide']),
    },
    code: like('code', /^[A-Z0-9]{1,32}$/),
    state: findState(given.get('state') ?? '')?.id ?? '',
    mishaps: mishaps.map(({ id }) => id).filter((id) => ordered.includes(id)),
    bff: Number(like('bff', /^-?\d{1,12}$/)),
    paycodes: Number(like('paycodes', /^-?\d{1,12}$/)),
    payme: Number(like('payme', /^-?\d{1,12}$/)),
  };
}
