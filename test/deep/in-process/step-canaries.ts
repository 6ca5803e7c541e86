/** Planted bugs that only the checks after each step are meant to catch; see `../canaries.ts`. */
import type { Canary } from '../canaries.ts';

const anything = { engine: 'sqlite', processes: 1 } as const;

export const stepCanaries: readonly Canary[] = [
  {
    name: 'a change of status is not audited',
    breaks: ['audit'],
    edits: [
      {
        file: 'payments/attempts/update-payment.ts',
        find: 'const moved = before.status === after.status ? {} : { from: before.status, to: after.status };',
        replace:
          "if (after.status === 'processing') return; const moved = before.status === after.status ? {} : { from: before.status, to: after.status };",
      },
    ],
    schedule: { seed: 'canary audit', ...anything },
  },
  {
    name: 'a view shows a sum of another moment than its version',
    breaks: ['snapshot'],
    edits: [
      {
        file: 'payments/payment-views.ts',
        find: 'due: payment.amount - payment.discount,',
        replace: 'due: payment.amount - (Math.random() < 0.5 ? payment.discount : 0),',
      },
    ],
    schedule: {
      seed: 'canary snapshot',
      persona: { currency: 'PLN', favourite: 'pay_code', by: 'paper', discount: 'some', amount: 3_000 },
      ...anything,
    },
  },
];
