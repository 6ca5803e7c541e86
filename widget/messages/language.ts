/** All that a part needs to speak to the customer: the words, and how amounts and moments are written. */
import { formatAmount } from './format-amount.ts';
import { formatMoment } from './format-moment.ts';
import type { Messages } from './messages.ts';

/** The languages with words of their own. */
export type LanguageCode = 'en' | 'my';

/** A merchant's own words, per language; what is left out stays ours. */
export type Translations = Partial<Record<LanguageCode, Partial<Messages>>>;

export interface Language {
  /** BCP 47: `my-MM` says more about numbers and dates than the words can. */
  tag: string;
  texts: Messages;
  /** The number alone. */
  amount(minor: number, currency: string): string;
  /** `25.00 PLN` on one line. */
  money(minor: number, currency: string): string;
  moment(iso: string): string;
}

export function createLanguage(tag: string, words: Messages, own: Partial<Messages> = {}): Language {
  const locale = tag === 'en' ? 'en-GB' : tag; // plain English is read all over the world: day before month, 24 hours
  const amount = (minor: number, currency: string) => formatAmount(minor, currency, locale);
  return {
    tag,
    texts: {
      ...words,
      ...own,
      titles: { ...words.titles, ...own.titles },
      methods: { ...words.methods, ...own.methods },
      problems: { ...words.problems, ...own.problems },
    },
    amount,
    money: (minor, currency) => `${amount(minor, currency)}\u00a0${currency}`,
    moment: (iso) => formatMoment(iso, locale),
  };
}
