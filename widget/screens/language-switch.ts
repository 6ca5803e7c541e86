/**
 * The languages that the customer may want, as a list of the system's own: the language that is shown, those of the offered wallets,
 * of the payment, the page and the browser, and English. It belongs to the chunk of the later screens.
 * @element pay-language-switch
 * @fires {LanguageChosenEvent} choose-language - The customer chose another language.
 */
import { html, LitElement, nothing, svg } from 'lit';
import { languageCodes as codes, directionOf, findLanguage, type LanguageCode, languageNames, type PaymentView } from '#contract';
import { ofDocument } from '../browser.ts';
import type { Language } from '../messages/language.ts';
import { adoptStyles } from '../methods/adopt-styles.ts';
import { define } from '../parts/elements.ts';
import { icon } from '../parts/page.ts';

/** It does not leave the shadow root. */
export class LanguageChosenEvent extends Event {
  readonly code: LanguageCode;
  constructor(code: LanguageCode) {
    super('choose-language', { bubbles: true });
    this.code = code;
  }
}

export class LanguageSwitch extends LitElement {
  static override properties = { view: { attribute: false }, language: { attribute: false } };

  /** Null while the payment is not open. */
  view!: PaymentView | null;
  language!: Language;
  /** The languages that were shown: whoever tried another one finds the way back. */
  readonly #shown: string[] = [];

  /** Rendered into the tree around it, for its styles. */
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this.getRootNode());
  }

  protected override render() {
    const { view, language } = this;
    const current = findLanguage(language.tag, codes);
    if (!this.#shown.includes(language.tag)) this.#shown.push(language.tag);
    const wanted = [
      language.tag,
      ...walletLanguages(view),
      view?.locale,
      ...this.#shown,
      pageLanguage(),
      'en',
      ...navigator.languages,
    ];
    const offered = new Set(wanted.map((tag) => findLanguage(tag ?? '', codes)).filter((code) => code !== null));
    this.hidden = offered.size < 2 || !language.whole;
    if (this.hidden) return nothing;
    return html`${icon(globe)}<select part="language" class="language" aria-label=${language.whole?.language} @change=${this.#onChange}>
        ${[...offered].map(
          (code) =>
            html`<option value=${code} lang=${code} dir=${directionOf(code)} .selected=${code === current}>${languageNames[code]}</option>`,
        )}
      </select>`;
  }

  readonly #onChange = (event: Event) => {
    this.dispatchEvent(new LanguageChosenEvent((event.target as HTMLSelectElement).value as LanguageCode));
  };
}

/** The languages of the wallets that are offered, or of the one that is used. */
function walletLanguages(view: PaymentView | null): string[] {
  if (!view) return [];
  const { nextAction, attempt } = view;
  const actions = 'options' in nextAction ? nextAction.options : [nextAction];
  const offered = actions.flatMap((action) => (action.kind === 'choose_wallet' ? action.wallets : []));
  return [...offered, attempt?.transfer].flatMap((wallet) => wallet?.languages ?? []);
}

const pageLanguage = (): string => ofDocument('documentElement').lang;

/** A globe. */
const globe = svg`<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"/>`;

define('pay-language-switch', LanguageSwitch);

declare global {
  interface HTMLElementTagNameMap {
    'pay-language-switch': LanguageSwitch;
  }
}
