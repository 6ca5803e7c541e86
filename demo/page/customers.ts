/**
 * A customer who pays by card. The form is in a frame of the BFF's origin, into which nothing can be typed from here: so what it would send is
 * sent without it, and the checkout is shown afterwards.
 */
import type { PaymentView, SendSms } from '#contract';
import { askBff, type OpenPayment, qaClient } from './qa-client.ts';

/** In every SMS of the pretend Payme. */
export const smsCode = '666666';
const wrongSmsCode = '111111';

export class CardCustomer {
  readonly #payment: OpenPayment;

  constructor(payment: OpenPayment) {
    this.#payment = payment;
  }

  view(): Promise<PaymentView> {
    return askBff(this.#payment);
  }

  /** Asks for the SMS. */
  tellCard(number = goodCard, save = false): Promise<PaymentView> {
    return askBff(this.#payment, '/card', { number, expire: testExpiry, save });
  }

  tellCode(code = smsCode): Promise<PaymentView> {
    return askBff(this.#payment, '/card/code', { code });
  }

  async mistype(times: number): Promise<void> {
    for (let typed = 0; typed < times; typed += 1) await this.tellCode(wrongSmsCode);
  }

  anotherSms(): Promise<PaymentView> {
    return askBff(this.#payment, '/card/resend', {});
  }

  async pay(number?: string, save?: boolean): Promise<PaymentView> {
    await this.tellCard(number, save);
    return this.tellCode();
  }

  /** Asks the BFF to ask Payme again. */
  recheck(): Promise<PaymentView> {
    return askBff(this.#payment, '/recheck', {});
  }

  until(isSo: (view: PaymentView) => boolean): Promise<PaymentView> {
    return untilView(this.#payment, isSo);
  }
}

/** A customer who pays by code, by SMS or with a discount, and whose checkout is not on show yet. */
export class CodeCustomer {
  readonly #payment: OpenPayment;

  constructor(payment: OpenPayment) {
    this.#payment = payment;
  }

  type(code: string): Promise<PaymentView> {
    return askBff(this.#payment, '/pay-code', { code });
  }

  /** What to send for a code that comes back. */
  async askForCode(): Promise<SendSms> {
    return smsIn(await askBff(this.#payment, '/sms-code/start', {}));
  }

  /** What to send for the payment to follow by itself. */
  async askForText(): Promise<SendSms> {
    return smsIn(await askBff(this.#payment, '/reversed-sms/start', {}));
  }

  /** @param delayMs By PayCodes' clock. @returns The code that came back, or what came instead of it; '' while it is on its way. */
  async send({ number: to, text }: SendSms, delayMs = 0): Promise<string> {
    const { mt } = await qaClient.sendSms({ to, text, delayMs, duplicate: false });
    return mt?.replace('Your code: ', '') ?? '';
  }

  /** For another way to pay: a code that was shown is used up first, so that nothing else may begin before it is. */
  async leave(): Promise<PaymentView> {
    await askBff(this.#payment, '/abandon', {});
    return this.until(({ status }) => status !== 'processing');
  }

  /** “I have sent it.” */
  recheck(): Promise<PaymentView> {
    return askBff(this.#payment, '/recheck', {});
  }

  until(isSo: (view: PaymentView) => boolean): Promise<PaymentView> {
    return untilView(this.#payment, isSo);
  }
}

function smsIn({ nextAction }: PaymentView): SendSms {
  if (nextAction.kind !== 'send_sms') throw new Error('This payment cannot be paid by SMS');
  return nextAction;
}

/** Waits for a payment to be so. */
/** Settles when it is so; after ten seconds it is looked at as it is. */
export async function untilView(payment: OpenPayment, isSo: (view: PaymentView) => boolean): Promise<PaymentView> {
  const end = performance.now() + 10_000;
  for (;;) {
    const view = await askBff(payment);
    if (isSo(view) || performance.now() > end) return view;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Types wrong codes until the payment takes no more for a while: by hand that would be ten clicks. */
/** As many as PayCodes may be asked in vain for one payment. */
const most = 5;

/** Settles when each guess was answered. */
export async function guessWrongly(payment: OpenPayment): Promise<void> {
  // One after the other: a payment takes one attempt at a time.
  for (let guess = 1; guess <= most; guess += 1) await askBff(payment, '/pay-code', { code: `GUESS00${guess}` });
}

/** The seven cards of Payme's sandbox, and what each brings about as long as nothing else is chosen. */

export interface TestCard {
  /** 16 digits. */
  number: string;
  /** What a customer then sees, in a few words. */
  brings: string;
}

export const goodCard = '8600069195406311';
export const otherGoodCard = '8600495473316478';
/** The form says so before an SMS is sent. */
export const smsOffCard = '8600060921090842';

export const testCards: readonly TestCard[] = [
  { number: goodCard, brings: 'paid' },
  { number: otherGoodCard, brings: 'paid' },
  { number: smsOffCard, brings: 'no SMS service' },
  { number: '3333336415804657', brings: 'expired' },
  { number: '4444445987459073', brings: 'blocked' },
  { number: '8600143417770323', brings: 'Payme fails' },
  { number: '8600134301849596', brings: 'declined, after 10 seconds' },
];

/** The same for all of them. */
export const testExpiry = '03/99';
/** Any phone of Uzbekistan does. */
export const testPhone = '+998901234567';

/** As on a card; where there is no room for all of it, on two lines. */
export const inFours = (number: string): string => number.replace(/^(\d{4})(\d{4})(\d{4})/, '$1\u00a0$2 $3\u00a0');
