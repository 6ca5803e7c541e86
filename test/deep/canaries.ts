/**
 * Planted bugs that a schedule must catch; a check that stays green with one of them must be improved. Each replaces text of the
 * source when the processes of one schedule load it (`canary-preload.ts`), so the product has no switch for it. Where a text is
 * not found any more the run fails, and this file must follow the source.
 */
import type { Rule } from './context.ts';
import { decisionCanaries } from './decision-canaries.ts';
import type { ScheduleOptions } from './schedule.ts';

export interface Edit {
  /** Relative to `server/`. */
  file: string;
  /** Must occur exactly once. */
  find: string;
  replace: string;
}

export type Canary = { name: string; edits: readonly Edit[] } & (InSchedule | InTest);

interface InSchedule {
  /** The rules that may break; one is enough. */
  breaks: readonly Rule[];
  /** A schedule in which the bug has an effect. */
  schedule: Omit<ScheduleOptions, 'entry' | 'env'>;
}

/** A bug that needs a moment which no schedule can be relied on to reach. */
interface InTest {
  /** The test file that must fail. */
  test: string;
}

const calm = { kills: 1, cuts: 1, others: false };
const codes = { currency: 'PLN', favourite: 'pay_code', by: 'paper', discount: 'none', amount: 2_500 } as const;
const wallets = { currency: 'MMK', favourite: 'wallet', discount: 'none', amount: 600_000 } as const;
const cards = { currency: 'UZS', favourite: 'card', discount: 'none', amount: 500_000 } as const;

/** Bugs in payments that nobody decides about. */
export const canaries: readonly Canary[] = [
  {
    name: 'a spending call is made without a row of its intent',
    breaks: ['asked again', 'lost payment'],
    edits: [
      {
        file: 'payments/attempts/record-intent.ts',
        find: 'await tx.insertIntent(intent);\n',
        replace: '',
      },
    ],
    schedule: { seed: 'canary intent', engine: 'sqlite', processes: 1, customers: 24, persona: codes, ...calm },
  },
  {
    name: 'a lost receipts.pay is sent once more',
    breaks: ['double charge', 'asked again', 'lost payment'],
    edits: [
      {
        file: 'methods/card/charge.ts',
        find: "if (paid.fault !== 'not_sent') return { kind: 'unknown' };",
        replace: "if (paid.fault !== 'not_sent') return payReceipt(session, card);",
      },
    ],
    schedule: { seed: 'canary pay', engine: 'sqlite', processes: 1, customers: 24, persona: cards, ...calm },
  },
  {
    name: 'some webhooks are never written down',
    breaks: ['webhooks'],
    edits: [
      {
        file: 'payments/attempts/update-payment.ts',
        find: 'for (const [index, [type, code]] of webhooks.entries()) {',
        replace:
          "for (const [index, [type, code]] of webhooks.entries()) { if (type === 'payment.succeeded' && after.version % 2 === 0) continue;",
      },
    ],
    schedule: { seed: 'canary outbox', engine: 'sqlite', processes: 1, customers: 16, ...calm },
  },
  {
    name: "a postback's amount is believed though no signature covers it",
    breaks: ['false success'],
    edits: [
      {
        file: 'methods/wallet/classify-postback.ts',
        find: 'if (signed.amount === null && (amount !== requested',
        replace: 'if (signed.amount === undefined && (amount !== requested',
      },
    ],
    schedule: {
      seed: 'canary postback',
      engine: 'sqlite',
      processes: 1,
      customers: 20,
      persona: wallets,
      unsignedTimes: 10,
      ...calm,
    },
  },
  {
    name: 'a postback is stored and answered, and has no effect',
    breaks: ['lost payment', 'asked again'],
    edits: [
      {
        file: 'methods/wallet/postbacks.ts',
        find: 'if (settled) await openSession(deps.payments, attempt, intents).settle(settled);',
        replace: '',
      },
    ],
    schedule: { seed: 'canary applied', engine: 'sqlite', processes: 1, customers: 20, persona: wallets, ...calm },
  },
  {
    name: 'a webhook does not wait for the one before it',
    breaks: ['webhooks'],
    edits: [
      {
        file: 'storage/queries/outbox.ts',
        find: ".where('earlier.status', '=', 'pending');",
        replace: ".where('earlier.status', '=', 'none' as 'pending');",
      },
    ],
    schedule: { seed: 'canary order', engine: 'sqlite', processes: 1, customers: 24, persona: wallets, ...calm, others: true },
  },
  {
    name: 'a time-out of use_code is taken for a decline',
    breaks: ['asked again', 'lost payment', 'double charge'],
    edits: [
      {
        file: 'methods/pay-code/redeem.ts',
        find: "? { kind: 'unknown' }\n        : { kind: 'needs_review', why: 'a lost use_code",
        replace:
          "? { kind: 'declined', decline: { code: 'provider_unavailable' } }\n        : { kind: 'needs_review', why: 'a lost use_code",
      },
    ],
    schedule: { seed: 'canary decline', engine: 'sqlite', processes: 1, customers: 24, persona: codes, ...calm },
  },
  {
    name: 'nobody looks who has used a code',
    breaks: ['false success', 'lost payment'],
    edits: [
      {
        file: 'methods/pay-code/redeem.ts',
        find: "if (client !== null && ours.includes(client)) return 'ours';",
        replace: "if (client !== null) return 'ours';",
      },
    ],
    schedule: { seed: 'canary client', engine: 'sqlite', processes: 1, customers: 24, persona: codes, ...calm },
  },
  {
    name: 'the same evidence is counted twice',
    breaks: ['false success'],
    edits: [
      {
        file: 'payments/attempts/evidence-status.ts',
        find: 'sum(evidence.filter((row) => row.counted && row.currency === currency)) +',
        replace: '2 * sum(evidence.filter((row) => row.counted && row.currency === currency)) +',
      },
    ],
    schedule: { seed: 'canary twice', engine: 'sqlite', processes: 1, customers: 20, persona: wallets, ...calm },
  },
  {
    name: 'a payment expires while a call is in flight',
    breaks: ['lost payment'],
    edits: [
      {
        file: 'payments/model/payment-state.ts',
        find: "paid_in_flight: 'processing',",
        replace: "expire: 'expired', paid_in_flight: 'processing',",
      },
      {
        file: 'payments/close-payment.ts',
        find: "const waiting = status === 'open' || status === 'awaiting_customer';",
        replace: "const waiting = status === 'open' || status === 'awaiting_customer' || status === 'processing';",
      },
    ],
    schedule: {
      seed: 'canary expire',
      engine: 'sqlite',
      processes: 1,
      customers: 80,
      persona: { ...codes, expiresIn: 60, paceMs: 350 },
      ...calm,
    },
  },
  {
    name: 'the rest is charged and the discount code is never used',
    breaks: ['false success'],
    edits: [
      {
        file: 'methods/pay-code/discount.ts',
        find: "if (reserved === 'none') return { kind: 'clear' };",
        replace: "if (reserved === 'none' || reserved !== 'lost') return { kind: 'clear' };",
      },
    ],
    schedule: {
      seed: 'canary discount',
      engine: 'sqlite',
      processes: 1,
      customers: 16,
      persona: { ...codes, discount: 'some', amount: 3_000 },
      ...calm,
    },
  },
  {
    name: 'a shown code is left without being used up',
    breaks: ['lost payment', 'asked again'],
    edits: [
      {
        file: 'methods/pay-code/reconcile.ts',
        find: 'return invalidateShownCode(deps, account, rule, pending);',
        replace: "return void invalidateShownCode ?? { kind: 'abandoned' };",
      },
    ],
    schedule: {
      seed: 'canary fence',
      engine: 'sqlite',
      processes: 1,
      customers: 24,
      persona: { ...codes, by: 'reversed', restless: 0.5 },
      ...calm,
    },
  },
  ...decisionCanaries,
];
