/** Answers of a BFF: a payment, or a problem. */
import type { PaymentView, Problem } from '#contract';
import { openPayment } from '../../widget/support/payment-view.ts';
import type { Answer } from './screen.ts';

export const payment = (changes: Partial<PaymentView> = {}): Answer => ({ status: 200, body: openPayment(changes) });

export const problem = (status: number, code: Problem['code']): Answer => ({
  status,
  body: { code, title: code, reference: 'req-7Q4K19TZ' },
});
