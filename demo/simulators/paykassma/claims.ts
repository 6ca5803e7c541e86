/** Takes a claim in one synchronous step: nothing can come between the test of a number and its claim. */
import * as z from 'zod';
import { minorUnits } from '../../../server/clients/paykassma/minor-units.ts';
import { fail, invalid, type MoneyBook, noWallet, type Outcome, type Transaction, type World } from './money-book.ts';
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

/** A claim as it comes in: by `activate` as JSON, by `possible-transaction` as a form. Lengths are those of the documents. */
const text = (longest: number) => z.string().min(1).max(longest);

/** Every currency here has two digits. */
const toHundredths = (amount: string | number, context: z.RefinementCtx): number => {
  const minor = minorUnits(String(amount), 2);
  if (typeof minor === 'number' && minor > 0) return minor;
  context.addIssue('not an amount');
  return z.NEVER;
};

/** An amount of major units, as it is or as text, in minor units. */
export const hundredths = z.union([z.number(), z.string()]).transform(toHundredths);

const Claim = z.object({
  currency_code: text(3),
  wallet_type: text(190),
  label: text(190),
  key1: text(190),
  custom_transaction_id: text(190),
});

export const Activation = Claim.extend({ amount: hundredths });

/** At most 5 MB, and of these kinds: our choice, the documents say neither. */
const Screenshot = z
  .instanceof(File)
  .refine(({ size, type }) => size > 0 && size <= 5_000_000 && /^image\/(png|jpeg|webp)$/.test(type), 'not a picture');

export const PossibleTransaction = Claim.extend({
  amount: z.string().regex(/^\d+$/).transform(toHundredths),
  screenshot: Screenshot,
});

export type Claim = z.output<typeof Activation>;

/** The numbers with a meaning of their own: what `key1` brings about, whoever sends it and however often. Source: paykassma.md §7. */

export interface Trigger {
  answer: 'credited' | 'accepted' | 'pending' | 'possible' | 'refused' | 'broken';
  /** Whether the money comes by postback, a while later. */
  creditLater?: true;
  /** Half of what was asked is credited. */
  half?: true;
  /** The answer is late: longer than any client waits. */
  slow?: true;
  message?: string | Record<string, string[]>;
}

const triggers: Readonly<Record<string, Trigger>> = {
  '1394646476': { answer: 'credited' },
  '1000000001': { answer: 'accepted', creditLater: true },
  '1000000002': { answer: 'pending', creditLater: true },
  '1000000003': { answer: 'possible' },
  '1000000004': { answer: 'possible', creditLater: true },
  '1000000005': { answer: 'refused', message: 'Transaction failed' },
  '1000000006': { answer: 'credited', half: true },
  '1000000007': { answer: 'credited', slow: true },
  '1000000008': { answer: 'broken' },
  '1000000009': { answer: 'refused', message: { key1: ['The transaction number is not valid'], amount: ['Out of limits'] } },
};

/**
 * A number counts once with whoever keeps books, and wallets want theirs longer or shorter: so the digits between are free. `1000000002`,
 * `1048391702` and `10004839170002` are one.
 */
export function triggerOf(key1: string): Trigger | undefined {
  const known = key1.replace(/^10\d{6,}(0[1-9])$/, '10000000$1').replace(/^13946\d{5,}$/, '1394646476');
  return Object.hasOwn(triggers, known) ? triggers[known] : undefined;
}
