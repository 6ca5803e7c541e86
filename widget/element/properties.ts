/** What a page can set on `<pay-desk>`: as an attribute, or as a property where the value is no text. */
import { LitElement, type PropertyDeclaration } from 'lit';
import type { DeskProblem, PaymentMethod, PaymentView } from '#contract';
import type { Translations } from '../messages/language.ts';

export class PayDeskProperties extends LitElement {
  // A table and no decorators: those add half a kilobyte to the customer's download.
  static override properties = {
    clientSecret: { attribute: 'client-secret' },
    apiBase: { attribute: 'api-base' },
    locale: {},
    methods: {},
    method: { reflect: true },
    walletType: { attribute: 'wallet-type' },
    theme: { reflect: true },
    noSubmitButton: { type: Boolean, attribute: 'no-submit-button', reflect: true },
    disabled: { type: Boolean, reflect: true },
    fetchClientSecret: { attribute: false },
    translations: { attribute: false },
  } satisfies Partial<Record<keyof PayDeskProperties, PropertyDeclaration>>;

  /** The bearer secret of the payment, from the merchant's server. */
  clientSecret: string | null = null;
  /** Origin of the BFF; by default the origin this script came from. */
  apiBase: string | null = null;
  /** BCP 47. By default the payment's language, then the page's, then the browser's, then English. Follows the customer's choice. */
  locale: string | null = null;
  /** Subset and order of `pay_code wallet card`; can only narrow what the payment allows. */
  methods = '';
  /** The chosen method; follows the customer's choice. */
  method: PaymentMethod | null = null;
  /** The wallet that is chosen at first where wallets are offered, e.g. `wavepay`. */
  walletType: string | null = null;
  /** `auto` follows the colour scheme of the page. */
  theme: 'auto' | 'light' | 'dark' = 'auto';
  /** The page has its own button and calls `submit()`. */
  noSubmitButton = false;
  /** Nothing can be entered or sent. */
  disabled = false;
  /** Called for the client secret when there is none, and once more when the secret no longer opens the payment. */
  fetchClientSecret: (() => Promise<string>) | null = null;
  /** The merchant's own texts, per language. */
  translations: Translations = {};

  /** Origin of the BFF, whether the page has set it or not. */
  protected get bff(): string {
    return this.apiBase || defaultApiBase;
  }
}

const scriptAddress: string = import.meta.url;

/** The origin this script came from; '' where that is unknown, and then no payment can be opened. */
const defaultApiBase = scriptAddress && new URL(scriptAddress).origin;

/** What `submit()` resolves with, also after a decline. It is a hint for the page: only the webhook is proof. */
export interface SubmitResult {
  /** False when nothing left the browser: the input was incomplete, or a listener prevented it or had it wait in vain. */
  sent: boolean;
  /** Why it did not pay; null if it paid, or the outcome is still open. */
  problem: DeskProblem | null;
  /** The payment afterwards; its status is `processing` while the outcome is still open. */
  view: PaymentView;
}
