/** All that a part needs to speak to the customer: the words, and how amounts and moments are written. */
import { formatAmount } from './format-amount.ts';
import { formatLocale } from './format-locale.ts';
import { formatMoment } from './format-moment.ts';
import type { FirstMessages, Messages } from './messages.ts';
import type { LanguageCode } from './words-of.ts';

/** Some texts of one's own; what is left out stays ours. */
export type OwnWords = { [Key in keyof Messages]?: Messages[Key] extends string ? string : Partial<Messages[Key]> };

/** A merchant's own words: for every language, or under the code of one. */
export type Translations = OwnWords & Partial<Record<LanguageCode, OwnWords>>;

export interface Language {
  /** BCP 47: `my-MM` says more about numbers and dates than the words can. */
  tag: string;
  texts: FirstMessages;
  /** All texts; null until they are fetched. */
  whole: Messages | null;
  /** The number alone. */
  amount(minor: number, currency: string): string;
  /** `25.00 PLN` on one line. */
  money(minor: number, currency: string): string;
  moment(iso: string): string;
}

/** `own` comes in layers, the last one on top. */
export function createLanguage(tag: string, words: FirstMessages | Messages, ...own: (OwnWords | null | undefined)[]): Language {
  const locale = formatLocale(tag);
  const amount = (minor: number, currency: string) => formatAmount(minor, currency, locale);
  const whole = 'checkingText' in words ? overlay(words, own) : null;
  return {
    tag,
    texts: whole ?? overlay(words, own),
    whole,
    amount,
    money: (minor, currency) => `${amount(minor, currency)}\u00a0${currency}`,
    moment: (iso) => formatMoment(iso, tag),
  };
}

function overlay<Words extends FirstMessages>(words: Words, own: readonly (OwnWords | null | undefined)[]): Words {
  const texts = { ...words };
  for (const layer of own)
    Object.assign(texts, layer, {
      titles: { ...texts.titles, ...layer?.titles },
      methods: { ...texts.methods, ...layer?.methods },
      problems: { ...texts.problems, ...layer?.problems },
    });
  return texts;
}
