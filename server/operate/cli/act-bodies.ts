/** What the acts on a payment send: from what was typed in, and from what the server says is possible. */
import { Option } from 'commander';
import type { PaymentDetail, PossibleAct } from '#contract/operate';
import { checkCurrency, formatAmount, parseAmount } from './amounts.ts';
import { usageError } from './exit-codes.ts';
import type { ActOptions } from './operator-api.ts';

/** Options of an act on a payment. */
export interface PaymentActOptions extends ActOptions {
  note?: string;
  /** The version that the caller has seen. */
  version?: string;
}

/** `--note`. What the server would refuse is said before anything is asked or sent. */
export const noteOption = (history = 'the history of the payment'): Option =>
  new Option('--note <text>', `why, in 3 to 500 signs; it stays in ${history}`).argParser(checkNote);

function checkNote(note: string): string {
  if (note.trim().length < 3) throw usageError('--note: expected a note of at least 3 signs that says why.');
  if (note.length > 500) throw usageError(`--note: expected 500 signs at most, and this one has ${note.length}.`);
  return note;
}

/** An act on a payment: which of the possible ones it is, and what is sent. */
export interface Act {
  route: 'resolve' | 'accept' | 'reopen' | 'refund' | 'dispose' | 'recheck';
  act: PossibleAct['act'];
  /** Whether this is the possible act that is meant. */
  fits?(possible: PossibleAct): boolean;
  body(detail: PaymentDetail, possible: PossibleAct | null): object;
}

/** An act that needs no more than a reason. */
export const plainAct = (route: 'accept' | 'reopen', options: PaymentActOptions): Act => ({
  route,
  act: route,
  body: () => ({ note: options.note }),
});

export interface ResolveOptions extends PaymentActOptions {
  outcome: string;
  attempt?: string;
  amount?: string;
  currency?: string;
  upstreamId?: string;
}

const outcomes: readonly string[] = ['paid', 'not_paid', 'returned'];

export function resolveAct({ outcome, attempt, upstreamId, ...options }: ResolveOptions): Act {
  if (!outcomes.includes(outcome)) throw usageError('--outcome: expected paid, not_paid or returned.');
  // What is wrong with the options themselves is said before the server is asked.
  if (options.amount !== undefined && options.currency !== undefined) parseAmount(options.amount, options.currency);
  const fits = ({ attemptId }: PossibleAct) => attempt === undefined || attemptId === attempt;
  return {
    route: 'resolve',
    act: `resolve_${outcome as 'paid' | 'not_paid' | 'returned'}`,
    fits,
    body: (detail, possible) => ({
      outcome,
      attemptId: attempt ?? possible?.attemptId,
      ...resolvedMoney(outcome, options, detail, possible),
      ...(upstreamId !== undefined && { upstreamId }),
      note: options.note,
    }),
  };
}

/** What was paid. It is typed in, but for `not_paid`, and where the payment service is asked and decides. */
function resolvedMoney(
  outcome: string,
  { amount, currency }: { amount?: string; currency?: string },
  { payment }: PaymentDetail,
  possible: PossibleAct | null,
): { amount: number; currency: string } {
  const of = checkCurrency(currency ?? possible?.currency ?? payment.currency);
  if (outcome === 'not_paid') {
    if (amount !== undefined && parseAmount(amount, of) !== 0) throw usageError('--amount: what is not paid has no amount.');
    return { amount: 0, currency: of };
  }
  if (amount !== undefined && currency === undefined) throw usageError(`--currency: expected the amount's currency, e.g. ${of}.`);
  if (amount !== undefined) return { amount: parseAmount(amount, of), currency: of };
  if (possible?.reads) return { amount: possible.amount ?? payment.due, currency: of };
  throw usageError(
    `--amount: expected what was ${outcome}, e.g. --amount ${formatAmount(payment.due, of).split(' ')[0]} --currency ${of}.`,
  );
}

export interface RefundOptions extends PaymentActOptions {
  byHand?: true;
  amount?: string;
  currency?: string;
  reference?: string;
}

export function refundAct({ byHand, amount, currency, reference, ...options }: RefundOptions): Act {
  const { note: reason } = options;
  if (!byHand) {
    if (amount !== undefined || reference !== undefined) {
      throw usageError('--amount: the payment service returns a payment whole. With --by-hand an amount is recorded.');
    }
    return { route: 'refund', act: 'refund', body: () => ({ ...(reason !== undefined && { note: reason }) }) };
  }
  if (amount === undefined || currency === undefined) throw usageError('--by-hand: expected --amount and --currency, too.');
  if (reason === undefined) throw usageError('--by-hand: expected --note, too.');
  const returned = {
    amount: parseAmount(amount, currency),
    currency,
    ...(reference !== undefined && { reference }),
    note: reason,
  };
  return { route: 'refund', act: 'refund_by_hand', body: () => ({ byHand: returned }) };
}
