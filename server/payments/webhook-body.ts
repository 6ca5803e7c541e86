/** The body of a webhook, written in the transaction that causes it: what the merchant reads is what was true then. */
import type { Webhook, WebhookType } from '#contract';
import { merchantPayment } from './model/merchant-view.ts';
import type { Queries } from './model/ports.ts';
import type { PaymentRecord } from './model/records.ts';

export async function webhookBody(
  tx: Queries,
  payment: PaymentRecord,
  type: WebhookType,
  sequence: number,
  now: number,
): Promise<string> {
  const view = merchantPayment(payment, await tx.attempts(payment.id), await tx.evidence(payment.id));
  const webhook: Webhook = { type, timestamp: new Date(now).toISOString(), sequence, data: { payment: view } };
  return JSON.stringify(webhook);
}
