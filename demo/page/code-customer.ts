/** A customer who pays by code, by SMS or with a discount, and whose checkout is not on show yet. */
import type { PaymentView, SendSms } from '#contract';
import { askBff, type OpenPayment } from './ask-bff.ts';
import { qaClient } from './qa-client.ts';
import { untilView } from './until-view.ts';

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
