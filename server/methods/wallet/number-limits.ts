/**
 * Slows down whoever guesses the numbers of other people's transfers: a number that is claimed ahead sends its true owner to a
 * person. Wrong numbers are counted by customer (the label) and by client address, in rows of the database. The first number of a
 * payment is sent whatever others have tried, because the customer may have sent the money. A number is wrong while Paykassma has
 * refused it or knows no transfer of it; one that pays later is taken back.
 */
import { OperatorNotice } from '../../payments/model/errors.ts';
import type { Outcome, Sealer } from '../../payments/model/ports.ts';
import type { AttemptRecord, Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { dayMs, hourMs, isoTime, minuteMs } from '../../payments/model/time.ts';
import { countByAddress, createTally } from '../client-address.ts';
import type { WalletAccount, WalletDeps } from './account.ts';

export interface NumberLimitDeps extends WalletDeps {
  store: Pick<Store, 'hitRateLimit' | 'refundRateLimit' | 'keepCounts'>;
  sealer: Sealer;
}

/** A number that counts as wrong until it is given back. */
export interface CountedNumber {
  /** Decides by all attempts of the payment whether the number may be sent. */
  guard(earlier: readonly AttemptRecord[]): Decline | null;
  /** Nothing was sent. */
  giveBack(): Promise<void>;
  /** What came of the number, once that is stored. Never throws. */
  settle(attemptId: string, outcome: Outcome): Promise<void>;
}

/** Where an allowance is used up, one more number goes on each so many milliseconds. */
const turnMs = 5 * minuteMs;
/** How many payments of one customer have their first number sent in a day although the customer's allowance is used up. */
const firstNumbersPerCustomer = 80;

/** Counts a number before it is sent, so that many at the same moment do not pass as one. */
export async function countNumber(
  deps: NumberLimitDeps,
  { id: account, settings: { limits } }: WalletAccount,
  { merchantId, label }: Pick<PaymentRecord, 'merchantId' | 'label'>,
  { walletType, number, ip }: { walletType: string; number: string; ip: string },
): Promise<CountedNumber> {
  const { sealer, observer } = deps;
  const tally = createTally(deps);
  const customer = sealer.fingerprints(`${account} ${label}`);
  const ofCustomer = await tally.count('number_label', customer, dayMs);
  const address = { kind: 'number_address', owner: account, most: limits.wrongPerAddress, windowMs: dayMs, thenEveryMs: turnMs };
  const addressUntil = await countByAddress(tally, sealer, address, ip);
  const usedUp = ofCustomer.count > limits.wrongPerCustomer;
  const customerUntil = usedUp ? await tally.turn('number_label', customer, turnMs) : null;
  const until = Math.max(addressUntil ?? 0, customerUntil ?? 0);
  // Not even the first number of a payment, once one customer has made so many payments to try numbers.
  const firstPasses = ofCustomer.count <= limits.wrongPerCustomer + firstNumbersPerCustomer;
  return {
    guard(earlier) {
      const isFirst = earlier.every(({ method, submittedReference }) => method !== 'wallet' || submittedReference === null);
      return until === 0 || (isFirst && firstPasses) ? null : { code: 'too_many_attempts', retryAt: isoTime(until) };
    },
    giveBack: tally.giveBack,
    async settle(attemptId, outcome) {
      if (!isWrong(outcome)) return tally.giveBack();
      await tally.keepFor(attemptId);
      await noticeRow(deps, limits.wrongInARow, { merchantId, account, walletType, number }).catch((cause: unknown) =>
        observer.failure('tries', cause),
      );
    },
  };
}

const isWrong = (outcome: Outcome): boolean =>
  outcome.kind === 'correction_requested' &&
  (outcome.decline.code === 'transfer_refused' || outcome.decline.code === 'transfer_not_found');

/** Reports wrong numbers that follow each other, once an hour at most: nobody mistypes so, whoever counts up does. */
async function noticeRow(
  { store, sealer, clock, observer }: NumberLimitDeps,
  most: number,
  { merchantId, account, walletType, number }: { merchantId: string; account: string; walletType: string; number: string },
): Promise<void> {
  const neighbours = sealer.fingerprints(`${account} ${walletType} ${number.slice(0, -2)}`);
  const { count } = await store.hitRateLimit('number_row', neighbours, clock.now(), dayMs);
  if (count <= most) return;
  const alarm = await store.hitRateLimit('number_alarm', account, clock.now(), hourMs);
  if (alarm.count > 1) return;
  const text = `transaction numbers of ${walletType} are being guessed at ${merchantId}: ${count} wrong ones follow each other`;
  observer.failure('guessing', new OperatorNotice(text));
}
