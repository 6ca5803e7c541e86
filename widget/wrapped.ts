/** What the wrappers for React and Vue share: the options that they take, and how these become properties of the element. */
import type { PayDeskEventMap } from './events.ts';
import type { PayDesk, PaymentMethod, Translations } from './index.ts';

/** As on `<pay-desk>`, but for `methods`, which is a list here. */
export interface PayDeskOptions {
  /** Origin of the Pay Desk server, e.g. `https://pay.example`. */
  apiBase: string;
  /** From your server; null while it is on its way. */
  clientSecret?: string | null | undefined;
  /** Called for the client secret when there is none, and once more when the BFF refuses the one that it returned. */
  fetchClientSecret?: (() => Promise<string>) | undefined;
  /** BCP 47. By default the payment's language, then the page's, then the browser's, then English. The customer may choose another one. */
  locale?: string | undefined;
  /** Subset and order; can only narrow what the payment allows. */
  methods?: readonly PaymentMethod[] | undefined;
  /** The method that is chosen at first. The customer may choose another one, which stays until this changes. */
  method?: PaymentMethod | undefined;
  /** The wallet that is chosen at first where wallets are offered. */
  walletType?: string | undefined;
  theme?: 'auto' | 'light' | 'dark' | undefined;
  /** The page has its own button and calls `submit()` of the element. */
  noSubmitButton?: boolean | undefined;
  /** Nothing can be entered or sent. */
  disabled?: boolean | undefined;
  /** The merchant's own texts, per language. */
  translations?: Translations | undefined;
}

export type PayDeskEventName = keyof PayDeskEventMap;

/** A table, so that the compiler names an event that is missing. */
const events: Record<PayDeskEventName, true> = {
  'pay-ready': true,
  'pay-load-error': true,
  'pay-status-change': true,
  'pay-method-change': true,
  'pay-language-change': true,
  'pay-change': true,
  'pay-focus': true,
  'pay-blur': true,
  'pay-escape': true,
  'pay-before-submit': true,
  'pay-busy': true,
  'pay-pending': true,
  'pay-success': true,
  'pay-failure': true,
  'pay-cancel': true,
  'pay-expired': true,
  'pay-resize': true,
};
export const eventNames = Object.keys(events) as PayDeskEventName[];

export type PayDeskProperties = Pick<PayDesk, keyof PayDeskOptions>;

/**
 * The element's properties, with its defaults for options that are not given: an option that is taken away goes back to its default.
 * @param fetchClientSecret always the same function, because a new one at each rendering would be a change
 */
export function toProperties(options: PayDeskOptions, fetchClientSecret: () => Promise<string>): PayDeskProperties {
  return {
    apiBase: options.apiBase,
    clientSecret: options.clientSecret ?? null,
    fetchClientSecret: options.fetchClientSecret ? fetchClientSecret : null,
    locale: options.locale ?? null,
    methods: options.methods?.join(' ') ?? '',
    method: options.method ?? null,
    walletType: options.walletType ?? null,
    theme: options.theme ?? 'auto',
    noSubmitButton: options.noSubmitButton ?? false,
    disabled: options.disabled ?? false,
    translations: options.translations ?? noTranslations,
  };
}

const noTranslations: Translations = {};
