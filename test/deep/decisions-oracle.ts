/**
 * What stays true whatever people decide: each act has its effect once and only if it was allowed, the sums are those of evidence,
 * decisions and refunds, and money that nobody has assigned is in the queue. `oracle.ts` judges the money itself.
 */
import type { Payment } from '#contract';
import type { Approval, QueueItem } from '#contract/operate';
import type { RunContext } from './context.ts';
import { type Money, total } from './ledger.ts';
import { fourEyesAbove } from './merchants-file.ts';
import type { OperatorsRecord, SentAct } from './operators.ts';
import type { ReceivedWebhook } from './webhook-receiver.ts';

export interface DecisionFindings {
  payments: readonly Payment[];
  record: OperatorsRecord;
  /** What waits for people at the end. */
  queue: readonly QueueItem[];
  /** All acts that waited for a second person, decided or not, by payment. */
  approvals: ReadonlyMap<string, readonly Approval[]>;
  moneyOf: ReadonlyMap<string, readonly Money[]>;
  webhooks: readonly ReceivedWebhook[];
  breach: RunContext['breach'];
}

type Breach = RunContext['breach'];

export function judgeDecisions(findings: DecisionFindings): void {
  const { payments, record, breach } = findings;
  for (const payment of payments) {
    judgeSums(payment, breach);
    judgeQueue(payment, findings);
    judgeRefunds(payment, findings.moneyOf.get(payment.id) ?? [], breach);
    judgeOpenedAgain(payment, findings);
  }
  for (const act of record.acts) judgeAct(act, findings);
  for (const { paymentId, by, how, approval, status } of record.confirmations)
    if (status === 200 && how === 'confirm' && approval.requestedBy === by)
      breach('decisions', paymentId, `${by} has confirmed what they had requested themselves`);
  judgeMoved(payments, breach);
}

/** The decisions that hold: neither evidence nor a person has taken them back. */
export const effective = ({ decisions }: Pick<Payment, 'decisions'>, outcome: 'paid' | 'returned' | 'not_paid' | 'accepted') =>
  decisions.filter((decision) => decision.supersededAt === null && decision.outcome === outcome);

/** What a person's word adds to the evidence. */
export const paidByWord = (payment: Pick<Payment, 'decisions'>): number => total(effective(payment, 'paid'));

/** Attempts and money about which a person has decided anything: what follows from that is theirs to answer for. */
export function decidedAbout(payment: Payment, { attempt, upstreamId }: Pick<Money, 'attempt' | 'upstreamId'>): boolean {
  const row = payment.evidence.find((one) => one.upstreamId === upstreamId);
  const id = attempt ?? row?.attemptId;
  return row?.disposition !== undefined || payment.decisions.some(({ attemptId }) => attemptId !== null && attemptId === id);
}

function judgeSums(payment: Payment, breach: Breach): void {
  const { id, status, due, amountPaid, amountRefunded, acceptedAmount = due, evidence, refunds, decisions } = payment;
  const counted = total(evidence.filter((row) => row.counted));
  const returned = total(effective(payment, 'returned'));
  const paid = counted + paidByWord(payment) + returned;
  if (amountPaid !== paid) breach('decisions', id, `it says that ${amountPaid} is paid, and evidence and decisions make ${paid}`);
  const done = total(refunds.filter((one) => one.status === 'done')) + returned;
  if (amountRefunded !== done)
    breach('decisions', id, `it says that ${amountRefunded} is refunded, and its refunds make ${done}`);
  const corrected = decisions.some(({ supersededAt }) => supersededAt !== null) || evidence.some((row) => !row.counted);
  if (amountRefunded > amountPaid && !corrected)
    breach('decisions', id, `${amountRefunded} is refunded of ${amountPaid}, and nobody has taken a decision back`);
  const holds = counted + paidByWord(payment);
  if (status === 'succeeded' && holds < Math.min(due, acceptedAmount))
    breach('false success', id, `it has succeeded by ${holds} of ${due}, by evidence and decisions together`);
  if (status === 'succeeded' && holds > 0 && amountRefunded >= amountPaid)
    breach('decisions', id, `it has succeeded, and all of the ${amountPaid} is refunded`);
}

/** Whoever runs it finds everything that waits for them. */
function judgeQueue({ id, status, evidence }: Payment, { queue, breach }: DecisionFindings): void {
  const own = queue.filter(({ paymentId }) => paymentId === id).map(({ kind }) => kind);
  const unassigned = evidence.filter((row) => !row.counted && row.disposition === undefined);
  if (unassigned.length > 0 && !own.includes('needs_review') && !own.includes('uncounted_money'))
    breach('decisions', id, `it is ${status}, and nobody is told of the uncounted ${unassigned[0]?.upstreamId}`);
  if ((status === 'needs_review' || status === 'underpaid') && !own.includes(status))
    breach('decisions', id, `it is ${status}, and not in the queue`);
}

/** Payme returns a paid receipt only if somebody has requested that, and once. */
function judgeRefunds({ id, attempts, refunds }: Payment, money: readonly Money[], breach: Breach): void {
  for (const { attempt, upstreamId, refundedAt } of money) {
    if (refundedAt === null) continue;
    const requested = refunds.filter((one) => one.attemptId === attempt && one.how === 'upstream');
    if (requested.length === 0)
      breach('decisions', id, `${upstreamId} was cancelled after it was paid, and no refund was requested`);
    if (requested.filter((one) => one.status === 'done').length > 1)
      breach('decisions', id, `${upstreamId} was returned once, and is recorded as returned twice`);
  }
  for (const attempt of attempts)
    if (attempt.status === 'refunding') breach('liveness', id, `the refund of ${attempt.id} is still running a day later`);
}

/** "Not paid" opened the payment again: then it is proven that the attempt pays nothing, and the ledgers must agree for good. */
function judgeOpenedAgain({ id }: Payment, { webhooks, moneyOf, breach }: DecisionFindings): void {
  const own = webhooks.filter((one) => one.payment.id === id).toSorted((one, other) => one.sequence - other.sequence);
  for (const [index, { payment }] of own.entries()) {
    const before = own[index - 1]?.payment;
    if (payment.status !== 'open' || (before?.status !== 'needs_review' && before?.status !== 'processing')) continue;
    const known = new Set(before.decisions.map((decision) => decision.id));
    const fresh = payment.decisions.filter((one) => one.outcome === 'not_paid' && !known.has(one.id));
    const paid = (moneyOf.get(id) ?? []).find(({ attempt }) => fresh.some(({ attemptId }) => attemptId === attempt));
    if (paid)
      breach(
        'double charge',
        id,
        `${paid.attempt} was declared not paid and the customer asked again, and it took ${paid.amount}`,
      );
  }
}

/** Money that a person has moved pays one payment only. */
function judgeMoved(payments: readonly Payment[], breach: Breach): void {
  const counted = new Set(payments.flatMap(({ evidence }) => evidence.filter((row) => row.counted).map((row) => row.upstreamId)));
  const words = payments.flatMap((payment) => effective(payment, 'paid').map((decision) => ({ ...decision, id: payment.id })));
  for (const [upstreamId, [first, second]] of Map.groupBy(words, (decision) => decision.upstreamId)) {
    if (upstreamId === null) continue;
    if (second && first?.attemptId === null) breach('decisions', second.id, `${upstreamId} is decided to pay ${first.id}, too`);
    if (first && counted.has(upstreamId))
      breach('decisions', first.id, `${upstreamId} pays it by a person's word, and counts as evidence as well`);
  }
}

/** An act has its effect once, and none if it was refused, of an older version, or above the threshold without a second person. */
function judgeAct(act: SentAct, { payments, approvals, breach }: DecisionFindings): void {
  const { paymentId, note, by, route, stale, answers, lost, words } = act;
  const payment = payments.find(({ id }) => id === paymentId);
  if (!payment) return;
  const decisions = payment.decisions.filter((one) => one.note === note);
  const refunds = payment.refunds.filter((one) => one.note === note);
  const attempts = new Set(refunds.map(({ attemptId }) => attemptId));
  const requested = (approvals.get(paymentId) ?? []).filter((one) => one.note === note);
  const wrong = (text: string): void => breach('decisions', paymentId, `${by}, ${words}: ${text}`);
  if (decisions.length > 1) wrong(`it was decided ${decisions.length} times`);
  if (refunds.length > attempts.size) wrong(`${refunds.length} refunds were recorded`);
  if (requested.length > 1) wrong(`${requested.length} requests wait for a second person`);
  const done = decisions.length + refunds.length;
  const refused = answers.length > 0 && lost === 0 && answers.every(({ status }) => status >= 400 && status < 500);
  if (refused && done > 0) wrong(`it was refused (${answers.map(({ code }) => code).join(', ')}), and it was done`);
  // An answer that names an approval may repeat one that the same person requested before; only one of this act's own would be new.
  const accepted = done > 0 || requested.length > 0 || answers.some(({ status, approval }) => status < 300 && !approval);
  if (stale && route !== 'refund' && accepted) wrong('it was accepted for an older version of the payment');
  const most = Math.max(0, ...decisions.map(({ amount }) => amount), ...refunds.map(({ amount }) => amount));
  if (most > (fourEyesAbove[payment.currency] ?? Number.POSITIVE_INFINITY) && requested.length === 0)
    wrong(`${most} ${payment.currency} was decided without a second person`);
  for (const one of requested)
    if (one.status === 'confirmed' && one.decidedBy === one.requestedBy) wrong('the same person has requested and confirmed it');
}
