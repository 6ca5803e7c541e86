/**
 * Checks the rules of money (`server/README.md`) from outside: by the services' ledgers, the received webhooks and the merchant's
 * API, never by our database. README.md explains each breach. `decisions-oracle.ts` judges what people did, `pages-oracle.ts` what
 * customers were shown.
 */
import type { Payment } from '#contract';
import type { Checkout } from './checkout.ts';
import type { RunContext } from './context.ts';
import { type DecisionFindings, decidedAbout, effective, judgeDecisions, paidByWord } from './decisions-oracle.ts';
import { type Books, describeMoney, type Money, total } from './ledger.ts';
import { judgePages, over } from './pages-oracle.ts';
import type { ReceivedWebhook } from './webhook-receiver.ts';

export interface Findings {
  books: Books;
  /** Every payment at the end, by the merchant's API. */
  payments: readonly Payment[];
  checkouts: readonly Checkout[];
  webhooks: readonly ReceivedWebhook[];
  breach: RunContext['breach'];
  /** What people did, and what waits for them. */
  people: Pick<DecisionFindings, 'record' | 'queue' | 'approvals'>;
}

/** Statuses with money, or with a person who decides. */
const taken = new Set(['succeeded', 'underpaid', 'needs_review', 'refunding', 'refunded']);
const paidInFull = new Set(['succeeded', 'refunding', 'refunded', 'needs_review']);
const ended = new Set(['succeeded', 'underpaid', 'needs_review', 'refunded', 'canceled', 'expired']);

export function judge(findings: Findings): void {
  const { payments, books, breach } = findings;
  const owners = new Map<string, string>();
  for (const payment of payments) for (const attempt of payment.attempts) owners.set(attempt.id, payment.id);
  const moneyOf = new Map<string, Money[]>();
  for (const money of books.money) {
    const owner = money.paymentId ?? owners.get(money.attempt ?? '');
    if (owner) moneyOf.set(owner, [...(moneyOf.get(owner) ?? []), money]);
    else
      breach(
        'lost payment',
        null,
        `${money.by} took ${money.amount} ${money.currency} for ${money.attempt}, which is of no payment`,
      );
  }
  for (const payment of payments) {
    const money = moneyOf.get(payment.id) ?? [];
    judgeCharge(payment, money, breach);
    judgeLoss(payment, money, breach);
    judgeEnds(payment, money, findings);
    judgeEvidence(payment, money, findings);
    judgeEnd(payment, money, findings);
  }
  for (const checkout of findings.checkouts) {
    const payment = payments.find(({ id }) => id === checkout.paymentId);
    // Money that a person has declared not to pay, wrongly or rightly, is not expected to keep the page from asking.
    const expected = (moneyOf.get(checkout.paymentId) ?? []).filter((one) => !payment || !decidedAbout(payment, one));
    const byHand = payment?.refunds.some(({ how }) => how === 'by_hand') ?? false;
    judgePages(checkout, expected, byHand, breach);
  }
  judgeDecisions({ ...findings, ...findings.people, moneyOf });
  judgeDiscounts(payments, breach);
  judgeOrders(payments, breach);
}

/**
 * What was pulled is at most what was due. A call that arrived more than a minute late is not counted here, but must be evidence
 * (`judgeLoss`).
 */
function judgeCharge({ id, due }: Payment, money: readonly Money[], breach: Findings['breach']): void {
  const pulled = money.filter(({ kind, straggler, refundedAt }) => kind === 'pull' && !straggler && refundedAt === null);
  if (total(pulled) > due)
    breach('double charge', id, `${total(pulled)} was pulled for ${due}: ${pulled.map(describeMoney).join(', ')}`);
}

/**
 * Whatever was taken is evidence and counts in its payment, which never ends without it, unless a person has said that it was given
 * back, pays another payment, or never was money.
 */
function judgeLoss(payment: Payment, money: readonly Money[], breach: Findings['breach']): void {
  const { id, status, due, evidence } = payment;
  const kept = money.filter(({ refundedAt }) => refundedAt === null);
  for (const one of kept) {
    if (!evidence.some(({ upstreamId }) => upstreamId === one.upstreamId))
      breach('lost payment', id, `it is ${status} and has no evidence of ${describeMoney(one)}`);
  }
  const away = evidence.filter(({ counted, disposition }) => !counted && disposition !== undefined);
  const own = kept.filter((one) => !away.some(({ upstreamId }) => upstreamId === one.upstreamId));
  if (own.length === 0 || (status === 'processing' && waitsForTransfer(payment, money))) return;
  if (!taken.has(status))
    breach('lost payment', id, `it is ${status} with ${total(own)} of ${due} in it: ${own.map(describeMoney).join(', ')}`);
  // What was returned pays nothing any more.
  else if (total(own) - payment.amountRefunded >= due && !paidInFull.has(status))
    breach('lost payment', id, `it is ${status} though ${total(own)} of ${due} is in it`);
}

/**
 * Paykassma cannot be asked, so a number whose answer was lost and that no ledger has credited waits for a week before a person
 * decides. Money that arrived meanwhile waits too, unless it is enough or a person must assign it. All of it is evidence.
 */
const waitsForTransfer = ({ attempts, due, amountPaid, evidence }: Payment, money: readonly Money[]): boolean =>
  amountPaid < due &&
  evidence.every(({ counted }) => counted) &&
  attempts.some(
    ({ id, method, status }) => method === 'wallet' && status === 'processing' && !money.some(({ attempt }) => attempt === id),
  );

/** Nothing is pulled for an ended payment, and no payment ends while a pull is running. What customers push may come late. */
function judgeEnds(payment: Payment, money: readonly Money[], { webhooks, breach }: Findings): void {
  const { id } = payment;
  // What a person has decided about may end the payment, and be taken all the same: then it counts late.
  const pulled = money.filter(
    (one) => one.kind === 'pull' && !one.straggler && one.refundedAt === null && !decidedAbout(payment, one),
  );
  const end = webhooks.find(
    (one) => one.payment.id === id && (one.payment.status === 'canceled' || one.payment.status === 'expired'),
  );
  if (end && pulled.length > 0)
    breach(
      'lost payment',
      id,
      `the shop was told that it is ${end.payment.status}, and there is ${pulled.map(describeMoney).join(', ')}`,
    );
}

/** Each evidence is in a ledger with its amount, and no success was reported before the money was there. */
function judgeEvidence(payment: Payment, money: readonly Money[], { books, webhooks, checkouts, breach }: Findings): void {
  const { id, due, discount, discountCode } = payment;
  const discounted = books.discounts.get(discountCode?.lastCharacters ?? '');
  for (const { upstreamId, amount, currency, counted } of payment.evidence) {
    if (upstreamId.startsWith('discount:')) continue;
    const real = money.find((one) => one.upstreamId === upstreamId);
    if (!real) breach('false success', id, `evidence of ${amount} as ${upstreamId}, which is in no ledger`);
    else if (counted && (real.amount !== amount || real.currency !== currency))
      breach(
        'false success',
        id,
        `evidence of ${amount} ${currency}, and the ledger has ${real.amount} ${real.currency} as ${upstreamId}`,
      );
  }
  const reported = webhooks.filter((one) => one.payment.id === id && one.payment.status === 'succeeded');
  judgeWords(reported, money, breach);
  // Pages do not say what a person has decided, so what they showed is judged where nobody ever has.
  const byPeople = payment.decisions.some(({ outcome }) => outcome === 'paid' || outcome === 'accepted');
  const reportedAt = [
    ...reported,
    ...checkouts
      .filter(({ paymentId }) => paymentId === id)
      .flatMap(({ views }) => views.filter(({ status }) => status === 'succeeded')),
  ].map(({ at }) => at);
  // The reduced amount is pulled only after the discount code was used.
  const short = money.find(
    ({ kind, amount, at }) => kind === 'pull' && amount < payment.amount && !(discounted !== undefined && discounted <= at),
  );
  if (short)
    breach('false success', id, `only ${short.amount} of ${payment.amount} was pulled, and no discount code had been used`);
  if (reportedAt.length === 0 || byPeople) return;
  const first = Math.min(...reportedAt);
  const there = total(money.filter(({ at }) => at <= first));
  if (there < due) breach('false success', id, `it was shown as succeeded when ${there} of ${due} had been taken`);
  // A payment of the whole amount needs no discount.
  if (there < payment.amount && discount > 0 && !(discounted !== undefined && discounted <= first))
    breach('false success', id, `it was shown as succeeded with ${discount} off, and no discount code had been used`);
}

/** A success that was reported to the shop is proven by the ledgers, together with what people said in the same report. */
function judgeWords(reported: readonly ReceivedWebhook[], money: readonly Money[], breach: Findings['breach']): void {
  for (const { at, payment } of reported) {
    if (effective(payment, 'paid').length + effective(payment, 'accepted').length === 0) continue;
    const there = total(money.filter((one) => one.at <= at)) + paidByWord(payment);
    const enough = Math.min(payment.due, payment.acceptedAmount ?? payment.due);
    if (there < enough)
      breach('false success', payment.id, `it was reported as succeeded with ${there} of ${enough} in ledgers and decisions`);
  }
}

/** Every payment ends or waits for a person. Every webhook came, in order, and the last one agrees with the API. */
function judgeEnd(payment: Payment, money: readonly Money[], { webhooks, breach }: Findings): void {
  const { id, status, amountPaid, amountRefunded } = payment;
  if (!ended.has(status) && !(status === 'processing' && waitsForTransfer(payment, money)))
    breach('liveness', id, `it is still ${status} a day later`);
  const own = webhooks.filter((one) => one.payment.id === id);
  const last = own.toSorted((one, other) => one.sequence - other.sequence).at(-1);
  const sequences = new Set(own.filter(({ acknowledged }) => acknowledged).map(({ sequence }) => sequence));
  for (let sequence = 1; sequence <= (last?.sequence ?? 0); sequence += 1)
    if (!sequences.has(sequence)) breach('webhooks', id, `webhook ${sequence} never came`);
  if (!ended.has(status)) return;
  if (!last) breach('webhooks', id, `it is ${status}, and no webhook ever came`);
  else if (
    last.payment.status !== status ||
    last.payment.amountPaid !== amountPaid ||
    last.payment.amountRefunded !== amountRefunded ||
    last.payment.decisions.length !== payment.decisions.length
  )
    breach('webhooks', id, `it is ${summary(payment)}, and the last webhook said ${summary(last.payment)}`);
}

const summary = ({ status, amountPaid, amountRefunded, decisions }: Payment): string =>
  `${status} with ${amountPaid} paid, ${amountRefunded} refunded and ${decisions.length} decisions`;

/** A discount code is used once, so it takes something off one payment only. */
function judgeDiscounts(payments: readonly Payment[], breach: Findings['breach']): void {
  const redeemed = payments.filter(({ discountCode }) => discountCode?.status === 'redeemed');
  for (const [tail, [first, second]] of Map.groupBy(redeemed, ({ discountCode }) => discountCode?.lastCharacters))
    if (second) breach('false success', second.id, `its discount code ${tail} was used for ${first?.id}`);
}

/** An order has one payment that is not over, apart from one that was paid late. */
export function judgeOrders(payments: readonly Payment[], breach: Findings['breach']): void {
  for (const [orderId, own] of Map.groupBy(payments, ({ orderId }) => orderId)) {
    const alive = own.filter(({ status, paidLate: late }) => !over.has(status) && !late);
    if (alive.length > 1)
      breach(
        'one live payment',
        orderId,
        `${alive.length} live payments: ${alive.map(({ id, status }) => `${id} ${status}`).join(', ')}`,
      );
  }
}
