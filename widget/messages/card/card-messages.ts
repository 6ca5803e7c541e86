/**
 * The texts of the card form. `{tail}` is replaced by the last four digits of a card. The label “Powered by Payme” is the same in
 * every language.
 */
import type { DeskProblem } from '#contract';

export interface CardMessages {
  number: string;
  numberHint: string;
  numberEmpty: string;
  numberShort: string;
  /** The check digit is wrong. The number may be right all the same, so this stops nothing. */
  numberDoubt: string;
  expire: string;
  expireHint: string;
  expireWrong: string;
  phone: string;
  phoneHint: string;
  phoneWrong: string;
  save: string;
  saveHint: string;
  saved: string;
  another: string;
  /** For screen readers, instead of the dots. */
  ending: string;
  remove: string;
  /** It replaces the row of the card, so it names the card. */
  removeAsk: string;
  removeYes: string;
  removeNo: string;
  removing: string;
  getCode: string;
  asking: string;
  paying: string;
  /** Where the card's details are sent: through our server, or directly to Payme. Only the true one is shown. */
  throughUs: string;
  straight: string;
  offer: string;
  codeTitle: string;
  code: string;
  sentTo: string;
  sentSomewhere: string;
  codeEmpty: string;
  codeFormat: string;
  left: string;
  resent: string;
  /** It is not known whether another SMS was sent. */
  resentMaybe: string;
  resend: string;
  resendIn: string;
  resendNow: string;
  noMore: string;
  other: string;
  /** Problems whose general text is about pay codes. */
  problems: Record<CardProblem, string> & Partial<Record<DeskProblem['code'], string>>;
}

type CardProblem =
  | Extract<DeskProblem['code'], `card_${string}` | `sms_${string}` | `in${string}` | `phone_${string}` | `payment_r${string}`>
  | 'too_many_attempts'
  | 'provider_unavailable'
  | 'method_unavailable'
  | 'idempotency_conflict'
  | 'too_large'
  | 'network';
