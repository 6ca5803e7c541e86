/**
 * The texts of one language together with its formats, how a merchant's own texts replace some of ours, and how the widget keeps to
 * the customer's language, and which text a problem has. Texts that are not bundled are fetched when they are first needed.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { canonicalTag, type DeskProblem, directionOf, findLanguage, type LanguageCode, type PaymentView } from '#contract';
import { ofDocument, retryImport } from '../browser.ts';
import type { FirstMessages } from './first-messages.ts';
import { first } from './first-messages.ts';
import { fill, formatAmount, formatLocale, formatMoment } from './format.ts';
import type { Messages } from './messages.ts';

/** Some texts of the merchant's own. Ours are used for those left out. */
export type OwnWords = Own<Omit<Messages, 'page' | 'currencies'>>;
type Own<Words> = { [Key in keyof Words]?: Words[Key] extends string | undefined ? string : Own<Words[Key]> };

/** A merchant's own texts: for every language, or under the code of one language. */
export type Translations = OwnWords & Partial<Record<LanguageCode, OwnWords>>;

export interface Language {
  /** BCP 47, possibly with a region, which matters for numbers and dates. */
  tag: string;
  dir: 'ltr' | 'rtl';
  texts: FirstMessages;
  /** All texts; null until they have been fetched. */
  whole: Messages | null;
  /** The number without the currency. */
  amount(minor: number, currency: string): string;
  /** What people write before and after an amount of the currency: nothing and ` PLN`, or `৳` and nothing. */
  around(currency: string): [before: string, after: string];
  /** `25.00 PLN` on one line. */
  money(minor: number, currency: string): string;
  moment(iso: string): string;
}

/** @param own The merchant's own texts; later ones replace earlier ones. */
export function createLanguage(tag: string, words: FirstMessages | Messages, ...own: (OwnWords | null | undefined)[]): Language {
  const locale = formatLocale(tag);
  const dir = directionOf(tag);
  const amount = (minor: number, currency: string) => formatAmount(minor, currency, locale);
  const whole = 'checkingText' in words ? overlay(words, own) : null;
  const texts = whole ?? overlay(words, own);
  const around = (currency: string) =>
    (texts.currencies?.[currency] ?? `{n}\u00a0${currency}`).split('{n}') as [before: string, after: string];
  const money = (minor: number, currency: string) => around(currency).join(amount(minor, currency));
  return {
    tag,
    dir,
    texts,
    whole,
    amount,
    around,
    // In a text that runs from right to left the sign of a currency would change sides.
    money: (minor, currency) => (dir === 'ltr' ? money(minor, currency) : `\u2066${money(minor, currency)}\u2069`),
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

/**
 * The text for a problem, by its code. It is always our own text, never one of a payment service.
 * @param view Null while the payment is not open; then the text is about opening it.
 * @param formTexts The form's own texts, which are preferred.
 */
export function problemText(
  problem: DeskProblem,
  { texts, whole, money, moment }: Language,
  view: PaymentView | null,
  formTexts?: Partial<Record<DeskProblem['code'], string>>,
): string {
  // While the payment is not open: a dead link, no answer at all, or an answer that says that something is wrong there.
  if (!view && !/^(un|not)/.test(problem.code)) return problem.code === 'network' ? texts.unreachable : texts.serviceFault;
  const at = problem.at && whole ? moment(problem.at) : '';
  if (at && whole && problem.code === 'code_expired') return fill(whole.codeExpiredOn, { at });
  if (at && whole && problem.code === 'code_not_yet_valid') return fill(whole.codeValidFrom, { at });
  const { transfer, card, sms } = whole ?? {};
  // Pay codes and transfers share problem codes, e.g. `too_many_attempts`. In the wallet form the text about the transfer comes first.
  const preferred = formTexts ?? (view && /^(transfer|choose_wallet)$/.test(view.nextAction.kind) ? transfer?.problems : null);
  // A newer BFF may have codes without a text here.
  const [text = texts.problems.internal] = [preferred, texts.problems, transfer?.problems, card?.problems, sms?.problems].flatMap(
    (group) => group?.[problem.code] ?? [],
  );
  return fill(text, view ? { amount: money(view.due, view.currency) } : {});
}

/** An element whose page chooses its language. */
interface LanguageHost extends ReactiveControllerHost {
  /** BCP 47. Null or unknown: the payment's, then the page's language, then the browser's, then English. */
  locale: string | null;
  translations: Translations | null;
  /** The payment, of which only the language is read; null until it has arrived. */
  view?: { locale?: string | undefined } | null;
}

export class LanguageController implements ReactiveController {
  language: Language = createLanguage('en', first);
  /** False only until the first texts have arrived: what will be read in Burmese should not flash up in English. */
  ready = false;
  /** All texts have arrived, or the first try failed. */
  settled = false;
  readonly #host: LanguageHost;
  /** What the language was loaded for last; null before the first update. */
  #loaded: { locale: string | null; payment: string | undefined; translations: Translations | null } | null = null;

  constructor(host: LanguageHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { locale, translations, view } = this.#host;
    const { locale: payment } = view ?? {};
    const last = this.#loaded;
    if (last && last.locale === locale && last.payment === payment && last.translations === translations) return;
    // Its first screen waits for these texts, instead of showing the page's language first.
    if (last?.payment !== payment) this.ready = false;
    this.#loaded = { locale, payment, translations };
    void this.#load(locale, translations);
  }

  async #load(locale: string | null, own: Translations | null): Promise<void> {
    const request = this.#loaded;
    const tag = chooseLanguage([locale, request?.payment, ofDocument('documentElement').lang, ...navigator.languages]);
    const code = languageOf(tag) ?? 'en';
    if (code === 'en')
      this.#use(createLanguage(tag, first, own, own?.en)); // The first texts are bundled, so they need not wait for the rest.
    else if (!this.ready) this.language = createLanguage(tag, first); // The empty lines get the height of the language to come.
    // The widget must work where the texts cannot be fetched: some English is always there. Whoever reads another language keeps it.
    const useEnglish = () => this.language.whole ?? this.#settle(request, createLanguage('en', first, own, own?.en));
    const messages = await retryImport(loadMessages[code], useEnglish);
    if (messages) this.#settle(request, createLanguage(tag, messages, own, own?.[code]));
  }

  /** Only the newest request counts. */
  #settle(request: object | null, language: Language): void {
    if (request !== this.#loaded) return;
    this.settled = true;
    this.#use(language);
  }

  #use(language: Language): void {
    this.language = language;
    this.ready = true;
    this.#host.requestUpdate();
  }
}

/** The first of the wanted tags whose language we have; English otherwise. */
export const chooseLanguage = (wanted: readonly (string | null | undefined)[]): string =>
  wanted.map((tag) => canonicalTag(tag ?? '')).find(languageOf) ?? 'en';

/** Fetches all texts of a language, each in a chunk of its own. Rejects where the chunk cannot be fetched. */
export const loadMessages: Record<LanguageCode, (_again: string) => Promise<Messages>> = {
  en: async (_again) => (await import('./en.ts')).en,
  my: async (_again) => (await import('./my.ts')).my,
  ru: async (_again) => (await import('./ru.ts')).ru,
  uz: async (_again) => (await import('./uz.ts')).uz,
  pl: async (_again) => (await import('./pl.ts')).pl,
  es: async (_again) => (await import('./es.ts')).es,
  'uz-Cyrl': async (_again) => (await import('./uz-Cyrl.ts')).uzCyrl,
  bn: async (_again) => (await import('./bn.ts')).bn,
  hi: async (_again) => (await import('./hi.ts')).hi,
  ur: async (_again) => (await import('./ur.ts')).ur,
  ne: async (_again) => (await import('./ne.ts')).ne,
};

const codes = Object.keys(loadMessages) as LanguageCode[];

/** The language whose texts a tag means; null where we have none. */
export const languageOf = (tag: string): LanguageCode | null => findLanguage(tag, codes);
