/** Keeps the desk in the customer's language; words that are not bundled are fetched when they are first wanted. */
import type { ReactiveControllerHost } from 'lit';
import { chooseLanguage } from './messages/choose-language.ts';
import { en } from './messages/en.ts';
import { createLanguage, type Language, type Translations } from './messages/language.ts';
import { type LanguageCode, wordsOf } from './messages/words-of.ts';

export class LanguageController {
  language: Language = createLanguage('en', en);
  /** False only until the first words are there: nothing should flash in English that will be read in Burmese. */
  ready = false;
  readonly #host: ReactiveControllerHost;
  #wish = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** `locale` null or unknown: the page's language, then the browser's, then English. */
  async speak(locale: string | null, own: Translations | null): Promise<void> {
    const wish = ++this.#wish;
    const tag = chooseLanguage([locale, document.documentElement.lang, ...navigator.languages]);
    if (!this.ready) this.language = createLanguage(tag, en); // the lines are as high as they will be, though nothing is said yet
    const code = tag.replace(/-.*/, '') as LanguageCode;
    // Where the words cannot be fetched the desk must still work: English is always there.
    const words = await wordsOf[code]().catch(() => null);
    if (wish !== this.#wish) return;
    this.language = words ? createLanguage(tag, words, own, own?.[code]) : createLanguage('en', en, own, own?.en);
    this.ready = true;
    this.#host.requestUpdate();
  }
}
