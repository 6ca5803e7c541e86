/** The words of the room of cards. `{tail}` are the last four digits of a card. The label “Powered by Payme” is Payme's own, in every language. */
import type { DeskProblem } from '../../session/bff-client.ts';

export interface CardMessages {
  number: string;
  numberHint: string;
  numberEmpty: string;
  numberShort: string;
  /** Its last digit does not fit the others. It may be right all the same, so nothing stops for it. */
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
  /** Read aloud instead of the dots. */
  ending: string;
  remove: string;
  /** In the place of the card, so it names it. */
  removeAsk: string;
  removeYes: string;
  removeNo: string;
  removing: string;
  getCode: string;
  asking: string;
  paying: string;
  /** Where the card's details go: by our server, or from here to Payme. Each is shown only where it is true. */
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
  /** Whether another code was sent is not known. */
  resentMaybe: string;
  resend: string;
  resendIn: string;
  resendNow: string;
  noMore: string;
  other: string;
  /** Where a card needs other words than a code. */
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
