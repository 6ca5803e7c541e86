/** Keeps the desk in the customer's language; words that are not bundled are fetched when they are first wanted. */
import type { ReactiveControllerHost } from 'lit';
import { chooseLanguage } from './messages/choose-language.ts';
import { en } from './messages/en.ts';
import { createLanguage, type Language, type Translations } from './messages/language.ts';

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
  async speak(locale: string | null, own: Translations): Promise<void> {
    const wish = ++this.#wish;
    const tag = chooseLanguage([locale, document.documentElement.lang, ...navigator.languages]);
    if (!this.ready) this.language = createLanguage(tag, en); // the lines are as high as they will be, though nothing is said yet
    // Where the words cannot be fetched the desk must still work: English is always there.
    const my = tag.startsWith('my') ? (await import('./messages/my.ts').catch(() => null))?.my : null;
    if (wish !== this.#wish) return;
    this.language = my ? createLanguage(tag, my, own.my) : createLanguage(tag.startsWith('my') ? 'en' : tag, en, own.en);
    this.ready = true;
    this.#host.requestUpdate();
  }
}
