/**
 * Reads what Payme took in the time that a restored database does not know, and stores it. A receipt of ours carries the attempt's
 * id and the order's at the beginning of its description.
 */
import { maskNumbersIn } from '../../clients/payme/schema.ts';
import type { Receipt } from '../../clients/payme/types.ts';
import { openSession } from '../../payments/attempts/attempt-session.ts';
import type { UnitOfWork } from '../../payments/attempts/update-payment.ts';
import { isAttemptOf } from '../../payments/model/ids.ts';
import { leavesOrderFree } from '../../payments/model/payment-state.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import { dayMs } from '../../payments/model/time.ts';
import type { Payments } from '../../payments/payments.ts';
import { type LostAttempt, recoverAttempt, recoverPayment } from '../../payments/recover-payment.ts';
import { type CardAccount, type CardDeps, cardCurrency } from './account.ts';
import { callPayme } from './call-payme.ts';
import { lostCalls } from './card-session.ts';
import { interpretReceipt } from './receipt.ts';

export interface GapDeps extends Pick<CardDeps, 'observer' | 'clock' | 'store'> {
  payments: Payments;
  unitOfWork: UnitOfWork;
}

/** What the receipts of one merchant showed. */
export interface CardGap {
  merchantId: string;
  /** How many receipts of ours there are since then. */
  receipts: number;
  /** How many of them the database knew, with their money. */
  known: number;
  /** Receipts whose money, or its amount, the database did not know, by what was done: stored with a payment that it knows, or with one that was lost. */
  stored: string[];
  recovered: string[];
  /**
   * Receipts that Payme is still working on: read again before anything is spent. Also those of a cashbox that merchants share, of
   * which nobody can tell whose they are: a person has to.
   */
  unfinished: string[];
  /**
   * Receipts of a payment that is lost, while another payment of its order, `paymentId`, is not over here: most likely that was refunded
   * since, and the order paid again. A person has to record the refund first, and then this is run again.
   */
  blocked: { receipt: string; paymentId: string }[];
  /** Receipts that are returned at Payme, while the database has their payment as paid. */
  returned: string[];
  /** How many receipts could not be read. */
  unreadable: number;
}

/** It can be run again: what is stored already stays as it is. @returns Null if Payme could not be read to the end. */
export async function verifyCardGap(
  deps: GapDeps,
  account: CardAccount,
  merchant: Pick<PaymentRecord, 'merchantId' | 'test'>,
  since: number,
  /** The other merchants on the same cashbox. */
  sharers: readonly string[] = [],
): Promise<CardGap | null> {
  const listed = await listReceipts(deps, account, since);
  if (!listed) return null;
  const { merchantId } = merchant;
  const gap: CardGap = {
    merchantId,
    receipts: 0,
    known: 0,
    stored: [],
    recovered: [],
    unfinished: [],
    blocked: [],
    returned: [],
    unreadable: listed.unreadable,
  };
  for (const receipt of listed.receipts) {
    const ours = readDescription(receipt, account);
    if (!ours) continue;
    gap.receipts += 1;
    await verifyReceipt(deps, account, merchant, { ...ours, receipt }, gap, sharers);
  }
  return gap;
}

const pageSize = 50;

/** Payme lists the newest first. A receipt that is made while we read moves others to the next page, so some come twice. */
async function listReceipts({ observer, clock }: GapDeps, { client }: CardAccount, since: number) {
  // We do not know whether Payme includes the ends of a range.
  const range = { from: since - dayMs, to: clock.now() + dayMs, count: pageSize };
  const receipts = new Map<string, Receipt>();
  let unreadable = 0;
  for (let offset = 0; ; offset += pageSize) {
    const answer = await callPayme(observer, 'receipts.get_all', () => client.receiptsGetAll({ ...range, offset }));
    if (answer.kind !== 'ok') return null;
    for (const receipt of answer.result.receipts) receipts.set(receipt.id, receipt);
    unreadable += answer.result.unreadable;
    if (answer.result.receipts.length + answer.result.unreadable < pageSize) break;
  }
  return { receipts: [...receipts.values()].sort((a, b) => a.createTime - b.createTime), unreadable };
}

interface OurReceipt {
  attemptId: string;
  orderId: string;
  receipt: Receipt;
}

/**
 * Null for a receipt that another system made at this cashbox. The name of an order that looks like a card number is masked in the
 * description, and may be whole in the account.
 */
function readDescription(
  { description, account: rows }: Receipt,
  { settings: { account } }: CardAccount,
): Omit<OurReceipt, 'receipt'> | null {
  const [, attemptId, orderId] = /^(att_[0-9a-z]{26}) (.*)$/s.exec(description) ?? [];
  if (attemptId === undefined || orderId === undefined) return null;
  const whole = rows.find(({ name, value }) => name === account.field && maskNumbersIn(value) === orderId)?.value;
  return { attemptId, orderId: whole ?? orderId };
}

const inProgress: ReadonlySet<number> = new Set([1, 2, 3, 5, 6, 20, 30]);

async function verifyReceipt(
  deps: GapDeps,
  account: CardAccount,
  merchant: Pick<PaymentRecord, 'merchantId' | 'test'>,
  ours: OurReceipt,
  gap: CardGap,
  sharers: readonly string[],
): Promise<void> {
  const { store } = deps;
  const { receipt, attemptId } = ours;
  const attempt = await store.attempt(attemptId);
  if (inProgress.has(receipt.state)) gap.unfinished.push(receipt.id);
  if ((receipt.state === 21 || receipt.state === 50) && attempt?.status === 'paid') gap.returned.push(receipt.id);
  const outcome = interpretReceipt(receipt, account.upstream);
  if (outcome === 'unpaid' || (outcome.kind !== 'paid' && outcome.kind !== 'needs_review') || !outcome.evidence) return;
  if (attempt) {
    const { amount, currency } = outcome.evidence;
    const known = await store.evidenceOf(account.upstream, receipt.id);
    const isHere = known?.paymentId === attempt.paymentId;
    if (isHere && known.amount === amount && known.currency === currency) {
      gap.known += 1;
      // It is no word of the shop any more.
      if (known.reportedBy !== null) await settle(deps, attempt, { kind: 'paid', evidence: outcome.evidence });
      return;
    }
    // A shop may have named another amount (`recover-from-shop.ts`). Payme's own replaces it, also in another currency.
    await settle(deps, attempt, isHere ? { kind: 'paid', evidence: outcome.evidence } : outcome);
    gap.stored.push(receipt.id);
    return;
  }
  const lost = lostAttempt(ours);
  const payment = await paymentOf(deps, account, merchant.merchantId, ours);
  // Two merchants may have an order of the same name, and the payment of one of them is lost. Only the payment's own id says whose
  // the money is, or the attempt's, which is made of it.
  const isNamed = ({ id }: PaymentRecord) => account.settings.account.from === 'paymentId' || isAttemptOf(attemptId, id);
  if (sharers.length > 0 && !(payment && isNamed(payment))) {
    const others = await Promise.all(sharers.map((id) => paymentOf(deps, account, id, ours)));
    const isTheirs = others.some((other) => other !== null && isNamed(other));
    if (!isTheirs) gap.unfinished.push(receipt.id);
    return;
  }
  if (payment) {
    await recoverAttempt(deps.unitOfWork, payment.id, lost);
    await settle(deps, { id: attemptId, paymentId: payment.id }, outcome);
    gap.stored.push(receipt.id);
    return;
  }
  const [value] = receipt.account.filter(({ name }) => name === account.settings.account.field).map((field) => field.value);
  const from = account.settings.account.from;
  const made = await recoverPayment(
    store,
    deps.clock.now(),
    {
      ...merchant,
      id: from === 'paymentId' && value !== undefined ? value : null,
      orderId: ours.orderId,
      label: from === 'label' && value !== undefined ? value : 'unknown',
      amount: receipt.amount,
      currency: cardCurrency.code,
    },
    lost,
  );
  if (made === null) {
    const all = await store.paymentsOfOrder(merchant.merchantId, ours.orderId);
    const other = all.find((one) => !leavesOrderFree(one));
    if (!other) throw new Error(`the order of the receipt ${receipt.id} changed while it was verified`);
    gap.blocked.push({ receipt: receipt.id, paymentId: other.id });
    return;
  }
  const { evidence } = outcome;
  const why = 'paid after the backup, and the payment itself is lost';
  await settle(deps, { id: attemptId, paymentId: made }, { kind: 'needs_review', why, evidence });
  gap.recovered.push(receipt.id);
}

async function settle(
  { payments, store }: GapDeps,
  attempt: Pick<AttemptRecord, 'id' | 'paymentId'>,
  outcome: Parameters<ReturnType<typeof openSession>['settle']>[0],
): Promise<void> {
  await openSession(payments, attempt, await store.intents(attempt.id)).settle(outcome);
}

/**
 * The payment that the receipt was for. The attempt's id shows it, unless a version before 1.0 has made it: then it is the newest payment of
 * its order, if that was there and could be paid when the receipt was made. Null if that payment is lost.
 */
async function paymentOf(
  { store }: GapDeps,
  { settings }: CardAccount,
  merchantId: string,
  { attemptId, orderId, receipt }: OurReceipt,
): Promise<PaymentRecord | null> {
  if (settings.account.from === 'paymentId') {
    const id = receipt.account.find(({ name }) => name === settings.account.field)?.value;
    return id === undefined ? null : store.paymentOfMerchant(merchantId, id);
  }
  const all = await store.paymentsOfOrder(merchantId, orderId);
  const named = all.find(({ id }) => isAttemptOf(attemptId, id));
  const newest = all.filter(({ createdAt }) => createdAt <= receipt.createTime + clockDifferenceMs).at(-1);
  return named ?? (newest && couldBePaid(newest, receipt) ? newest : null);
}

/** A payment that was over, or paid, in the backup got no attempt since: the receipt is of a later payment of its order. */
const couldBePaid = ({ status, expiresAt }: PaymentRecord, { createTime }: Receipt): boolean =>
  status === 'expired' ? expiresAt > createTime : !leavesOrderFree({ status }) && !paid.has(status);

const paid: ReadonlySet<PaymentRecord['status']> = new Set(['succeeded', 'underpaid', 'refunding']);

/** Payme's clock is not ours. */
const clockDifferenceMs = 60_000;

const lostAttempt = ({ attemptId, receipt }: OurReceipt): LostAttempt => ({
  id: attemptId,
  method: 'card',
  calls: lostCalls(attemptId, receipt.id),
  lastCharacters: receipt.card?.number.slice(-4) ?? null,
  startedAt: receipt.createTime,
});
