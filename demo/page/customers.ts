/**
 * A customer who pays by card. The form is in a frame of the BFF's origin, into which nothing can be typed from here: so what it would send is
 * sent without it, and the checkout is shown afterwards.
 */
import type { PaymentView } from '#contract';
import { askBff, type OpenPayment } from './ask-bff.ts';
import { goodCard, testExpiry } from './test-cards.ts';
import { untilView } from './until-view.ts';

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
