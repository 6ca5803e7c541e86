/**
 * The scenario of the QA page as the fragment of its address: whoever opens the address gets the same payment under the same
 * conditions.
 */

import { languageCodes } from '#contract';
import { type Condition, conditions, type Device, devices } from './device.ts';
import { namedFaults } from './faults.ts';
import { marketOf, markets } from './money.ts';
import { type Embedding, embeddings } from './qa-api.ts';
import { firstSettings, type Settings } from './qa-events.ts';
import { findState } from './states/customer-states.ts';

export interface Scenario {
  settings: Settings;
  /** Is typed as soon as the checkout is drawn; empty for none. */
  code: string;
  /** Id of the state that the payment is brought to; empty for none. */
  state: string;
  /** Ids of the faults that are ordered. */
  faults: readonly string[];
  /** How far the clocks were moved, milliseconds. */
  bff: number;
  paycodes: number;
  payme: number;
}

export const firstScenario: Scenario = {
  settings: firstSettings,
  code: '',
  state: '',
  faults: [],
  bff: 0,
  paycodes: 0,
  payme: 0,
};

/** Writes only what differs from the first scenario, so that addresses stay short. */
export function writeScenario({ settings, code, state, faults: ordered, bff, paycodes, payme }: Scenario): string {
  const changed = Object.entries(settings)
    .map(([name, value]) => [name, inWords(value)] as const)
    .filter(([name, value]) => value !== inWords(firstSettings[name as keyof Settings]));
  const rest = Object.entries({
    code,
    state,
    faults: ordered.join('.'),
    bff: bff || '',
    paycodes: paycodes || '',
    payme: payme || '',
  });
  const words = [...changed, ...rest.filter(([, value]) => value !== '')].map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(words).toString();
}

const inWords = (value: Settings[keyof Settings]): string => (typeof value === 'string' ? value : value.join('.'));

/** Reads what is valid and takes the default for everything else: people type and cut addresses. */
export function readScenario(fragment: string): Scenario {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const one = <Name extends keyof Settings>(name: Name, choices: readonly Settings[Name][]): Settings[Name] =>
    choices.find((choice) => choice === given.get(name)) ?? firstSettings[name];
  const like = (name: string, form: RegExp): string => (form.test(given.get(name) ?? '') ? (given.get(name) ?? '') : '');
  const currency = one(
    'currency',
    markets.map((market) => market.currency),
  );
  const listed = (name: string): string[] => (given.get(name) ?? '').split('.');
  return {
    settings: {
      currency,
      amount: like('amount', /^\d{1,12}([.,]\d{1,4})?$/) || marketOf(currency).prices[0],
      lang: one('lang', [...languageCodes, '']),
      theme: one('theme', ['auto', 'light', 'dark']),
      embed: one('embed', Object.keys(embeddings) as Embedding[]),
      width: one('width', ['phone', 'both', 'wide']),
      device: one('device', Object.keys(devices) as Device[]),
      conditions: (Object.keys(conditions) as Condition[]).filter((each) => listed('conditions').includes(each)),
    },
    code: like('code', /^[A-Z0-9]{1,32}$/),
    state: findState(given.get('state') ?? '')?.id ?? '',
    faults: namedFaults.map(({ id }) => id).filter((id) => listed('faults').includes(id)),
    bff: Number(like('bff', /^-?\d{1,12}$/)),
    paycodes: Number(like('paycodes', /^-?\d{1,12}$/)),
    payme: Number(like('payme', /^-?\d{1,12}$/)),
  };
}
