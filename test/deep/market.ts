/**
 * The prices and codes of a schedule, by the simulators' prices: one currency for each family of methods. Amounts in minor units.
 */

export type Currency = 'PLN' | 'MMK' | 'UZS';

export interface Market {
  /** The amount that a code, an SMS, a transfer or a card pays. */
  price: number;
  enter: string;
  sms: string;
  reversed: string;
  shortNumber: string;
  /** The rule of codes with a `deduction`. */
  discount: string;
  deduction: number;
  /** The rule of codes that pay everything. */
  full: string;
}

export const markets: Readonly<Record<Currency, Market>> = {
  PLN: market('', 2_500, 500, '7255'),
  MMK: market('-mmk', 600_000, 100_000, '8255'),
  UZS: market('-uzs', 500_000, 100_000, '3255'),
};

function market(suffix: string, price: number, deduction: number, shortNumber: string): Market {
  return {
    price,
    deduction,
    shortNumber,
    enter: `demo-enter${suffix}`,
    sms: `demo-sms${suffix}`,
    reversed: `demo-reversed${suffix}`,
    discount: `demo-discount-amount${suffix}`,
    full: `demo-full${suffix}`,
  };
}

/** The value of a rule's codes; null where they pay nothing by themselves. */
export const priceOfRule = (slug: string): number | null =>
  Object.values(markets).find(({ enter, sms, reversed }) => [enter, sms, reversed].includes(slug))?.price ?? null;
