/** The one thing a customer is to do now, from what is stored of the payment. */
import type { EntryAction, NextAction } from '#contract';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';
import type { SecondPayment } from './refuse-second-payment.ts';
import { tellableUntil } from './tellable-until.ts';

export interface Standing {
  payment: PaymentRecord;
  /** The newest attempt, or the one that paid. */
  attempt: AttemptRecord | null;
  /** All of them, oldest first. */
  attempts: readonly AttemptRecord[];
  /** What the attempt shows. */
  shown: NextAction | null;
  /** Money that may still come, where the customer may choose: they are told before they pay another way. */
  secondPayment: SecondPayment;
  /** What the methods that fit begin with, in the order of the view's methods. */
  entries: readonly EntryAction[];
  now: number;
}

export function nextAction(standing: Standing): NextAction {
  const { payment } = standing;
  switch (payment.status) {
    case 'open':
      return payment.amount > payment.discount ? entry(standing) : wait(standing);
    case 'awaiting_customer':
      return standing.shown ?? { kind: 'none' };
    case 'processing':
      return wait(standing);
    case 'needs_review':
      return { kind: 'wait', reason: 'review', since: since(standing) };
    case 'canceled':
    case 'expired':
    case 'underpaid':
      return afterwards(standing);
    default:
      return { kind: 'none' };
  }
}

function entry({ secondPayment, entries }: Standing): NextAction {
  const options = [...entries];
  const [first, ...others] = options;
  if (!first) return { kind: 'none' };
  if (secondPayment) return { kind: 'confirm', what: secondPayment, options };
  return others.length === 0 ? first : { kind: 'choose', options };
}

/** Nothing is asked any more, but who has transferred may still say so. */
function afterwards(standing: Standing): NextAction {
  const { payment, attempt, attempts, now } = standing;
  if (attempt?.status === 'processing') return wait(standing);
  if (attempt?.status === 'review') return { kind: 'wait', reason: 'review', since: since(standing) };
  if (attempt?.status === 'watched' && attempt.action?.kind === 'send_sms')
    return { kind: 'wait', reason: 'sms_late', since: since(standing) };
  const shown = attempts.filter(({ action }) => action?.kind === 'transfer').at(-1);
  const tellable = payment.status !== 'underpaid' && shown?.action && tellableUntil(payment, shown) > now;
  return tellable && shown.action ? shown.action : { kind: 'none' };
}

function wait(standing: Standing): NextAction {
  const { attempt } = standing;
  const reason = attempt?.waiting ?? (attempt?.unknownSince ? 'unknown_outcome' : 'checking');
  return { kind: 'wait', reason, since: since(standing) };
}

const since = ({ payment, attempt }: Standing): string =>
  new Date(attempt?.unknownSince ?? attempt?.startedAt ?? payment.updatedAt).toISOString();
