/** Takes a claim in one synchronous step: nothing can come between the test of a number and its claim. */
import type * as z from 'zod';
import { Activation, type Claim, PossibleTransaction } from './claim.ts';
import type { MoneyBook, Transaction } from './money-book.ts';
import { fail, invalid, noWallet, type Outcome, type World } from './outcome.ts';
import { type Trigger, triggerOf } from './trigger.ts';
import { findAccount } from './wallet-account.ts';

export function activate(body: unknown, world: World): Outcome {
  return claim(Activation.safeParse(body), false, world);
}

export function possibleTransaction(form: unknown, world: World): Outcome {
  const outcome = claim(PossibleTransaction.safeParse(form), true, world);
  if (outcome.status !== 200 || (outcome.body as { status: string }).status === 'fail') return outcome;
  const success = { status: 'success', message: '', code: 20000, data: [], paginate: { offset: 0, total: 1, limit: 1 } };
  return { ...outcome, body: success };
}

function claim(read: z.ZodSafeParseResult<Claim>, isManual: boolean, { book, at, off }: World): Outcome {
  if (!read.success) return invalid(read.error);
  const asked = read.data;
  const account = findAccount(asked.wallet_type);
  if (!account || account.isManual !== isManual || off.has(account.type) || account.currency !== asked.currency_code) {
    return fail(noWallet);
  }
  if (asked.key1.length > account.key1.longest) return fail({ key1: ['The key1 is too long.'] }, 422);
  if (book.findTransaction(asked.custom_transaction_id)) {
    return fail({ custom_transaction_id: ['The custom transaction id has already been taken.'] }, 422);
  }
  const trigger = triggerOf(asked.key1);
  if (trigger?.answer === 'broken') return { status: 500, body: '<!doctype html><title>500</title><h1>Server Error</h1>' };
  const transfer = book.findTransfer(account.type, asked.key1);
  const { currency_code, label, key1, amount, custom_transaction_id } = asked;
  const noted = {
    custom_transaction_id,
    wallet_type: account.type,
    label,
    key1,
    currency_code,
    amount,
    deposit_amount: null,
    at,
  };
  const note = (status: Transaction['status']) => book.add({ ...noted, status });

  if (trigger) return pull(trigger, note, isManual, book);
  if (transfer?.custom_transaction_id) {
    note('refused');
    return fail('Transaction was already activated');
  }
  // Whoever hands in a picture waits for a person, whether the money is here or not.
  if (!transfer || isManual) {
    note('possible');
    return possible;
  }
  const credited = note('activated');
  book.credit(credited, transfer.amount, transfer);
  return { status: 200, body: deposit(credited), credited };
}

function pull(
  trigger: Trigger,
  note: (status: Transaction['status']) => Transaction,
  isManual: boolean,
  book: MoneyBook,
): Outcome {
  const slow = trigger.slow ? { slow: trigger.slow } : {};
  switch (trigger.answer) {
    case 'credited': {
      const credited = note(isManual ? 'possible' : 'activated');
      if (isManual) return { ...possible, creditLater: credited, ...slow };
      book.credit(credited, trigger.half ? Math.floor(credited.amount / 2) : credited.amount);
      return { status: 200, body: deposit(credited), credited, ...slow };
    }
    case 'accepted':
      return { status: 200, body: { status: 'ok', deposit: false }, creditLater: note('accepted') };
    case 'pending':
      return { status: 200, body: { status: 'pending', message: pendingMessage }, creditLater: note('pending') };
    case 'possible': {
      const noted = note('possible');
      return trigger.creditLater ? { ...possible, creditLater: noted } : possible;
    }
    default:
      note('refused');
      return fail(trigger.message);
  }
}

const deposit = ({ deposit_amount, currency_code }: Transaction) => ({
  status: 'ok',
  deposit: true,
  deposit_amount: (deposit_amount ?? 0) / 100,
  currency: { code: currency_code, symbol: currency_code },
});

const possible: Outcome = {
  status: 200,
  body: { status: 'possible_transaction_created', message: 'Transaction not found. Possible transaction created' },
};

const pendingMessage =
  'The deposit status check has been started. The operation may take longer than expected. Upon completion of the verification, the funds will be credited to your account';
