/** Handles claims of transaction numbers. Synchronous, so that nothing happens between the check of a number and its claim. */
import * as z from 'zod';
import { minorUnits } from '../../../server/clients/paykassma/exact-json.ts';
import { type Environment, fail, invalid, type MoneyBook, noWallet, type Outcome, type Transaction } from './money-book.ts';
import { findAccount } from './wallet-account.ts';

export function activate(body: unknown, environment: Environment): Outcome {
  return claim(Activation.safeParse(body), false, environment);
}

export function possibleTransaction(form: unknown, environment: Environment): Outcome {
  const outcome = claim(PossibleTransaction.safeParse(form), true, environment);
  if (outcome.status !== 200 || (outcome.body as { status: string }).status === 'fail') return outcome;
  const success = { status: 'success', message: '', code: 20000, data: [], paginate: { offset: 0, total: 1, limit: 1 } };
  return { ...outcome, body: success };
}

function claim(read: z.ZodSafeParseResult<Claim>, isManual: boolean, { book, at, off }: Environment): Outcome {
  if (!read.success) return invalid(read.error);
  const order = read.data;
  const account = findAccount(order.wallet_type);
  if (!account || account.isManual !== isManual || off.has(account.type) || account.currency !== order.currency_code) {
    return fail(noWallet);
  }
  if (order.key1.length > account.key1.longest) return fail({ key1: ['The key1 is too long.'] }, 422);
  if (book.findTransaction(order.custom_transaction_id)) {
    return fail({ custom_transaction_id: ['The custom transaction id has already been taken.'] }, 422);
  }
  const trigger = triggerOf(order.key1);
  if (trigger?.answer === 'broken') return { status: 500, body: '<!doctype html><title>500</title><h1>Server Error</h1>' };
  const transfer = book.findTransfer(account.type, order.key1);
  const { currency_code, label, key1, amount, custom_transaction_id } = order;
  const record = {
    custom_transaction_id,
    wallet_type: account.type,
    label,
    key1,
    currency_code,
    amount,
    deposit_amount: null,
    at,
  };
  const addClaim = (status: Transaction['status']) => book.add({ ...record, status });

  if (trigger) return applyTrigger(trigger, addClaim, isManual, book);
  if (transfer?.custom_transaction_id) {
    addClaim('refused');
    return fail('Transaction was already activated');
  }
  // A claim with a screenshot waits for an operator, whether the money has arrived or not.
  if (!transfer || isManual) {
    addClaim('possible');
    return possible;
  }
  const credited = addClaim('activated');
  book.credit(credited, transfer.amount, transfer);
  return { status: 200, body: deposit(credited), credited };
}

function applyTrigger(
  trigger: Trigger,
  addClaim: (status: Transaction['status']) => Transaction,
  isManual: boolean,
  book: MoneyBook,
): Outcome {
  const slow = trigger.slow ? { slow: trigger.slow } : {};
  switch (trigger.answer) {
    case 'credited': {
      const credited = addClaim(isManual ? 'possible' : 'activated');
      if (isManual) return { ...possible, creditLater: credited, ...slow };
      book.credit(credited, trigger.half ? Math.floor(credited.amount / 2) : credited.amount);
      return { status: 200, body: deposit(credited), credited, ...slow };
    }
    case 'accepted':
      return { status: 200, body: { status: 'ok', deposit: false }, creditLater: addClaim('accepted') };
    case 'pending':
      return { status: 200, body: { status: 'pending', message: pendingMessage }, creditLater: addClaim('pending') };
    case 'possible': {
      const claimed = addClaim('possible');
      return trigger.creditLater ? { ...possible, creditLater: claimed } : possible;
    }
    default:
      addClaim('refused');
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

/** The limits of lengths are those of the documents. */
const text = (longest: number) => z.string().min(1).max(longest);

/** Every currency here has two decimals. */
const toHundredths = (amount: string | number, context: z.RefinementCtx): number => {
  const minor = minorUnits(String(amount), 2);
  if (typeof minor === 'number' && minor > 0) return minor;
  context.addIssue('not an amount');
  return z.NEVER;
};

/** Reads an amount of major units, a number or a text, as minor units. */
export const hundredths = z.union([z.number(), z.string()]).transform(toHundredths);

const Claim = z.object({
  currency_code: text(3),
  wallet_type: text(190),
  label: text(190),
  key1: text(190),
  custom_transaction_id: text(190),
});

const Activation = Claim.extend({ amount: hundredths });

/** The limit of 5 MB and the types are our choice; the documents name neither. */
const Screenshot = z
  .instanceof(File)
  .refine(({ size, type }) => size > 0 && size <= 5_000_000 && /^image\/(png|jpeg|webp)$/.test(type), 'not a picture');

const PossibleTransaction = Claim.extend({
  amount: z.string().regex(/^\d+$/).transform(toHundredths),
  screenshot: Screenshot,
});

type Claim = z.output<typeof Activation>;

/** The effect of a transaction number with a meaning, however often it is sent. */
interface Trigger {
  answer: 'credited' | 'accepted' | 'pending' | 'possible' | 'refused' | 'broken';
  /** Whether it is credited later, by postback. */
  creditLater?: true;
  /** Whether only half of the amount is credited. */
  half?: true;
  /** Whether the answer comes later than any client waits. */
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
 * The digits in the middle are free, because a number counts once and wallets have numbers of different lengths: `1000000002`,
 * `1048391702` and `10004839170002` have the same trigger.
 */
function triggerOf(key1: string): Trigger | undefined {
  const known = key1.replace(/^10\d{6,}(0[1-9])$/, '10000000$1').replace(/^13946\d{5,}$/, '1394646476');
  return Object.hasOwn(triggers, known) ? triggers[known] : undefined;
}
