/** What the page around may set on the desk: by attribute, or where it is no text by property. */
import { LitElement, type PropertyDeclaration } from 'lit';
import type { PaymentMethod, PaymentView } from '#contract';
import type { Translations } from '../messages/language.ts';
import type { DeskProblem } from '../session/bff-client.ts';

export class PayDeskProperties extends LitElement {
  // A table, not decorators: those weigh half a kilobyte in the customer's download.
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

  /** The payment's bearer, from the merchant's server. */
  clientSecret: string | null = null;
  /** Origin of the BFF; by default where this script came from. */
  apiBase: string | null = null;
  /** BCP 47. By default the page's language, then the browser's, then English. */
  locale: string | null = null;
  /** Subset and order of `pay_code wallet card`; may only narrow what the payment allows. */
  methods = '';
  /** The chosen method; follows the customer's choice. */
  method: PaymentMethod | null = null;
  /** e.g. `wavepay`: the wallet that is chosen already where wallets are offered. */
  walletType: string | null = null;
  /** `auto` follows the colour scheme of the page. */
  theme: 'auto' | 'light' | 'dark' = 'auto';
  /** The page has its own button and calls `submit()`. */
  noSubmitButton = false;
  /** Nothing can be entered or sent. */
  disabled = false;
  /** Asked for the client secret when there is none, and once more when it no longer opens the payment. */
  fetchClientSecret: (() => Promise<string>) | null = null;
  /** The merchant's own words, per language. */
  translations: Translations = {};

  /** Where the BFF is, said by the page or not. */
  protected get bff(): string {
    return this.apiBase || defaultApiBase;
  }
}

/** Where the BFF is unless the page says otherwise: the origin this script came from; '' where that is not known, which opens no payment. */
const address: string = import.meta.url;

export const defaultApiBase = address && new URL(address).origin;

/** What `submit()` resolves with, also for a refusal. A hint for the page: what counts is the webhook. */
export interface SubmitResult {
  /** False when nothing left the browser: the input was incomplete, or a listener prevented it. */
  sent: boolean;
  /** Why it did not pay, if it did not. */
  problem: DeskProblem | null;
  /** The payment after it; its status is `processing` while the outcome is being found out. */
  view: PaymentView;
}
