/** Keeps the desk in the customer's language; words that are not bundled are fetched when they are first wanted. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { chooseLanguage } from './messages/choose-language.ts';
import { en } from './messages/en.ts';
import { createLanguage, english, type Language, type LanguageCode, type Translations } from './messages/language.ts';
import type { Messages } from './messages/messages.ts';

const packs: Record<LanguageCode, () => Promise<Messages>> = {
  en: async () => en,
  my: async () => (await import('./messages/my.ts')).my,
};

export class LanguageController implements ReactiveController {
  language: Language = english;
  /** False only until the first words are there: nothing should flash in English that will be read in Burmese. */
  ready = false;
  readonly #host: ReactiveControllerHost;
  #wish = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** `locale` null or unknown: the page's language, then the browser's, then English. */
  async speak(locale: string | null, own: Translations): Promise<void> {
    const wish = ++this.#wish;
    const { code, tag } = chooseLanguage([locale, document.documentElement.lang, ...navigator.languages]);
    if (code === 'en') return this.#use(createLanguage(code, tag, en, own.en));
    // Without the words of a language the desk must still work: English is always there.
    const words = await packs[code]().catch(() => null);
    if (wish === this.#wish)
      this.#use(words ? createLanguage(code, tag, words, own[code]) : createLanguage('en', 'en', en, own.en));
  }

  #use(language: Language): void {
    this.language = language;
    this.ready = true;
    this.#host.requestUpdate();
  }
}
