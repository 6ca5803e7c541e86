/**
 * Customers who act by the BFF's routes, and the cards they have. The card form is a frame of the BFF's origin, into which the QA
 * page cannot type: so what it would send is sent without it, and the checkout is shown afterwards.
 */
import type { PaymentView, SendSms } from '#contract';
import { callBff, type OpenPayment, qaClient } from './qa-client.ts';

/** The code in every SMS of the simulated Payme. */
export const smsCode = '666666';
const wrongSmsCode = '111111';

/** A customer who pays by card. */
export class CardCustomer {
  readonly #payment: OpenPayment;

  constructor(payment: OpenPayment) {
    this.#payment = payment;
  }

  view(): Promise<PaymentView> {
    return callBff(this.#payment);
  }

  /** Submits a card; Payme sends the SMS. */
  submitCard(number = goodCard, save = false): Promise<PaymentView> {
    return callBff(this.#payment, '/card', { number, expire: testExpiry, save });
  }

  submitCode(code = smsCode): Promise<PaymentView> {
    return callBff(this.#payment, '/card/code', { code });
  }

  async mistype(times: number): Promise<void> {
    for (let typed = 0; typed < times; typed += 1) await this.submitCode(wrongSmsCode);
  }

  anotherSms(): Promise<PaymentView> {
    return callBff(this.#payment, '/card/resend', {});
  }

  async pay(number?: string, save?: boolean): Promise<PaymentView> {
    await this.submitCard(number, save);
    return this.submitCode();
  }

  /** Makes the BFF ask Payme again. */
  recheck(): Promise<PaymentView> {
    return callBff(this.#payment, '/recheck', {});
  }

  until(condition: (view: PaymentView) => boolean): Promise<PaymentView> {
    return untilView(this.#payment, condition);
  }
}

/** A customer who pays by code, by SMS or with a discount, and whose checkout is not shown yet. */
export class CodeCustomer {
  readonly #payment: OpenPayment;

  constructor(payment: OpenPayment) {
    this.#payment = payment;
  }

  type(code: string): Promise<PaymentView> {
    return callBff(this.#payment, '/pay-code', { code });
  }

  /** Requests a code by SMS. @returns What to send. */
  async requestCode(): Promise<SendSms> {
    return smsIn(await callBff(this.#payment, '/sms-code/start', {}));
  }

  /** Requests a code to send by SMS. @returns What to send. */
  async requestText(): Promise<SendSms> {
    return smsIn(await callBff(this.#payment, '/reversed-sms/start', {}));
  }

  /**
   * Sends the SMS.
   * @param delayMs By PayCodes' clock.
   * @returns The code or the text that came back; '' while it is on its way.
   */
  async send({ number: to, text }: SendSms, delayMs = 0): Promise<string> {
    const { mt } = await qaClient.sendSms({ to, text, delayMs, duplicate: false });
    return mt?.replace('Your code: ', '') ?? '';
  }

  /** Leaves for another method. The BFF invalidates a shown code first, so this waits until that is done. */
  async leave(): Promise<PaymentView> {
    await callBff(this.#payment, '/abandon', {});
    return this.until(({ status }) => status !== 'processing');
  }

  /** “I have sent it.” */
  recheck(): Promise<PaymentView> {
    return callBff(this.#payment, '/recheck', {});
  }

  until(condition: (view: PaymentView) => boolean): Promise<PaymentView> {
    return untilView(this.#payment, condition);
  }
}

function smsIn({ nextAction }: PaymentView): SendSms {
  if (nextAction.kind !== 'send_sms') throw new Error('This payment cannot be paid by SMS');
  return nextAction;
}

/** Resolves with the view when the condition holds, or as it is after ten seconds. */
export async function untilView(payment: OpenPayment, condition: (view: PaymentView) => boolean): Promise<PaymentView> {
  const end = performance.now() + 10_000;
  for (;;) {
    const view = await callBff(payment);
    if (condition(view) || performance.now() > end) return view;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** How many wrong codes a payment takes before it makes the customer wait, and how long it does so at first and at most. */
const freeCodes = 3;
const [firstWaitMs, longestWaitMs] = [5_000, 900_000];

/**
 * Types so many wrong codes. Resolves when all were answered.
 * @param moveClock Passes the waiting time between two of them, which doubles each time.
 */
export async function guessWrongly(payment: OpenPayment, codes: number, moveClock: (ms: number) => Promise<void>): Promise<void> {
  // One after the other, because a payment takes one attempt at a time.
  for (let guess = 1; guess <= codes; guess += 1) {
    if (guess > freeCodes) await moveClock(Math.min(firstWaitMs * 2 ** (guess - 1 - freeCodes), longestWaitMs));
    await callBff(payment, '/pay-code', { code: `GUESS0${String(guess).padStart(2, '0')}` });
  }
}

export interface TestCard {
  /** 16 digits. */
  number: string;
  /** The result that the customer sees, in a few words. */
  brings: string;
}

export const goodCard = '8600069195406311';
export const otherGoodCard = '8600495473316478';
/** Has no SMS service: declined before an SMS is sent. */
export const smsOffCard = '8600060921090842';

/** The cards of Payme's sandbox, and the result of each as long as the tester chooses no other behaviour. */
export const testCards: readonly TestCard[] = [
  { number: goodCard, brings: 'paid' },
  { number: otherGoodCard, brings: 'paid' },
  { number: smsOffCard, brings: 'no SMS service' },
  { number: '3333336415804657', brings: 'expired' },
  { number: '4444445987459073', brings: 'blocked' },
  { number: '8600143417770323', brings: 'Payme fails' },
  { number: '8600134301849596', brings: 'declined, after 10 seconds' },
];

/** The expiry of all test cards. */
export const testExpiry = '03/99';
/** Any phone number of Uzbekistan is accepted. */
export const testPhone = '+998901234567';

/** In groups of four, as on a card; it may break in the middle. */
export const inFours = (number: string): string => number.replace(/^(\d{4})(\d{4})(\d{4})/, '$1\u00a0$2 $3\u00a0');
