/**
 * Which acts a payment allows now, and in plain words what each does and what cannot be undone. The console and the command line
 * show exactly this.
 */
import type { PossibleAct } from '#contract/operate';
import {
  amountOfUncounted,
  decidedElsewhere,
  isDisposed,
  isUnassigned,
  keptSum,
  type Money,
} from './attempts/evidence-status.ts';
import { can, confirmedAmountDue, hasPaid } from './model/payment-state.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';
import { returnableByHand } from './refunds.ts';

export interface ActContext {
  payment: PaymentRecord;
  attempts: readonly AttemptRecord[];
  money: Money;
  /** Above this a second person has to confirm, in minor units; null if never. */
  threshold: number | null;
  /** Whether the payment service can be asked what became of an attempt of this method. */
  canRead(method: string): boolean;
  canRefund(method: string): boolean;
  now: number;
}

const reopenable = 'It can be taken back ("reopen").';
const delivered = 'What the shop delivers because of it stays delivered.';

export function possibleActs(context: ActContext): PossibleAct[] {
  const { payment, attempts, money } = context;
  const acts = [
    ...attempts.filter((attempt) => isDecidable(attempt, context)).flatMap((attempt) => resolutions(attempt, context)),
    ...money.evidence.filter(isUnassigned).map((row) => dispose(row, context)),
    ...accept(context),
    ...refund(context),
    ...refundByHand(context),
    ...reopen(context),
  ];
  const moves = payment.status === 'processing' || payment.status === 'awaiting_customer';
  const readable = attempts.some(({ status, method }) => status === 'needs_review' && context.canRead(method));
  if (!moves && !readable) return acts;
  return [
    ...acts,
    {
      act: 'recheck',
      title: 'Ask the payment service now',
      consequence: 'The payment service is read. Money that it reports is stored, and moves the payment.',
      irreversible: null,
      reads: true,
      secondPerson: false,
    },
  ];
}

const needsSecond = ({ threshold }: ActContext, amount: number): boolean => threshold !== null && amount > threshold;

/** What became of it is not known, or the payment waits for a person who says what became of it. */
function isDecidable(attempt: AttemptRecord, { payment, now }: ActContext): boolean {
  const { status } = attempt;
  if (payment.status === 'refunding') return false;
  if (payment.status === 'processing')
    return (
      status === 'processing' && payment.attemptId === attempt.id && attempt.unknownSince !== null && attempt.leaseUntil <= now
    );
  if (status === 'needs_review' || status === 'unconfirmed') return true;
  if (hasPaid(attempt)) return payment.status === 'needs_review';
  return mayHaveTransferred(attempt);
}

/** The customer may have transferred by what was shown, without saying so, or under a number that the service does not know. */
const mayHaveTransferred = ({ status, action }: AttemptRecord): boolean =>
  action?.kind === 'transfer' && (status === 'abandoned' || status === 'declined' || status === 'awaiting_customer');

function resolutions(attempt: AttemptRecord, context: ActContext): PossibleAct[] {
  const { payment, money } = context;
  const due = confirmedAmountDue(payment);
  const own = money.evidence.filter(({ attemptId, currency }) => attemptId === attempt.id && currency === payment.currency);
  const known = own.reduce((sum, row) => (row.counted || isUnassigned(row) ? sum + row.amount : sum), 0);
  const reads = context.canRead(attempt.method);
  const amount = known > 0 ? known : due;
  const asked = reads ? 'The payment service is asked first, and its answer decides. ' : '';
  const secondPerson = needsSecond(context, amount + decidedElsewhere(money, attempt.id));
  const common = { attemptId: attempt.id, currency: payment.currency, reads, secondPerson };
  const notPaid: PossibleAct = {
    ...common,
    act: 'resolve_not_paid',
    title: 'It was not paid',
    consequence: `${asked}Nothing counts as paid by this attempt. If it is proven that it cannot pay any more and there is time, the customer may pay again; otherwise the payment expires. Money that comes later is still counted. ${reopenable}`,
    irreversible: null,
    amount: 0,
  };
  const returned: PossibleAct = {
    ...common,
    act: 'resolve_returned',
    title: 'It was paid and given back',
    consequence: `${asked}The amount counts as paid and returned. Without other money the payment is refunded. ${reopenable}`,
    irreversible: null,
    amount,
  };
  return [
    {
      ...common,
      act: 'resolve_paid',
      title: 'It was paid',
      consequence: `${asked}The amount counts as paid by this attempt. If that is enough the payment succeeds, and the shop is told to deliver. ${reopenable}`,
      irreversible: delivered,
      amount,
    },
    // Nobody waits for a word about an attempt that is over, or still shown.
    ...(known > 0 || hasPaid(attempt) || mayHaveTransferred(attempt) ? [] : [notPaid]),
    ...(attempt.status === 'awaiting_customer' ? [] : [returned]),
  ];
}

function dispose(row: Money['evidence'][number], context: ActContext): PossibleAct {
  const { upstreamId, amount, currency, attemptId } = row;
  return {
    act: 'dispose',
    title: 'Say what becomes of this money',
    consequence: 'It pays this payment, or another one of the same merchant, or was given back, or never was money.',
    irreversible: 'That it pays another payment cannot be taken back here: reopen that payment.',
    upstreamId,
    ...(attemptId !== null && { attemptId }),
    amount,
    currency,
    reads: false,
    secondPerson: needsSecond(context, amountOfUncounted(row, context.payment)),
  };
}

function accept(context: ActContext): PossibleAct[] {
  const { payment, money } = context;
  const paid = keptSum(payment, money);
  if (!can(payment.status, 'accept') || paid <= 0 || money.evidence.some(isUnassigned)) return [];
  return [
    {
      act: 'accept',
      title: 'Accept what has come as enough',
      consequence: `The payment succeeds although less than was due has come, and the shop is told to deliver. ${reopenable}`,
      irreversible: delivered,
      amount: paid,
      currency: payment.currency,
      reads: false,
      secondPerson: needsSecond(context, Math.max(paid, confirmedAmountDue(payment))),
    },
  ];
}

function refund(context: ActContext): PossibleAct[] {
  const { payment, money, canRefund } = context;
  const { evidence } = money;
  const byHand = money.refunds.some(({ how, status }) => how === 'by_hand' && status === 'done');
  const kept = keptSum(payment, money) > 0;
  const possible = kept && evidence.length > 0 && evidence.every(({ method, counted }) => counted && canRefund(method));
  if (!can(payment.status, 'refund') || !possible || byHand) return [];
  return [
    {
      act: 'refund',
      title: 'Return the whole payment',
      consequence: 'The payment service returns all of the money to the card. The shop is told when that is done.',
      irreversible: 'Money that was returned cannot be taken again.',
      amount: payment.amountPaid,
      currency: payment.currency,
      reads: true,
      secondPerson: needsSecond(context, payment.amountPaid),
    },
  ];
}

function refundByHand(context: ActContext): PossibleAct[] {
  const { payment, money } = context;
  const left = returnableByHand(payment, money);
  if (payment.status === 'refunding' || left <= 0) return [];
  const surplus = payment.amountPaid - payment.amountRefunded - confirmedAmountDue(payment);
  const amount = surplus > 0 ? Math.min(surplus, left) : left;
  return [
    {
      act: 'refund_by_hand',
      title: 'Record that money was returned by hand',
      consequence:
        'Nothing is sent: you have returned the money yourself, and this records it. If all of it is returned, the payment is refunded.',
      irreversible: 'The record cannot be taken back.',
      amount,
      currency: payment.currency,
      reads: false,
      secondPerson: needsSecond(context, amount + payment.amountRefunded),
    },
  ];
}

function reopen({ payment, money, threshold }: ActContext): PossibleAct[] {
  const decided = money.decisions.length > 0 || money.evidence.some(isDisposed);
  if (!can(payment.status, 'reopen') || !decided) return [];
  return [
    {
      act: 'reopen',
      title: 'Take the decision back',
      consequence: 'The payment waits for a person again, and the shop is told so.',
      irreversible: null,
      amount: payment.amountPaid,
      currency: payment.currency,
      reads: false,
      secondPerson: threshold !== null && payment.amountPaid > threshold,
    },
  ];
}
