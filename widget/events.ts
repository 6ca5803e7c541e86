/**
 * The public events. All bubble and leave shadow roots; none carries a code, a card number or a key.
 * An event is a hint for the page. What the merchant's server acts on is the signed webhook.
 */
import type { NextAction, PaymentMethod, PaymentStatus, WaitReason } from '#contract';
import type { DeskProblem } from './session/bff-client.ts';

const everywhere: EventInit = { bubbles: true, composed: true };

/** The payment is drawn and can be paid or read. */
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

/** Told before the new status is painted, the first time with `previous` null. */
export class PayStatusChangeEvent extends Event {
  readonly status!: DeskStatus;
  readonly previous!: DeskStatus | null;
  readonly method!: PaymentMethod | null;
  /** What the customer has to do now; null while nothing is known. */
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

/** The customer typed. `complete` when what stands there could be sent; never what it is. */
export class PayChangeEvent extends Event {
  readonly method: PaymentMethod;
  readonly complete: boolean;
  constructor(method: PaymentMethod, complete: boolean) {
    super('pay-change', everywhere);
    this.method = method;
    this.complete = complete;
  }
}

/** `preventDefault()` and nothing is sent. */
export class PayBeforeSubmitEvent extends Event {
  readonly method: PaymentMethod;
  constructor(method: PaymentMethod) {
    super('pay-before-submit', { ...everywhere, cancelable: true });
    this.method = method;
  }
}

/** The outcome is being found out. `since` is ISO 8601, by the server's clock. */
export class PayPendingEvent extends Event {
  readonly reason: WaitReason;
  readonly since: string;
  constructor(reason: WaitReason, since: string) {
    super('pay-pending', everywhere);
    this.reason = reason;
    this.since = since;
  }
}

/** Paid, as the BFF says. Amounts are minor units of `currency`; `late`: the money came after cancel or expiry. */
export class PaySuccessEvent extends Event {
  readonly paymentId!: string;
  readonly orderId!: string;
  readonly method!: PaymentMethod | null;
  readonly amount!: number;
  readonly amountPaid!: number;
  readonly currency!: string;
  readonly late!: boolean;
  constructor(paid: Omit<PaySuccessEvent, keyof Event>) {
    super('pay-success', everywhere);
    Object.assign(this, paid);
  }
}

/** A try was refused or did not get through; the customer may try again in place. */
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

/** The desk takes another height, in CSS pixels. */
export class PayResizeEvent extends Event {
  readonly height: number;
  constructor(height: number) {
    super('pay-resize', everywhere);
    this.height = height;
  }
}

declare global {
  interface HTMLElementEventMap {
    'pay-ready': PayReadyEvent;
    'pay-load-error': PayLoadErrorEvent;
    'pay-status-change': PayStatusChangeEvent;
    'pay-method-change': PayMethodChangeEvent;
    'pay-change': PayChangeEvent;
    'pay-before-submit': PayBeforeSubmitEvent;
    'pay-pending': PayPendingEvent;
    'pay-success': PaySuccessEvent;
    'pay-failure': PayFailureEvent;
    'pay-cancel': PayCancelEvent;
    'pay-expired': PayExpiredEvent;
    'pay-resize': PayResizeEvent;
  }
}

/** What `data-status` and `pay-status-change` tell: the payment's own status, or that there is none to show yet or at all. */
export type DeskStatus = PaymentStatus | 'loading' | 'load_error';
