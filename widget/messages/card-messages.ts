/** The texts of the card form, which are a third of all. */
import type { DeskProblem } from '#contract';

/**
 * The texts of the card form. `{tail}` is replaced by the last four digits of a card. The label “Powered by Payme” is the same in
 * every language.
 */
export interface CardMessages {
  number: string;
  numberHint: string;
  numberEmpty: string;
  numberShort: string;
  /** The check digit is wrong. The number may be right all the same, so this stops nothing. */
  numberDoubt: string;
  expire: string;
  expireHint: string;
  /** Month and year as they are typed, shown in the empty field. */
  expireShape: string;
  expireWrong: string;
  phone: string;
  phoneHint: string;
  phoneWrong: string;
  save: string;
  saveHint: string;
  saved: string;
  /** Shows the buttons that remove saved cards, and hides them. */
  manage: string;
  done: string;
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
  /** Where the card's details are sent: `throughUs` is shown where it is our server, `straight` where it is Payme itself. */
  throughUs: string;
  straight: string;
  offer: string;
  codeTitle: string;
  code: string;
  sentTo: string;
  forCard: string;
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
  /** Another SMS has to wait, but the one before it is still good. */
  noneYet: string;
  other: string;
  /** Problems whose general text is about pay codes. */
  problems: Record<CardProblem, string> & Partial<Record<DeskProblem['code'], string>>;
}

type CardProblem =
  | Extract<
      DeskProblem['code'],
      `card_${string}` | `sms_${string}` | `in${string}` | `phone_${string}` | `payment_r${string}` | `payment_c${string}`
    >
  | 'too_many_attempts'
  | 'provider_unavailable'
  | 'method_unavailable'
  | 'idempotency_conflict'
  | 'too_large'
  | 'network';
