/** A stored payment as its customer sees it: what it is, and the one thing to do now. */
import {
  type AttemptView,
  type EntryAction,
  isRecoverable,
  type NextAction,
  type PaymentMethod,
  type PaymentView,
  type Problem,
  paymentReference,
  type Transfer,
} from '#contract';
import type { SecondPayment } from './attempts/admission.ts';
import { attemptView } from './model/merchant-view.ts';
import { hasEnded, submissionDeadline } from './model/payment-state.ts';
import type { Merchant } from './model/ports.ts';
import type { AttemptRecord, Decline, PaymentRecord } from './model/records.ts';
import { isoTime } from './model/time.ts';

/** What the next action is decided by. */
interface NextActionInput {
  payment: PaymentRecord;
  /** All of them, oldest first. */
  attempts: readonly AttemptRecord[];
  /** What the payment's attempt shows, with its encrypted fields filled in. */
  shown: NextAction | null;
  /** The first action of each method, in the order of `methods`. Only needed while the payment is open. */
  entries: readonly EntryAction[];
  /** Money that may still come: the customer is told before they pay another way. Only needed while the payment is open. */
  secondPayment: SecondPayment;
  /** The database was restored and is not verified yet: whoever may have paid in the missing time is not asked to pay. */
  held: boolean;
  now: number;
}

export interface PaymentViewInput extends NextActionInput {
  merchant: Merchant;
  /** The methods by which the payment can be paid. */
  methods: PaymentMethod[];
}

export function paymentView(input: PaymentViewInput): PaymentView {
  const { payment, attempts, merchant, methods, now } = input;
  const attempt = attempts.find(({ id }) => id === payment.attemptId) ?? null;
  return {
    id: payment.id,
    reference: paymentReference(payment.id),
    orderId: payment.orderId,
    merchantId: merchant.id,
    merchantName: merchant.name,
    ...(merchant.logoUrl !== undefined && { merchantLogoUrl: merchant.logoUrl }),
    ...(merchant.brands !== undefined && { brands: { ...merchant.brands } }),
    description: payment.description,
    ...(payment.locale !== null && { locale: payment.locale }),
    test: payment.test,
    status: payment.status,
    version: payment.version,
    now: isoTime(now),
    expiresAt: isoTime(payment.expiresAt),
    amount: payment.amount,
    discount: payment.discount,
    discountCode: payment.discountCode && {
      lastCharacters: payment.discountCode.lastCharacters,
      removable: payment.status === 'open' && payment.discountCode.status === 'reserved',
    },
    due: payment.amount - payment.discount,
    amountPaid: payment.amountPaid,
    currency: payment.currency,
    paidLate: payment.paidLate,
    paidAt: payment.paidAt === null ? null : isoTime(payment.paidAt),
    ...fiscalReceiptUrl(payment),
    methods,
    attempt: attempt && customersAttempt(payment, attempts, attempt),
    nextAction: nextAction(input, attempt),
    problem: payment.problem && problemView(payment.problem, payment.id),
    returnUrls: payment.returnUrls,
  };
}

/** Of the refund once the money is back, else of the sale. */
function fiscalReceiptUrl({ status, fiscalReceipts }: PaymentRecord): Pick<PaymentView, 'fiscalReceiptUrl'> {
  const kind = status === 'refunded' ? 'refund' : 'sale';
  const shown = fiscalReceipts?.find((receipt) => receipt.kind === kind);
  return shown ? { fiscalReceiptUrl: shown.qrUrl } : {};
}

const problemView = (problem: Decline, paymentId: string): Problem => ({
  ...problem,
  recoverable: isRecoverable(problem.code, problem.retryAt),
  reference: paymentReference(paymentId),
});

/** What the customer sees of their newest attempt, or of the one that paid. */
function customersAttempt(payment: PaymentRecord, attempts: readonly AttemptRecord[], attempt: AttemptRecord): AttemptView {
  const submittedReference = attempt.submittedReference ?? lastSubmitted(attempts, attempt);
  const view = attemptView({ ...attempt, submittedReference });
  return hasEnded(payment) && view.transfer ? { ...view, transfer: withoutRequisites(view.transfer) } : view;
}

/** Nobody is to transfer to an account after the end, and whoever finds the client secret later need not know it. */
const withoutRequisites = (transfer: Transfer): Transfer => ({ ...transfer, requisites: [] });

/** While the customer has to submit a number again: the one they submitted last, so that a reopened page can show it. */
const lastSubmitted = (attempts: readonly AttemptRecord[], { status, method }: AttemptRecord): string | null =>
  status === 'awaiting_customer'
    ? (attempts.filter((one) => one.method === method && one.submittedReference !== null).at(-1)?.submittedReference ?? null)
    : null;

/** @param attempt The newest attempt, or the one that paid; null if there is none. */
function nextAction(input: NextActionInput, attempt: AttemptRecord | null): NextAction {
  const { payment } = input;
  if (input.held && (payment.status === 'open' || payment.status === 'awaiting_customer'))
    return { kind: 'wait', reason: 'checking', since: since(payment, attempt) };
  switch (payment.status) {
    case 'open':
      // A discount that covers the whole amount is being redeemed.
      return payment.amount > payment.discount ? entry(input) : waitForDiscount(payment);
    case 'awaiting_customer':
      return input.shown ?? { kind: 'none' };
    case 'processing':
      return wait(payment, attempt);
    case 'needs_review':
      return { kind: 'wait', reason: 'review', since: since(payment, attempt) };
    case 'canceled':
    case 'expired':
    case 'underpaid':
      return afterTheEnd(input, attempt);
    default:
      return { kind: 'none' };
  }
}

function entry({ secondPayment, entries }: NextActionInput): NextAction {
  const options = [...entries];
  const [first, ...others] = options;
  if (!first) return { kind: 'none' };
  if (secondPayment) return { kind: 'confirm', reason: secondPayment, options };
  return others.length === 0 ? first : { kind: 'choose', options };
}

/** After the payment is over, a customer who has already transferred may still submit the transaction number. */
function afterTheEnd({ payment, attempts, now }: NextActionInput, attempt: AttemptRecord | null): NextAction {
  if (attempt?.status === 'processing') return wait(payment, attempt);
  if (attempt?.status === 'needs_review') return { kind: 'wait', reason: 'review', since: since(payment, attempt) };
  if (attempt?.status === 'unconfirmed' && attempt.action?.kind === 'send_sms')
    return { kind: 'wait', reason: 'sms_late', since: since(payment, attempt) };
  const transfer = attempts.filter(({ action }) => action?.kind === 'transfer').at(-1);
  const inTime = payment.status !== 'underpaid' && transfer && submissionDeadline(payment, transfer) > now;
  return inTime && transfer.action?.kind === 'transfer' ? withoutRequisites(transfer.action) : { kind: 'none' };
}

function wait(payment: PaymentRecord, attempt: AttemptRecord | null): NextAction {
  const reason = attempt?.waiting ?? (attempt?.unknownSince ? 'unknown_outcome' : 'checking');
  return { kind: 'wait', reason, since: since(payment, attempt) };
}

const waitForDiscount = ({ discountCode, updatedAt }: PaymentRecord): NextAction => ({
  kind: 'wait',
  reason: 'checking',
  since: isoTime(discountCode?.createdAt ?? updatedAt),
});

const since = (payment: PaymentRecord, attempt: AttemptRecord | null): string =>
  isoTime(attempt?.unknownSince ?? attempt?.startedAt ?? payment.updatedAt);
