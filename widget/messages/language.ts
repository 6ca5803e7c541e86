/** The texts of one language together with its formats, and how a merchant's own texts replace some of ours. */
import { formatAmount, formatLocale, formatMoment } from './format.ts';
import type { LanguageCode } from './load-language.ts';
import type { FirstMessages, Messages } from './messages.ts';

/** Some texts of the merchant's own. Ours are used for those left out. */
export type OwnWords = Own<Messages>;
type Own<Words> = { [Key in keyof Words]?: Words[Key] extends string | undefined ? string : Own<Words[Key]> };

/** A merchant's own texts: for every language, or under the code of one language. */
export type Translations = OwnWords & Partial<Record<LanguageCode, OwnWords>>;

export interface Language {
  /** BCP 47, possibly with a region, which matters for numbers and dates. */
  tag: string;
  texts: FirstMessages;
  /** All texts; null until they have been fetched. */
  whole: Messages | null;
  /** The number without the currency. */
  amount(minor: number, currency: string): string;
  /** `25.00 PLN` on one line. */
  money(minor: number, currency: string): string;
  moment(iso: string): string;
}

/** @param own The merchant's own texts; later ones replace earlier ones. */
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
  own.reduce<object>((under, layer) => merged(under, layer ?? {}), words) as Words;

/** Groups are merged: a merchant that replaces one title keeps our other titles. */
const merged = (under: object, layer: object): object =>
  Object.fromEntries(
    [...Object.entries(under), ...Object.entries(layer)].map(([key, text]: [string, unknown]) => {
      const ours: unknown = Reflect.get(under, key);
      return [key, isGroup(ours) && isGroup(text) ? merged(ours, text) : text];
    }),
  );

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;
