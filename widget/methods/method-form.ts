/** The room of one payment method: what the desk gives it, and what the desk asks of it. */
import type { LitElement } from 'lit';
import type { NextAction, PaymentView, ProblemCode } from '#contract';
import type { Language } from '../messages/language.ts';
import type { DeskProblem } from '../session/bff-client.ts';
import type { SubmitRequest } from '../session/submit-action.ts';
import type { CardDraft } from './card/card-draft.ts';

/** What a room can be asked to have done. */
export type FormAction = Extract<
  NextAction,
  { kind: 'enter_code' | 'choose_wallet' | 'transfer' | 'send_sms' | 'enter_card' | 'enter_card_code' | 'confirm' }
>;

/** Where the payment is, and what opens it now: for a room that has to open it anew, in a frame. */
export interface FormSource {
  apiBase: string;
  /** Null until it is open. */
  secret(): string | null;
}

export interface MethodFormProps<Action extends FormAction = FormAction> {
  view: PaymentView;
  action: Action;
  language: Language;
  draft: Draft;
  source: FormSource;
  /** Why the last try did not pay. */
  problem: DeskProblem | null;
  /** A try is on its way. */
  busy: boolean;
  /** What is on its way, in words, where it is something else than a try to pay. */
  acting: string;
  disabled: boolean;
  /** The page has a button of its own. */
  buttonless: boolean;
  /** The server's clock, in milliseconds since 1970. */
  now(): number;
}

export interface MethodForm extends LitElement {
  /** What it is when that cannot be sent. */
  readonly validationError: ProblemCode;
  /** What is said while it is on its way. */
  readonly busyText: string;
  /** Problems are said aloud in there; the desk keeps silent about them. */
  readonly announcesProblems?: boolean;
  /** Its own words for some problems, as it stands; asked before it is drawn with this one. */
  words?: ((problem: DeskProblem) => Partial<Record<DeskProblem['code'], string>> | undefined) | undefined;
  /** Could be sent as it stands. Shows nothing. */
  readonly complete: boolean;
  /** Shows what is wrong, if anything, and takes the focus then. */
  validate(): boolean;
  /** One click, ready to be sent; the desk never sees what was typed. */
  send: SubmitRequest;
}

/** What is typed so far, in whatever room. It outlives its screen, so a refusal finds it again; it is never stored. */
export class Draft {
  /** The pay code, normalised: no separators. */
  code = '';
  /** The pay code that was sent last. */
  sent = '';
  /** The pay code that is to be used although the rest of what it is worth is lost. */
  excess = '';
  /** The wallet chosen, by its type. */
  wallet = '';
  /** The transaction number, as typed. */
  number = '';
  /** A picture of the transfer. */
  picture: File | null = null;
  /** A card and the code of its SMS; the room of cards makes it and takes it away. */
  card: CardDraft | null = null;
  /** The customer knows that a transfer may still be found, and pays another way. */
  acknowledged = false;
  /** The payment it was typed for; no other may find it. */
  paymentId = '';

  /** Forgets all of it, for that payment to come. */
  clear(paymentId = this.paymentId): void {
    Object.assign(this, new Draft(), { paymentId });
  }
}

/** Milliseconds until the next try, after too many wrong ones; 0 where nothing stands in the way. */
export const retryAfterMs = ({ problem, now }: MethodFormProps): number =>
  Math.max(0, problem?.code === 'too_many_attempts' ? Date.parse(problem.retryAt ?? '') - now() : 0) || 0;
