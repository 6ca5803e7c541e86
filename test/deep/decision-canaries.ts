/** Planted bugs about what people decide. `canaries.ts` explains them. */
import type { Canary } from './canaries.ts';

const calm = { kills: 1, cuts: 1, others: false, engine: 'sqlite', processes: 1, operators: 3 } as const;
const wallets = { currency: 'MMK', favourite: 'wallet', discount: 'none', amount: 600_000 } as const;
const cards = { currency: 'UZS', favourite: 'card', discount: 'none', amount: 500_000 } as const;
const decisions = 'test/server/payments/decisions.test.ts';
const corrected = 'test/server/payments/acts-corrected.test.ts';

export const decisionCanaries: readonly Canary[] = [
  {
    name: 'a decision that was superseded or taken back counts on',
    breaks: ['decisions', 'false success'],
    edits: [
      {
        file: 'payments/attempts/evidence-status.ts',
        find: '(await tx.decisions(id)).filter(({ supersededAt }) => supersededAt === null);',
        replace: 'await tx.decisions(id);',
      },
    ],
    schedule: { seed: 'canary superseded', customers: 24, persona: wallets, ...calm },
  },
  {
    name: 'a decision about an older version is accepted',
    breaks: ['decisions'],
    edits: [
      {
        file: 'payments/attempts/refusals.ts',
        find: 'if (payment.version === seen) return;',
        replace: 'if (payment.version >= seen) return;',
      },
    ],
    schedule: { seed: 'canary stale', customers: 24, persona: wallets, ...calm },
  },
  {
    name: 'the second person may be the first',
    breaks: ['decisions'],
    edits: [
      {
        file: 'payments/acts.ts',
        find: 'if (maybeSamePerson(approval.requestedBy, by))',
        replace: "if (approval.requestedBy === 'nobody')",
      },
    ],
    schedule: { seed: 'canary four eyes', customers: 24, persona: cards, ...calm },
  },
  {
    name: 'no amount needs a second person',
    breaks: ['decisions'],
    edits: [{ file: 'payments/acts.ts', find: 'amount <= threshold)', replace: 'amount <= 10 * threshold)' }],
    schedule: { seed: 'canary threshold', customers: 24, persona: cards, ...calm },
  },
  {
    name: 'evidence does not supersede a decision',
    edits: [
      {
        file: 'payments/attempts/supersede-decisions.ts',
        find: 'await tx.updateDecision({ ...decision, supersededBy: money.upstreamId, supersededAt: now });',
        replace: '',
      },
    ],
    test: decisions,
  },
  {
    name: 'a person decides without the payment service being read',
    edits: [
      {
        file: 'payments/decisions.ts',
        find: 'if (!port?.readOutcome) return null;',
        replace: 'if (port || attempt) return null;',
      },
    ],
    test: decisions,
  },
  {
    name: '"not paid" opens the payment again without a proof',
    edits: [
      {
        file: 'payments/attempts/decide.ts',
        find: "const open = outcome === 'not_paid' && closed;",
        replace: "const open = outcome === 'not_paid';",
      },
    ],
    test: decisions,
  },
  {
    name: 'more is returned by hand than is left',
    edits: [{ file: 'payments/refunds.ts', find: 'if (amount > left) {', replace: 'if (amount > left + payment.amountPaid) {' }],
    test: decisions,
  },
  {
    name: 'money that was moved waits where it came from, too',
    edits: [
      {
        file: 'payments/dispose.ts',
        find: '    disposition,\n    dispositionPaymentId:',
        replace: "    disposition: disposition === 'moved' ? null : disposition,\n    dispositionPaymentId:",
      },
    ],
    test: decisions,
  },
  {
    name: 'a repeated request records a refund once more',
    edits: [
      {
        file: 'payments/refunds.ts',
        find: "const id = once === null ? newId('ref')",
        replace: "const id = once !== 'one' ? newId('ref')",
      },
    ],
    test: corrected,
  },
  {
    name: 'money that was declared void is gone for good',
    edits: [
      {
        file: 'payments/attempts/evidence-status.ts',
        find: "disposition !== null && disposition !== 'moved';",
        replace: "disposition === 'counted';",
      },
    ],
    test: corrected,
  },
];
