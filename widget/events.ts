/**
 * The public events. All bubble and leave shadow roots; none carries a code, a card number or a key. An event is only a hint for
 * the page: the merchant's server must act on the signed webhook.
 */
import type { DeskProblem, DeskStatus, NextAction, PaymentMethod, WaitReason } from '#contract';

const everywhere: EventInit = { bubbles: true, composed: true };

/** The payment is shown. */
export class PayReadyEvent extends Event {
  readonly methods: readonly PaymentMethod[];
  readonly test: boolean;
  constructor(methods: readonly PaymentMethod[], test: boolean) {
    super('pay-ready', everywhere);
    this.methods = methods;
    this.test = test;
  }
}

/** The payment cannot be shown: a wrong or foreign client secret, or no connection. */
export class PayLoadErrorEvent extends Event {
  readonly problem: DeskProblem;
  constructor(problem: DeskProblem) {
    super('pay-load-error', everywhere);
    this.problem = problem;
  }
}

/** Fired before the new status is painted; the first time `previous` is null. */
export class PayStatusChangeEvent extends Event {
  readonly status!: DeskStatus;
  readonly previous!: DeskStatus | null;
  readonly method!: PaymentMethod | null;
  /** Kind of the next action; null while there is no view. */
  readonly action!: NextAction['kind'] | null;
  constructor(change: Pick<PayStatusChangeEvent, 'status' | 'previous' | 'method' | 'action'>) {
    super('pay-status-change', everywhere);
    Object.assign(this, change);
  }
}

/** The customer chose another way to pay. */
export class PayMethodChangeEvent extends Event {
  readonly method: PaymentMethod;
  constructor(method: PaymentMethod) {
    super('pay-method-change', everywhere);
    this.method = method;
  }
}

/** The checkout is shown in another language: that of the page, of the payment, or the one that the customer has chosen. */
export class PayLanguageChangeEvent extends Event {
  /** BCP 47. */
  readonly locale: string;
  constructor(locale: string) {
    super('pay-language-change', everywhere);
    this.locale = locale;
  }
}

/** The customer typed. `complete`: the input could be sent. The input itself is not in the event. */
export class PayChangeEvent extends Event {
  readonly method: PaymentMethod;
  readonly complete: boolean;
  constructor(method: PaymentMethod, complete: boolean) {
    super('pay-change', everywhere);
    this.method = method;
    this.complete = complete;
  }
}

/** The input is about to be sent; `preventDefault()` stops it, `waitUntil()` delays it. */
export class PayBeforeSubmitEvent extends Event {
  readonly method: PaymentMethod;
  readonly #delay: (promise: PromiseLike<unknown>) => void;
  /** @param delay Called for each promise that the page wants to be waited for. */
  constructor(method: PaymentMethod, delay: (promise: PromiseLike<unknown>) => void = () => {}) {
    super('pay-before-submit', { ...everywhere, cancelable: true });
    this.method = method;
    this.#delay = delay;
  }

  /**
   * Nothing is sent before the promise is fulfilled, for at most 20 s in all. If it is rejected, or takes longer, nothing is sent,
   * the customer reads why, and `pay-failure` has `before_submit_rejected` or `before_submit_timeout`.
   * @throws InvalidStateError after the listeners have run: then it is too late.
   */
  waitUntil(promise: PromiseLike<unknown>): void {
    if (!this.eventPhase) throw new DOMException('waitUntil() was called after the event', 'InvalidStateError');
    this.#delay(promise);
  }
}

/** A request of the customer runs, or has ended. While the page is waited for (`waitUntil()`) it counts as running. */
export class PayBusyEvent extends Event {
  readonly busy: boolean;
  constructor(busy: boolean) {
    super('pay-busy', everywhere);
    this.busy = busy;
  }
}

/** The name of a field. What is typed into it is in no event. */
export type PayField =
  | 'pay_code'
  | 'sms_pay_code'
  | 'transaction_number'
  | 'transfer_picture'
  | 'card_number'
  | 'card_expire'
  | 'card_phone'
  | 'sms_code';

/** A field has the focus now, or no longer has it, or the customer pressed Escape; `field` is null where that was in no field. */
export class PayFieldEvent<Field extends PayField | null = PayField | null> extends Event {
  readonly field: Field;
  constructor(type: 'pay-focus' | 'pay-blur' | 'pay-escape', field: Field) {
    super(type, everywhere);
    this.field = field;
  }
}

/** The outcome is open. `since` is ISO 8601, by the server's clock. */
export class PayPendingEvent extends Event {
  readonly reason: WaitReason;
  readonly since: string;
  constructor(reason: WaitReason, since: string) {
    super('pay-pending', everywhere);
    this.reason = reason;
    this.since = since;
  }
}

/** Paid, as the BFF reports. Amounts are minor units of `currency`; `paidLate`: the money arrived after cancellation or expiry. */
export class PaySuccessEvent extends Event {
  readonly paymentId!: string;
  readonly orderId!: string;
  readonly method!: PaymentMethod | null;
  readonly amount!: number;
  readonly amountPaid!: number;
  readonly currency!: string;
  readonly paidLate!: boolean;
  constructor(paid: Omit<PaySuccessEvent, keyof Event>) {
    super('pay-success', everywhere);
    Object.assign(this, paid);
  }
}

/** A try was declined or did not reach the BFF; the customer may try again. */
export class PayFailureEvent extends Event {
  readonly problem: DeskProblem;
  constructor(problem: DeskProblem) {
    super('pay-failure', everywhere);
    this.problem = problem;
  }
}

/** The payment was canceled. */
export class PayCancelEvent extends Event {
  constructor() {
    super('pay-cancel', everywhere);
  }
}

/** The time to pay ran out. */
export class PayExpiredEvent extends Event {
  constructor() {
    super('pay-expired', everywhere);
  }
}

/** The element has another height, in CSS pixels. */
export class PayResizeEvent extends Event {
  readonly height: number;
  constructor(height: number) {
    super('pay-resize', everywhere);
    this.height = height;
  }
}

/** Every event by its name. */
export interface PayDeskEventMap {
  'pay-ready': PayReadyEvent;
  'pay-load-error': PayLoadErrorEvent;
  'pay-status-change': PayStatusChangeEvent;
  'pay-method-change': PayMethodChangeEvent;
  'pay-language-change': PayLanguageChangeEvent;
  'pay-change': PayChangeEvent;
  'pay-focus': PayFieldEvent<PayField>;
  'pay-blur': PayFieldEvent<PayField>;
  'pay-escape': PayFieldEvent;
  'pay-before-submit': PayBeforeSubmitEvent;
  'pay-busy': PayBusyEvent;
  'pay-pending': PayPendingEvent;
  'pay-success': PaySuccessEvent;
  'pay-failure': PayFailureEvent;
  'pay-cancel': PayCancelEvent;
  'pay-expired': PayExpiredEvent;
  'pay-resize': PayResizeEvent;
}

declare global {
  interface HTMLElementEventMap extends PayDeskEventMap {}
}
