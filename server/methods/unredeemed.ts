/**
 * How often something is prepared at a payment service for a payment whose discount cannot be redeemed: each try is a call there,
 * while nothing is shown, so that no other limit sees it.
 */
import { ProblemError } from '../payments/model/errors.ts';
import { hasDiscountToRedeem } from '../payments/model/payment-state.ts';
import type { Clock } from '../payments/model/ports.ts';
import type { PaymentRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { isoTime, minuteMs } from '../payments/model/time.ts';

interface UnredeemedDeps {
  store: Pick<Store, 'hitRateLimit' | 'readRateLimit'>;
  clock: Clock;
}

const mostUnredeemed = 10;
const windowMs = 10 * minuteMs;
const kind = 'unredeemed';

/** Called before the service is asked. @throws {ProblemError} `provider_unavailable` with `retryAt` */
export async function assertFewUnredeemed({ store, clock }: UnredeemedDeps, payment: PaymentRecord): Promise<void> {
  if (!hasDiscountToRedeem(payment)) return;
  const { count, resetsAt } = await store.readRateLimit(kind, payment.id, clock.now());
  if (count >= mostUnredeemed) throw new ProblemError('provider_unavailable', { retryAt: isoTime(resetsAt) });
}

/** The service was asked, and the discount could not be redeemed. */
export async function countUnredeemed({ store, clock }: UnredeemedDeps, paymentId: string): Promise<void> {
  await store.hitRateLimit(kind, paymentId, clock.now(), windowMs);
}
