/** The input of a screen. A screen only renders: it decides nothing and keeps nothing. */
import type { PaymentView } from '#contract';
import type { Language } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';

export interface ScreenContext {
  view: PaymentView;
  language: Language;
  texts: Messages;
  /** The server's clock, in milliseconds since 1970. */
  now(): number;
  /** Asks the BFF again. */
  recheck(): void;
}
