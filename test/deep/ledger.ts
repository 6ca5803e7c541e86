/**
 * Money by the services' own ledgers: what was taken for which attempt, and from when the BFF must know it. The checks use
 * nothing else.
 */
import { lastCharacters } from '../../server/payments/attempts/attempt.ts';
import { markets, priceOfRule } from './market.ts';
import type { Courier } from './postback-courier.ts';
import type { Upstreams } from './upstreams.ts';

/** Money that was taken for one attempt. Times are simulated milliseconds, amounts minor units. */
export interface Money {
  /** Our attempt, `att_…`; null for a shown code that was sent by SMS, where only `paymentId` is known. */
  attempt: string | null;
  paymentId: string | null;
  /** `pull`: one of our calls took it. `push`: the customer sent it. */
  kind: 'pull' | 'push';
  by: 'use_code' | 'receipts.pay' | 'activate' | 'later credit' | 'sms';
  amount: number;
  currency: string;
  /** When it was taken. */
  at: number;
  /**
   * From when it counts as known. For one of our calls that is the moment of its effect, because the call was written down
   * before. Otherwise it is the moment at which a process received or read it. Null: never.
   */
  knownAt: number | null;
  /**
   * Whether the call arrived more than a minute after it was sent: the BFF may have given it up, and finds it by a later check.
   */
  straggler: boolean;
  /** Its id in the evidence. */
  upstreamId: string;
  refundedAt: number | null;
}

export interface Books {
  money: Money[];
  /** When a discount code was used by one of our calls, by its last characters: a payment shows no more of it. */
  discounts: Map<string, number>;
}

/** The services, as far as their ledgers and the calls to them go. */
type Services = Pick<Upstreams, 'paycodes' | 'paykassma' | 'payme' | 'calls'>;

export const total = (rows: readonly { amount: number }[]): number => rows.reduce((sum, { amount }) => sum + amount, 0);

export const describeMoney = ({ by, amount, upstreamId, straggler }: Money) =>
  `${by} ${amount}${straggler ? ' (arrived late)' : ''} as ${upstreamId}`;

/** After so long the BFF may assume that a call which it gave up never arrives. */
export const stragglerMs = 60_000;

/** @param shown The payments of shown codes, by code. */
export function readBooks(upstreams: Services, courier: Pick<Courier, 'postbacks'>, shown: ReadonlyMap<string, string>): Books {
  const discounts = new Map<string, number>();
  return { money: [...codes(upstreams, shown, discounts), ...receipts(upstreams), ...transfers(upstreams, courier)], discounts };
}

const time = (iso: string): number => Date.parse(iso);
const discountRules = new Set(Object.values(markets).flatMap(({ discount, full }) => [discount, full]));

function codes({ paycodes, calls }: Services, shown: ReadonlyMap<string, string>, discounts: Map<string, number>): Money[] {
  const { uses, codes: known } = paycodes.ledger();
  return uses.flatMap(({ code, ruleSlug, client, useTime }): Money[] => {
    const attempt = client.startsWith('pw:') ? client.slice(3) : null;
    const at = time(useTime);
    if (attempt && discountRules.has(ruleSlug)) discounts.set(lastCharacters(code), at);
    const price = priceOfRule(ruleSlug);
    const currency = Object.entries(markets).find(([, { enter, sms, reversed }]) =>
      [enter, sms, reversed].includes(ruleSlug),
    )?.[0];
    const paymentId = client.startsWith('sms:') ? (shown.get(code) ?? null) : null;
    if (price === null || currency === undefined || (attempt === null && paymentId === null)) return [];
    const used = calls.find(
      ({ operation, about, deliveredAt }) =>
        operation === 'use_code' &&
        about.code === code &&
        about.client === client &&
        deliveredAt !== null &&
        Math.abs(deliveredAt - at) < 5_000,
    );
    const read = calls.find(
      ({ operation, about, answeredAt, answer }) =>
        operation === 'get_code' &&
        about.code === code &&
        answeredAt !== null &&
        answeredAt >= at &&
        answer?.includes(`"client":"${client}"`),
    );
    const id = known.find((one) => one.code === code && one.ruleSlug === ruleSlug)?.id;
    const common = { amount: price, currency, at, upstreamId: `code:${id}`, refundedAt: null };
    return attempt
      ? [
          {
            ...common,
            attempt,
            paymentId: null,
            kind: 'pull',
            by: 'use_code',
            knownAt: at,
            straggler: used !== undefined && at - used.receivedAt > stragglerMs,
          },
        ]
      : [{ ...common, attempt: null, paymentId, kind: 'push', by: 'sms', knownAt: read?.answeredAt ?? null, straggler: false }];
  });
}

function receipts({ payme }: Services): Money[] {
  return payme.ledger().receipts.flatMap(({ id, description, debits }) =>
    debits.map(
      (debit): Money => ({
        attempt: description.split(' ')[0] ?? '',
        paymentId: null,
        kind: 'pull',
        by: 'receipts.pay',
        amount: debit.amount,
        currency: debit.currency === 860 ? 'UZS' : String(debit.currency),
        at: time(debit.at),
        knownAt: time(debit.at),
        straggler: false,
        upstreamId: id,
        refundedAt: debit.refundedAt === null ? null : time(debit.refundedAt),
      }),
    ),
  );
}

function transfers({ paykassma, calls }: Services, courier: Pick<Courier, 'postbacks'>): Money[] {
  const { transactions, postbacks } = paykassma.ledger();
  return transactions
    .filter(({ status }) => status === 'activated')
    .map((transaction): Money => {
      const attempt = transaction.custom_transaction_id;
      const call = calls.find(
        ({ operation, about, answer }) =>
          operation === 'transaction/activate' && about.attempt === attempt && answer?.includes('"deposit":true'),
      );
      const sent = postbacks.find(({ custom_transaction_id }) => custom_transaction_id === attempt)?.tries[0]?.at;
      const taken = courier.postbacks.flatMap((one) => (one.attempt === attempt && one.takenAt !== null ? [one.takenAt] : []));
      const at = call ? time(transaction.at) : time(sent ?? transaction.at);
      return {
        attempt,
        paymentId: null,
        kind: 'push',
        by: call ? 'activate' : 'later credit',
        amount: Math.round((transaction.deposit_amount ?? 0) * 100),
        currency: transaction.currency_code,
        at,
        knownAt: call ? at : taken.length > 0 ? Math.min(...taken) : null,
        straggler: false,
        upstreamId: attempt,
        refundedAt: null,
      };
    });
}
