/** Whose an attempt and its money are that a shop hands in after a restore: nothing of another payment is entered. */
import type { RecoverPayment } from '#contract/operate';
import { isReleased } from './attempts/apply-evidence.ts';
import { invalid } from './attempts/refusals.ts';
import { ProblemError } from './model/errors.ts';
import { isAttemptOf, isAttemptOfAnother } from './model/ids.ts';
import type { Actor } from './model/operator-records.ts';
import type { EvidenceInput, MethodPort } from './model/ports.ts';
import type { Queries, Store } from './model/store.ts';
import type { LostAttempt } from './recover-payment.ts';

interface Deps {
  store: Store;
  methods: readonly MethodPort[];
}

/** Who enters the payment. */
export interface Recoverer {
  by: Actor;
  /** They act for all merchants, so that money which may be another merchant's is theirs to look at, too. */
  actsForAll: boolean;
}

/**
 * The shop's text only agrees with itself: with the attempt of another payment in it, also the money's own id and what Payme has of the
 * receipt agree. The id of an attempt was made for one payment, and the services know it. Throws unless it was made for this one, or is stored
 * with it; of a version before 1.0, and where a lost payment was made anew, only somebody who acts for all merchants can decide that.
 */
export async function assertAttemptOf(
  { store, methods }: Deps,
  { merchantId, payment }: Pick<RecoverPayment, 'merchantId' | 'payment'>,
  { id, method }: LostAttempt,
  { actsForAll }: Recoverer,
): Promise<void> {
  if (isAttemptOf(id, payment.id) || (await store.attempt(id))?.paymentId === payment.id) return;
  const adopted = methods.find((port) => port.method === method)?.mayAdoptAttempts?.(merchantId) ?? false;
  if (isAttemptOfAnother(id, payment.id) && !adopted)
    throw invalid(
      'payment.attempts',
      `${id} is an attempt of another payment than this one, so nothing was entered: ask the shop for the webhook that belongs to it`,
    );
  if (actsForAll) return;
  const detail = `nothing shows that ${id} is an attempt of this payment: somebody who acts for all merchants has to enter it`;
  throw new ProblemError('forbidden', { field: 'payment.attempts', detail });
}

/** Throws if the service knows the money as another attempt's. */
export async function assertOwn(
  { store, methods }: Deps,
  { merchantId, payment }: Pick<RecoverPayment, 'merchantId' | 'payment'>,
  { id, method }: LostAttempt,
  money: EvidenceInput,
): Promise<void> {
  if ((await store.evidenceOf(money.upstream, money.upstreamId))?.paymentId === payment.id) return;
  const asked = methods
    .find((port) => port.method === method)
    ?.isMoneyOfAnother?.({ ...payment, merchantId }, { id }, money.upstreamId);
  if (!(await asked)) return;
  const what = `the money ${money.upstreamId} was paid for another attempt or order than this one`;
  throw invalid('payment.evidence', `${what}, so nothing was entered: ask the shop for the webhook that belongs to it`);
}

/**
 * Throws if the attempt, or its money, is stored with another payment. A receipt whose payment was lost may have been stored with a new
 * one (`methods/card/verify-gap.ts`): nothing is released there, since the attempt and its money belong together.
 */
export async function assertUnused(
  reads: Pick<Queries, 'attempt' | 'evidenceOf'>,
  attemptId: string,
  money: EvidenceInput | null,
  paymentId: string,
): Promise<void> {
  const owner = (await reads.attempt(attemptId))?.paymentId;
  if (owner !== undefined && owner !== paymentId) {
    const detail = `its attempt is stored with payment ${owner}: decide there what its money pays, and reopen that payment first if it was declared void`;
    throw new ProblemError('transaction_number_used', { detail });
  }
  if (!money) return;
  const stored = await reads.evidenceOf(money.upstream, money.upstreamId);
  if (!stored || stored.paymentId === paymentId || isReleased(stored)) return;
  const detail = `its money is stored with payment ${stored.paymentId}: if it is not that one's, dispose of it there as void`;
  throw new ProblemError('transaction_number_used', { detail });
}
