/** What customers were shown: no page requests money that is there and known, and none says that it is over with money in it. */
import type { Checkout, SeenView } from './checkout.ts';
import type { RunContext } from './context.ts';
import { describeMoney, type Money, total } from './ledger.ts';

/** Statuses of a payment that is over and keeps no money. */
export const over = new Set(['canceled', 'expired', 'refunded']);
/** Next actions that request money. */
const payActions = new Set([
  'choose',
  'confirm',
  'enter_code',
  'choose_wallet',
  'enter_card',
  'enter_card_code',
  'send_sms',
  'transfer',
]);

/**
 * In this time a stored postback or a used code that was read takes effect, even where a process is killed: twice the 30 s of the
 * sweep.
 */
const appliedWithinMs = 60_000;

/**
 * No page requests money that is there and known.
 * @param byHand Somebody has returned money by hand, so a refunded payment keeps in the ledgers what was pulled for it.
 */
export function judgePages(
  { paymentId, views }: Checkout,
  money: readonly Money[],
  byHand: boolean,
  breach: RunContext['breach'],
): void {
  const asks = (view: SeenView): boolean => {
    if (!payActions.has(view.action)) return false;
    const known = money.filter((one) => isKnown(one, view.requestedAt));
    return known.length > 0 && total(known) >= view.due;
  };
  const lost = views.find(
    (view) =>
      over.has(view.status) &&
      !(byHand && view.status === 'refunded') &&
      money.some((one) => one.kind === 'pull' && isKnown(one, view.requestedAt)),
  );
  if (lost)
    breach('lost payment', paymentId, `it was ${lost.status} with what was pulled in it: ${money.map(describeMoney).join(', ')}`);
  const view = views.find(asks);
  if (!view) return;
  const known = money.filter((one) => isKnown(one, view.requestedAt));
  breach(
    'asked again',
    paymentId,
    `${view.status}, the page asks to ${view.action} though ${total(known)} of ${view.due} is there: ${known.map(describeMoney).join(', ')}`,
  );
}

const isKnown = ({ by, at, knownAt, straggler, refundedAt }: Money, now: number): boolean =>
  knownAt !== null &&
  !straggler &&
  refundedAt === null &&
  (by === 'later credit' || by === 'sms' ? knownAt + appliedWithinMs : at) < now;
