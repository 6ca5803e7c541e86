/** Keeps the language that the customer chose for as long as the tab is open, so that a reload of the page does not undo the choice. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { withStorage } from '../browser.ts';

interface KeptLanguageHost extends ReactiveControllerHost {
  locale: string | null;
}

/** It must come before the controller that loads the texts: then those of the chosen language are the first ones that are seen. */
export class KeptLanguage implements ReactiveController {
  readonly #host: KeptLanguageHost;
  /** What the page asks for. The choice belongs to it: a page that asks for another language later gets that one. */
  #asked: string | null = null;
  /** Undefined before the first update. */
  #shown: string | null | undefined;

  constructor(host: KeptLanguageHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { locale } = this.#host;
    if (locale === this.#shown) return;
    this.#asked = locale;
    if (this.#shown === undefined) this.#host.locale = keptLanguage(locale);
    this.#shown = this.#host.locale;
  }

  /** The customer chose a language. */
  choose(code: string): void {
    this.#host.locale = code;
    this.#shown = code;
    withStorage((storage) => storage.setItem(keyOf(this.#asked), code));
  }
}

/** What the customer chose before instead of the language that the page asks for; that language where there was no choice. */
export const keptLanguage = <Asked extends string | null | undefined>(asked: Asked): string | Asked =>
  withStorage((storage) => storage.getItem(keyOf(asked))) ?? asked;

const keyOf = (asked: string | null | undefined) => `pay-desk:language:${asked ?? ''}`;
