/** What the screens are given, and their names. A screen draws; it decides nothing and holds nothing. */
import type { PaymentView } from '#contract';
import type { Language } from '../messages/language.ts';

export type ScreenName =
  | 'loading'
  | 'load_error'
  | 'enter'
  | 'checking'
  | 'review'
  | 'paid'
  | 'underpaid'
  | 'refunding'
  | 'refunded'
  | 'canceled'
  | 'expired'
  | 'unavailable';

export interface ScreenContext {
  view: PaymentView;
  language: Language;
  /** The server's clock, in milliseconds since 1970. */
  now(): number;
  /** Asks the BFF again. */
  recheck(): void;
}
