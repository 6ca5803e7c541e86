/** Where the payment of a checkout stands, as the page around its window is told. */

import type { Unsent } from '../../bridge/channel.ts';
import type { FromFrame } from '../../bridge/from-frame.ts';
import type { PayDesk } from '../../element/pay-desk.ts';
import type { DeskStatus } from '../../events.ts';

type StatusMessage = Unsent<Extract<FromFrame, { type: 'status' }>>;

export function statusMessage({ view, dataset, method }: PayDesk): StatusMessage {
  const action = view?.nextAction;
  return {
    type: 'status',
    // As the checkout says it: a payment that can no longer be followed still has a view, but an old one.
    status: (dataset.status as DeskStatus | undefined) ?? 'loading',
    method: view?.attempt?.method ?? method,
    action: action?.kind ?? null,
    wait: action?.kind === 'wait' ? { reason: action.reason, since: action.since } : null,
    payment: view && {
      paymentId: view.id,
      orderId: view.orderId,
      amount: view.amount,
      amountPaid: view.amountPaid,
      currency: view.currency,
      late: view.late,
    },
  };
}
