/** What an operator may do about a payment: the fields of each act, and the request that it becomes. Knows no page. */
import type { Payment } from '#contract';
import type { DisposeEvidence, OperatorView, PossibleAct, ResolvePayment } from '#contract/operate';
import { readAmount, typedAmount } from './format.ts';

/** What was typed in. Texts are as they were typed. */
export interface Typed {
  amount: string;
  upstreamId: string;
  /** E.g. the number of a transfer back. */
  reference: string;
  disposition: DisposeEvidence['disposition'] | '';
  toPaymentId: string;
  note: string;
}

export type FieldName = keyof Typed;

/** Acts of one payment can have the same name, so what they are about belongs to their name. */
export const keyOfAct = ({ act, attemptId = '', upstreamId = '' }: PossibleAct): string => [act, attemptId, upstreamId].join(' ');

/** The fields of an act, in their order. */
export function fieldsOf({ act, reads, upstreamId }: PossibleAct, typed: Pick<Typed, 'disposition'>): FieldName[] {
  switch (act) {
    case 'resolve_paid':
    case 'resolve_returned':
      if (reads) return ['note'];
      return upstreamId === undefined ? ['amount', 'upstreamId', 'note'] : ['amount', 'note'];
    case 'refund_by_hand':
      return ['amount', 'reference', 'note'];
    case 'dispose':
      return typed.disposition === 'moved' ? ['disposition', 'toPaymentId', 'note'] : ['disposition', 'note'];
    case 'recheck':
      return [];
    case 'resolve_not_paid':
    case 'accept':
    case 'reopen':
    case 'refund':
      return ['note'];
  }
}

/** The number that the customer submitted for the attempt that the act is about, e.g. a transfer's; null if none. */
export const submittedNumber = ({ attemptId }: PossibleAct, { attempts }: Payment): string | null =>
  attempts.find(({ id }) => id === attemptId)?.submittedReference ?? null;

export const firstTyped = (act: PossibleAct, payment: Payment): Typed => ({
  amount: act.amount === undefined ? '' : typedAmount(act.amount, act.currency ?? payment.currency),
  upstreamId: submittedNumber(act, payment) ?? '',
  reference: '',
  disposition: '',
  toPaymentId: '',
  note: '',
});

/** `route`: of the API, below the payment. */
export interface ActRequest {
  route: 'resolve' | 'accept' | 'reopen' | 'refund' | 'dispose' | 'recheck';
  body: unknown;
}

export type Mistakes = Partial<Record<FieldName, string>>;

/**
 * @param payment As the operator saw it when they opened the act.
 * @returns The request, or what is wrong with which fields.
 */
export function requestOf(act: PossibleAct, typed: Typed, payment: Payment): { request: ActRequest } | { mistakes: Mistakes } {
  const currency = act.currency ?? payment.currency;
  const fields = fieldsOf(act, typed);
  const mistakes = mistakesOf(fields, typed, currency, act);
  if (Object.keys(mistakes).length > 0) return { mistakes };
  const amount = fields.includes('amount') ? Number(readAmount(typed.amount, currency)) : (act.amount ?? payment.due);
  const seen = { note: typed.note.trim(), version: payment.version };
  const done = (route: ActRequest['route'], body: unknown) => ({ request: { route, body } });
  const resolve = (outcome: ResolvePayment['outcome']) => {
    const upstreamId = act.upstreamId ?? (fields.includes('upstreamId') ? typed.upstreamId.trim() : '');
    const attemptId = act.attemptId ?? '';
    const sum = outcome === 'not_paid' ? 0 : amount;
    return done('resolve', { outcome, attemptId, amount: sum, currency, ...(upstreamId && { upstreamId }), ...seen });
  };
  switch (act.act) {
    case 'resolve_paid':
      return resolve('paid');
    case 'resolve_not_paid':
      return resolve('not_paid');
    case 'resolve_returned':
      return resolve('returned');
    case 'refund_by_hand': {
      const { note, version } = seen;
      const reference = typed.reference.trim();
      return done('refund', { byHand: { amount, currency, ...(reference && { reference }), note }, version });
    }
    case 'dispose': {
      const { disposition } = typed;
      const toPaymentId = disposition === 'moved' ? { toPaymentId: typed.toPaymentId.trim() } : {};
      return done('dispose', { upstreamId: act.upstreamId ?? '', disposition, ...toPaymentId, ...seen });
    }
    case 'accept':
    case 'reopen':
    case 'refund':
      return done(act.act, seen);
    case 'recheck':
      return done('recheck', {});
  }
}

function mistakesOf(fields: readonly FieldName[], typed: Typed, currency: string, act: PossibleAct): Mistakes {
  const mistakes: Mistakes = {};
  if (fields.includes('amount')) {
    const amount = readAmount(typed.amount, currency);
    if (typeof amount === 'string') mistakes.amount = amount;
    else if (amount === 0) mistakes.amount = 'The amount cannot be zero.';
  }
  if (fields.includes('upstreamId') && act.act === 'resolve_paid' && !typed.upstreamId.trim()) {
    mistakes.upstreamId = 'Name what paid, so that the same money is not counted twice.';
  }
  if (fields.includes('disposition') && !typed.disposition) mistakes.disposition = 'Choose what becomes of this money.';
  if (fields.includes('toPaymentId') && !typed.toPaymentId.trim())
    mistakes.toPaymentId = 'Pick the payment that this money pays.';
  if (fields.includes('note')) {
    const wrong = noteMistake(typed.note);
    if (wrong) mistakes.note = wrong;
  }
  return mistakes;
}

/** @returns What is wrong with the note, or ''. */
export function noteMistake(note: string): string {
  const { length } = note.trim();
  if (length < 3) return 'Write why, in a note of at least 3 signs. It stays in the history.';
  return length > 500 ? `The note has ${length} signs; 500 is the most.` : '';
}

/** What the operator's key lacks for an act, in words; null if nothing. The server decides; this only says it before the press. */
export function lackOf({ role, scopes }: OperatorView, act: PossibleAct['act'] | 'match' | 'link' | 'other'): string | null {
  if (role !== 'act') return 'Your key may only read. An operator with the role “act” can do this.';
  const scope = neededScope[act] ?? 'resolve';
  return scope === 'none' || scopes.includes(scope) ? null : `Your key does not have the scope “${scope}”.`;
}

const neededScope: Record<string, string> = {
  refund: 'refund',
  refund_by_hand: 'refund',
  link: 'links',
  recheck: 'none',
  other: 'none',
};
