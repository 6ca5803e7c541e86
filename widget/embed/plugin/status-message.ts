/** Where the payment of a checkout stands, as the page around its window is told. */
import type { DeskStatus } from '../../desk-status.ts';
import type { PayDesk } from '../../pay-desk.ts';
import type { FromFrame, Unsent } from '../bridge/messages.ts';

export function statusMessage({ view, dataset, method, error }: PayDesk): Unsent<Extract<FromFrame, { type: 'status' }>> {
  const action = view?.nextAction;
  return {
    type: 'status',
    status: view?.status ?? (dataset.status as DeskStatus | undefined) ?? (error ? 'load_error' : 'loading'),
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
