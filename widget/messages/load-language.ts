/** Keeps the desk in the customer's language; words that are not bundled are fetched when they are first wanted. */
import type { ReactiveControllerHost } from 'lit';
import { ofDocument } from '../session/of-document.ts';
import { retryImport } from '../session/retry-import.ts';
import { first } from './en-first.ts';
import { createLanguage, type Language, type Translations } from './language.ts';
import type { Messages } from './messages.ts';

export class LanguageController {
  language: Language = createLanguage('en', first);
  /** False only until the first words are there: nothing should flash in English that will be read in Burmese. */
  ready = false;
  /** All words are there, or do not come. */
  settled = false;
  readonly #host: ReactiveControllerHost;
  #wish = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** `locale` null or unknown: the page's language, then the browser's, then English. */
  async speak(locale: string | null, own: Translations | null): Promise<void> {
    const wish = ++this.#wish;
    const tag = chooseLanguage([locale, ofDocument('documentElement').lang, ...navigator.languages]);
    const code = tag.replace(/-.*/, '') as LanguageCode;
    if (code === 'en')
      this.#speak(createLanguage(tag, first, own, own?.en)); // bundled, so it need not wait for the rest
    else if (!this.ready) this.language = createLanguage(tag, first); // the lines are as high as they will be, though nothing is said yet
    // Where the words cannot be fetched the desk must still work: some English is always there.
    const english = () => this.#settle(wish, createLanguage('en', first, own, own?.en));
    const words = await retryImport(wordsOf[code], english);
    if (words) this.#settle(wish, createLanguage(tag, words, own, own?.[code]));
  }

  #settle(wish: number, language: Language): void {
    if (wish !== this.#wish) return;
    this.settled = true;
    this.#speak(language);
  }

  #speak(language: Language): void {
    this.language = language;
    this.ready = true;
    this.#host.requestUpdate();
  }
}

/** The BCP 47 tag to speak in: the first wanted one whose words we have, English otherwise. Broken and unknown tags are passed over. */
export function chooseLanguage(wanted: readonly (string | null)[]): string {
  for (const tag of wanted) {
    try {
      const [name = ''] = Intl.getCanonicalLocales(tag ?? '');
      // Our Uzbek is written in Latin letters, which readers of Cyrillic know; the page must not claim otherwise.
      if (Object.hasOwn(wordsOf, name.replace(/-.*/, ''))) return name.replace('uz-Cyrl', 'uz-Latn');
    } catch {
      // not a language tag
    }
  }
  return 'en';
}

/** The words of a language, fetched when somebody first wants to read it. */
/** Throws where the words cannot be fetched. */
export const wordsOf = {
  en: async () => (await import('./en.ts')).en,
  my: async () => (await import('./my.ts')).my,
  ru: async () => (await import('./ru.ts')).ru,
  uz: async () => (await import('./uz.ts')).uz,
  pl: async () => (await import('./pl.ts')).pl,
} satisfies Record<string, () => Promise<Messages>>;

/** The languages with words of their own. */
export type LanguageCode = keyof typeof wordsOf;
