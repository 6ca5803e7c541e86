/** What was chosen, as the fragment of the QA page's address: whoever opens it gets the same payment, shown the same way. */
import { marketOf, markets } from './markets.ts';
import { firstSettings, type Settings } from './settings.ts';

export interface Scenario {
  settings: Settings;
  /** Typed as soon as the checkout is there; empty for none. */
  code: string;
}

/** Only what differs from the first settings, so that addresses stay short. */
export function writeScenario({ settings, code }: Scenario): string {
  const changed = Object.entries(settings).filter(([name, value]) => value !== firstSettings[name as keyof Settings]);
  return new URLSearchParams([...changed, ...(code ? [['code', code]] : [])]).toString();
}

/** Addresses are typed and cut by people: what is none of the choices is as good as absent. */
export function readScenario(fragment: string): Scenario {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const one = <Name extends keyof Settings>(name: Name, choices: readonly Settings[Name][]): Settings[Name] =>
    choices.find((choice) => choice === given.get(name)) ?? firstSettings[name];
  const currency = one(
    'currency',
    markets.map((market) => market.currency),
  );
  return {
    settings: {
      currency,
      amount: /^\d{1,12}([.,]\d{1,4})?$/.test(given.get('amount') ?? '')
        ? (given.get('amount') ?? '')
        : marketOf(currency).prices[0],
      lang: one('lang', ['en', 'my', 'ru', 'uz', 'pl', '']),
      theme: one('theme', ['auto', 'light', 'dark']),
      embed: one('embed', ['script', 'element', 'plugin']),
      width: one('width', ['phone', 'wide']),
    },
    code: /^[A-Z0-9]{1,32}$/.test(given.get('code') ?? '') ? (given.get('code') ?? '') : '',
  };
}
