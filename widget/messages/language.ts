/** All that a part needs to speak to the customer: the words, and how amounts and moments are written. */
import { formatAmount, formatLocale, formatMoment } from './format.ts';
import type { LanguageCode } from './load-language.ts';
import type { FirstMessages, Messages } from './messages.ts';

/** Some texts of one's own; what is left out stays ours. */
export type OwnWords = Own<Messages>;
type Own<Words> = { [Key in keyof Words]?: Words[Key] extends string | undefined ? string : Own<Words[Key]> };

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

const overlay = <Words extends FirstMessages>(words: Words, own: readonly (OwnWords | null | undefined)[]): Words =>
  own.reduce<object>((under, layer) => laidOver(under, layer ?? {}), words) as Words;

/** Group by group: a shop that rewords one title keeps our others. */
const laidOver = (under: object, layer: object): object =>
  Object.fromEntries(
    [...Object.entries(under), ...Object.entries(layer)].map(([key, text]: [string, unknown]) => {
      const ours: unknown = Reflect.get(under, key);
      return [key, isGroup(ours) && isGroup(text) ? laidOver(ours, text) : text];
    }),
  );

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;
