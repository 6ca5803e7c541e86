/**
 * The methods of receipts that move money. Each is synchronous, so that nothing happens between the check of a receipt and its
 * payment.
 */
import * as z from 'zod';
import type { Environment } from './environment.ts';
import type { ReceiptState } from './receipt-book.ts';
import { RpcError } from './rpc-error.ts';
import type { Settings } from './settings.ts';
import { failCard } from './settings.ts';
import { findReceipt, wireReceipt } from './wire-receipt.ts';

const ById = z.object({ id: z.string() });
const Payer = z.object({ id: z.string(), phone: z.string(), email: z.string(), name: z.string(), ip: z.string() });
const Pay = ById.extend({ token: z.string(), payer: Payer.partial().nullish(), hold: z.boolean().nullish() });

export const moneyMethods = {
  'receipts.pay': {
    params: Pay,
    run(environment: Environment, { id, token, payer, hold }: z.infer<typeof Pay>) {
      const { cards, receipts, settings, now } = environment;
      const receipt = findReceipt(environment, id);
      // A receipt takes one payment. A second one is declined even while the first has taken no money yet.
      if (receipt.state !== 0 || receipt.card) throw new RpcError('receipt_not_payable');
      const card = cards.find(token);
      if (!card.verified) throw new RpcError('token_not_found');
      failCard(card.number, 'receipts.pay', settings);
      if (cards.balance(card.number) < receipt.amount) throw new RpcError('insufficient_funds');
      receipt.card = card;
      receipt.payer = payer ?? null;
      card.spent = !card.recurrent;
      receipts.plan(receipt, paymentSteps(settings, now, receipt.hold && hold === true));
      receipts.settle(now);
      return { receipt: wireReceipt(receipt, environment) };
    },
  },
  'receipts.cancel': {
    params: ById,
    run(environment: Environment, { id }: z.infer<typeof ById>) {
      const { receipts, settings, now } = environment;
      const receipt = findReceipt(environment, id);
      if (isOver(receipt.state)) return { receipt: wireReceipt(receipt, environment) };
      if (![0, 4, 5].includes(receipt.state)) throw new RpcError('wrong_state');
      receipt.canceled = true;
      // The cancellation of a paid receipt is queued first, and refunds later.
      const queued = [{ to: 21, at: now } as const, { to: 50, at: now + settings.cancelMs } as const];
      receipts.plan(receipt, receipt.state === 0 ? [{ to: 50, at: now }] : queued);
      receipts.settle(now);
      return { receipt: wireReceipt(receipt, environment) };
    },
  },
  'receipts.confirm_hold': {
    params: ById,
    run(environment: Environment, { id }: z.infer<typeof ById>) {
      const receipt = findReceipt(environment, id);
      if (receipt.state !== 5) throw new RpcError('wrong_state');
      environment.receipts.plan(receipt, [{ to: 4, at: environment.now }]);
      environment.receipts.settle(environment.now);
      return { receipt: wireReceipt(receipt, environment) };
    },
  },
};

const isOver = (state: ReceiptState) => state === 21 || state === 50;

function paymentSteps({ pay, stepMs, lateMs }: Settings, now: number, hold: boolean): { to: ReceiptState; at: number }[] {
  if (pay === 'stepwise') {
    const states: ReceiptState[] = hold ? [6, 5] : [1, 2, 3, 4];
    return states.map((to, place) => ({ to, at: now + place * stepMs }));
  }
  return [{ to: hold ? 5 : 4, at: pay === 'late' ? now + lateMs : now }];
}
