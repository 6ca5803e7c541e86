/**
 * Brings a payment where no upstream of the demo brings it: through the server's own use cases, so every move is one that the machine
 * allows, with its webhook and its audit event.
 */
import { type PaymentEvent, transition } from '../../server/payments/machine.ts';
import { type StepParts, step } from '../../server/payments/step.ts';
import type { ByHand } from '../page/qa-api.ts';

/** @throws Error where the machine knows no such move from where the payment is. */
export async function moveByHand(parts: StepParts, paymentId: string, to: ByHand): Promise<void> {
  await move(parts, paymentId, 'refund');
  if (to === 'refunded') await move(parts, paymentId, 'refund_done');
}

const move = (parts: StepParts, paymentId: string, event: PaymentEvent): Promise<void> =>
  step<void>(parts, paymentId, async ({ status }) => ({
    result: undefined,
    patch: { status: transition(status, event) },
    audit: { type: `payment.${event}`, data: { by: 'hand' } },
  }));
