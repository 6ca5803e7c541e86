/** How this Payme behaves; a test may change all of it on the way. Amounts in tiyin; times in milliseconds of the simulated clock. */
import * as z from 'zod';
import { type MethodName, methodNames } from './read-question.ts';
import { RpcError } from './rpc-error.ts';
import { testCards } from './test-cards.ts';

const cardNumber = z.string().regex(/^\d{16}$/);
const milliseconds = z.int().min(0).max(86_400_000);
const tiyin = z.int().min(0);

export const Settings = z.strictObject({
  /** The method at which a card fails, with the error of its own (test-cards.ts); null = it is a good card. */
  failAt: z.record(cardNumber, z.enum(methodNames).nullable()),
  /** Every call of the method is refused with this error code; null = it is not. */
  refuse: z.partialRecord(z.enum(methodNames), z.int().max(-1).nullable()),
  /**
   * `instant`: paid when it is answered · `stepwise`: answered with state 1, then 2, 3, 4, each `stepMs` later; the money goes with 3 ·
   * `late`: answered with state 0, paid `lateMs` later, unless it is cancelled before.
   */
  pay: z.enum(['instant', 'stepwise', 'late']),
  stepMs: milliseconds,
  lateMs: milliseconds,
  /** From 21 to 50. */
  cancelMs: milliseconds.min(1),
  /** How long an SMS code is good. */
  waitMs: milliseconds.min(1),
  /** `cards.verify` answers another token; the old one goes on to work. */
  rotateToken: z.boolean(),
  /** `error.message`: a Russian string, or `{ru, uz, en}`. */
  messageAs: z.enum(['string', 'object']),
  /** What is on a card from the moment it is set; the cards that are not named have ten million so'm. */
  balances: z.record(cardNumber, tiyin),
  /** The rows of `receipt.account`: the cashbox's own alone, as recorded, or one more for each key that was sent. */
  accountRows: z.enum(['transaction', 'all']),
  amountMin: tiyin,
  amountMax: tiyin,
  /** `receipts.get_all` may tell full card numbers, as an example of the documents does. */
  cardInGetAll: z.enum(['masked', 'full']),
  /** `receipts.create` makes another receipt than was asked for; `_id` names another one's. `{}` = the truth. */
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

/** Settings with some of them changed. Those by card or by method are changed one by one; what is left out stays. */
export const changeSettings = (settings: Settings, changed: Partial<Settings>): Settings => ({
  ...settings,
  ...changed,
  failAt: { ...settings.failAt, ...changed.failAt },
  refuse: { ...settings.refuse, ...changed.refuse },
  balances: { ...settings.balances, ...changed.balances },
});

/** Fails a card at the step where it is meant to fail, with what is wrong with it; a card of no special kind is declined. */
/** @throws {RpcError} */
export function failCard(number: string, method: MethodName, { failAt }: Settings): void {
  if (!Object.hasOwn(failAt, number) || failAt[number] !== method) return;
  const { error = 'declined', slow = false } = testCards.find((card) => card.number === number) ?? {};
  throw new RpcError(error, { slow });
}
