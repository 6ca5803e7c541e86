/**
 * How the simulated Payme behaves; a test can change it at any time. Amounts in tiyin; times in milliseconds of the simulated
 * clock.
 */
import * as z from 'zod';
import { type MethodName, methodNames } from './read-request.ts';
import { RpcError } from './rpc-error.ts';
import { testCards } from './test-cards.ts';

const cardNumber = z.string().regex(/^\d{16}$/);
const milliseconds = z.int().min(0).max(86_400_000);
const tiyin = z.int().min(0);

export const Settings = z.strictObject({
  /** The method at which a card fails, with its own error (test-cards.ts); null: it never fails. */
  failAt: z.record(cardNumber, z.enum(methodNames).nullable()),
  /** The error code that every call of the method answers; null: none. */
  refuse: z.partialRecord(z.enum(methodNames), z.int().max(-1).nullable()),
  /**
   * `instant`: paid when it is answered · `stepwise`: answered with state 1, then 2, 3, 4, each `stepMs` later; the money goes
   * with 3 ·
   * `late`: answered with state 0, paid `lateMs` later, unless it is cancelled before.
   */
  pay: z.enum(['instant', 'stepwise', 'late']),
  stepMs: milliseconds,
  lateMs: milliseconds,
  /** Time from state 21 to 50. */
  cancelMs: milliseconds.min(1),
  /** How long an SMS code is valid. */
  waitMs: milliseconds.min(1),
  /** Whether `cards.verify` answers another token; the old one stays valid. */
  rotateToken: z.boolean(),
  /** `error.message`: a Russian string, or `{ru, uz, en}`. */
  messageAs: z.enum(['string', 'object']),
  /** Balances to set; cards without one have ten million so'm. */
  balances: z.record(cardNumber, tiyin),
  /** The rows of `receipt.account`: only the cashbox's own, as recorded, or one more for each key that was sent. */
  accountRows: z.enum(['transaction', 'all']),
  amountMin: tiyin,
  amountMax: tiyin,
  /** Whether `receipts.get_all` answers full card numbers, as an example in the documents does. */
  cardInGetAll: z.enum(['masked', 'full']),
  /**
   * Lets `receipts.create` make a receipt that differs from the request; `_id` is that of another receipt. `{}`: no difference.
   */
  lieAbout: z.strictObject({
    receipt: z
      .strictObject({ amount: tiyin.optional(), currency: z.int().optional(), _id: z.string().max(64).optional() })
      .optional(),
  }),
});
export type Settings = z.infer<typeof Settings>;

export const firstSettings: Settings = {
  failAt: Object.fromEntries(testCards.map(({ number, failAt }) => [number, failAt])),
  refuse: {},
  pay: 'instant',
  stepMs: 1_000,
  lateMs: 5_000,
  cancelMs: 3_000,
  waitMs: 60_000,
  rotateToken: false,
  messageAs: 'string',
  balances: {},
  accountRows: 'transaction',
  amountMin: 100,
  amountMax: 10_000_000_000_000,
  cardInGetAll: 'masked',
  lieAbout: {},
};

/** Merges changes into settings; maps by card or method are merged entry by entry. */
export const changeSettings = (settings: Settings, changed: Partial<Settings>): Settings => ({
  ...settings,
  ...changed,
  failAt: { ...settings.failAt, ...changed.failAt },
  refuse: { ...settings.refuse, ...changed.refuse },
  balances: { ...settings.balances, ...changed.balances },
});

/** @throws {RpcError} The card's own error, or `declined`, where the card is set to fail at this method. */
export function failCard(number: string, method: MethodName, { failAt }: Settings): void {
  if (!Object.hasOwn(failAt, number) || failAt[number] !== method) return;
  const { error = 'declined', slow = false } = testCards.find((card) => card.number === number) ?? {};
  throw new RpcError(error, { slow });
}
