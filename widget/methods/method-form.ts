/** The form of one payment method: the properties `<pay-desk>` passes to it, and the interface it offers to `<pay-desk>`. */
import { LitElement, type ReactiveController } from 'lit';
import type { DeskProblem, NextAction, PaymentView, ProblemCode } from '#contract';
import type { Language } from '../messages/language.ts';
import { AnnounceEvent } from '../parts/elements.ts';
import type { SubmitRequest } from '../session/submit-action.ts';

/** The next actions that a form exists for. */
export type FormAction = Extract<
  NextAction,
  { kind: 'enter_code' | 'choose_wallet' | 'transfer' | 'send_sms' | 'enter_card' | 'enter_card_code' | 'confirm' }
>;

/** How the payment was opened, for a form that has to open it again inside a frame. */
export interface FormSource {
  apiBase: string;
  /** Null until the payment is open. */
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
  /** A request is running. */
  busy: boolean;
  /** The text of the running request; '' for a try to pay. */
  acting: string;
  disabled: boolean;
  /** The page has a button of its own. */
  buttonless: boolean;
  /** The server's clock, in milliseconds since 1970. */
  now(): number;
}

/** The texts that replace ours for some problems. */
export type ProblemTexts = Partial<Record<DeskProblem['code'], string>>;

export interface MethodForm extends LitElement {
  /** The problem code of input that cannot be sent. */
  readonly validationError: ProblemCode;
  /** Announced while a try to pay runs. */
  readonly busyText: string;
  /** The form announces problems itself, so `<pay-desk>` does not. */
  readonly announcesProblems?: boolean;
  /** The form's own texts for a problem. It may be called before the form has been rendered with that problem. */
  problemTexts?(problem: DeskProblem): ProblemTexts | undefined;
  /** The input could be sent as it is. Reading it shows nothing to the customer. */
  readonly complete: boolean;
  /** Shows what is wrong, if anything, and focuses it. Returns whether the input can be sent. */
  validate(): boolean;
  /** The request that submits the input. `<pay-desk>` never sees what was typed. */
  send: SubmitRequest;
}

/** What was typed so far, in any of the forms. It outlives a screen, so it is still there after a decline. It is never stored. */
export class Draft {
  /** The pay code, normalised: no separators. */
  code = '';
  /** The pay code that was sent last. */
  sent = '';
  /** The pay code that the customer agreed to use although it is worth more than is due. */
  excess = '';
  /** The chosen wallet, by its type. */
  wallet = '';
  /** The transaction number, as typed. */
  number = '';
  /** A screenshot of the transfer. */
  picture: File | null = null;
  /** A card and the code of its SMS. Only the card form creates, reads and removes it. */
  card: object | null = null;
  /** The customer knows that an earlier transfer may still be found, and pays in another way. */
  acknowledged = false;
  /** The payment it was typed for. No other payment may show it. */
  paymentId = '';

  /** Empties everything, for the payment given. */
  clear(paymentId = this.paymentId): void {
    Object.assign(this, new Draft(), { paymentId });
  }
}

/** Milliseconds until the next try is allowed after too many wrong ones; 0 where none is blocked. */
export const retryAfterMs = ({ problem, now }: MethodFormProps): number =>
  Math.max(0, problem?.code === 'too_many_attempts' ? Date.parse(problem.retryAt ?? '') - now() : 0) || 0;

/**
 * A form asks for a request that is no payment: another SMS, or removing a saved card or a discount. `<pay-desk>` sends it. The
 * event does not leave the shadow root.
 */
export class ActionEvent extends Event {
  /** Names the request among the others of this payment; its Idempotency-Key is kept under this name. */
  readonly name: string;
  readonly send: SubmitRequest;
  /** Announced while the request runs; '' where the form has its own text. */
  readonly busyText: string;
  constructor(name: string, send: SubmitRequest, busyText = '') {
    super('action', { bubbles: true });
    this.name = name;
    this.send = send;
    this.busyText = busyText;
  }
}

/**
 * A form that checks its input here, before it is sent: not while the customer types for the first time, but once they confirmed.
 * It is rendered into the tree around it, because label and input, error and input refer to each other by id.
 */
export abstract class CheckedForm<Action extends FormAction = FormAction> extends LitElement implements MethodForm {
  static override properties = { context: { attribute: false } };

  abstract readonly validationError: ProblemCode;
  abstract readonly busyText: string;
  abstract readonly send: SubmitRequest;
  context!: MethodFormProps<Action>;
  /** The customer confirmed invalid input once; from then on it is checked with every keystroke. */
  protected checked = false;

  /** What is wrong with the input; null if it can be sent. '' while the text has not arrived. */
  protected abstract invalidText(): string | null;

  get complete(): boolean {
    return this.invalidText() === null;
  }

  /** Focuses the invalid field once it is marked, and announces the error: if the focus is there already, nothing else reads it. */
  validate(): boolean {
    this.checked = true;
    this.requestUpdate();
    const text = this.invalidText();
    if (text) {
      void this.updateComplete.then(() => this.focus());
      this.dispatchEvent(new AnnounceEvent(text, true));
    }
    return text === null;
  }

  protected override createRenderRoot() {
    return this;
  }
}

/** Renders a form again when a waiting time in it is over, and announces that. */
export class RetryTimer implements ReactiveController {
  readonly #host: LitElement;
  readonly #left: () => number;
  readonly #text: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param left Milliseconds to wait; 0 for none.
   * @param text Announced when the time is over.
   */
  constructor(host: LitElement, left: () => number, text: () => string) {
    this.#host = host;
    this.#left = left;
    this.#text = text;
    host.addController(this);
  }

  hostUpdated(): void {
    const waited = this.#timer;
    clearTimeout(waited);
    const left = this.#left();
    this.#timer = left > 0 ? setTimeout(() => this.#host.requestUpdate(), left) : undefined;
    if (waited && !this.#timer) this.#host.dispatchEvent(new AnnounceEvent(this.#text()));
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
