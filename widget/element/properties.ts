/** What a page can set on `<pay-desk>`: as an attribute, or as a property where the value is no text. */
import { LitElement, type PropertyDeclaration } from 'lit';
import type { DeskProblem, PaymentMethod, PaymentView } from '#contract';
import type { Translations } from '../messages/language.ts';

/**
 * @csspart root - Everything.
 * @csspart summary - Header and amount; a box only where the page makes it one.
 * @csspart header - Who is paid, and for what.
 * @csspart amount - The amount and its currency.
 * @csspart methods - The list of payment methods.
 * @csspart method - One payment method.
 * @csspart panel - The form of the chosen method.
 * @csspart field - Label, input and hint.
 * @csspart label - The label of an input.
 * @csspart input - A text input.
 * @csspart hint - Below an input.
 * @csspart error - An error, in place of the hint.
 * @csspart countdown - The time left until a new try, or to pay.
 * @csspart submit - The primary action.
 * @csspart secondary - Any other action.
 * @csspart status - Icon, title and text of a screen that is not a form.
 * @csspart details - Details in rows.
 * @csspart receipt - The rows of the success screen.
 * @csspart fiscal-receipt - The QR code of the fiscal receipt, and the link beside it.
 * @csspart requisites - Where and how much to transfer, in rows.
 * @csspart requisite - One of these rows.
 * @csspart copy-button - Copies the value beside it.
 * @csspart skeleton - The field and the button of a payment that is still on its way.
 * @csspart footer - The line of reassurance.
 * @csspart language - The list of languages.
 * @cssState loading - The payment is being opened.
 * @cssState load_error - The payment cannot be shown.
 * @cssState open - As the status of the payment.
 * @cssState awaiting_customer - As the status of the payment.
 * @cssState processing - As the status of the payment.
 * @cssState needs_review - As the status of the payment.
 * @cssState succeeded - As the status of the payment.
 * @cssState underpaid - As the status of the payment.
 * @cssState refunding - As the status of the payment.
 * @cssState refunded - As the status of the payment.
 * @cssState canceled - As the status of the payment.
 * @cssState expired - As the status of the payment.
 * @cssState busy - A request is on its way.
 * @cssState test - No real money moves.
 */
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
  /** Called for the client secret when there is none, and once more when the BFF refuses the one that it returned. */
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
