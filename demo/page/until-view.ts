/** Waits for a payment to be so. */
import type { PaymentView } from '#contract';
import { askBff, type OpenPayment } from './ask-bff.ts';

/** Settles when it is so; after ten seconds it is looked at as it is. */
export async function untilView(payment: OpenPayment, isSo: (view: PaymentView) => boolean): Promise<PaymentView> {
  const end = performance.now() + 10_000;
  for (;;) {
    const view = await askBff(payment);
    if (isSo(view) || performance.now() > end) return view;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
