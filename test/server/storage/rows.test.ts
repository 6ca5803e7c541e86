/** An attempt's row is read as what its status promises, and a row that contradicts its status is not read at all. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttemptStatus } from '#contract';
import type { AttemptRecord } from '../../../server/payments/model/records.ts';
import { rows } from '../../../server/storage/rows.ts';
import type { AttemptsTable } from '../../../server/storage/schema.ts';

const row: AttemptsTable = {
  id: 'att_1',
  payment_id: 'pay_1',
  method: 'pay_code',
  status: 'processing',
  sealed: 'v1.secret',
  last_characters: '0001',
  action: null,
  submitted_reference: null,
  reversed_reference: null,
  waiting: null,
  problem: null,
  started_at: 1,
  ended_at: null,
  unknown_since: null,
  checks: 0,
  next_check_at: null,
  lease_until: 0,
};
const shown = { action: '{"kind":"enter_code"}' };
const checked = { next_check_at: 3 };
const ended = { ended_at: 2 };

type Own = Partial<AttemptsTable>;

/** For each status, the rows that it allows; and per contradiction, the field that is named. */
const statuses: Record<AttemptStatus, { reads: Own[]; refuses: { [field: string]: Own } }> = {
  awaiting_customer: {
    reads: [shown, { ...shown, ...checked }],
    refuses: { action: {}, endedAt: { ...shown, ...ended } },
  },
  processing: {
    reads: [checked, { ...checked, unknown_since: 2, waiting: 'transfer_pending' }],
    refuses: { nextCheckAt: {}, endedAt: { ...checked, ...ended } },
  },
  refunding: {
    reads: [{ ...ended, ...checked }],
    refuses: { nextCheckAt: ended, endedAt: checked },
  },
  paid: { reads: [ended], refuses: { nextCheckAt: { ...ended, ...checked }, endedAt: {} } },
  refunded: { reads: [ended], refuses: { nextCheckAt: { ...ended, ...checked }, endedAt: {} } },
  declined: {
    reads: [
      { ...ended, problem: '{"code":"code_used"}' },
      { ...ended, ...checked },
    ],
    refuses: { endedAt: {} },
  },
  unconfirmed: { reads: [ended, { ...ended, ...checked }], refuses: { endedAt: checked } },
  abandoned: { reads: [ended], refuses: { endedAt: {} } },
  needs_review: { reads: [ended], refuses: { endedAt: {} } },
};

describe('the row of an attempt', () => {
  for (const [status, { reads, refuses }] of Object.entries(statuses)) {
    it(`that is ${status} is read and written as it is`, () => {
      for (const own of reads) {
        const stored = { ...row, status, ...own };
        const attempt: AttemptRecord = rows.attempts.toRecord(stored);
        assert.deepEqual(rows.attempts.toRow(attempt), stored);
      }
    });

    for (const [field, own] of Object.entries(refuses)) {
      it(`that is ${status} is not read if its ${field} contradicts that`, () => {
        assert.throws(
          () => rows.attempts.toRecord({ ...row, status, ...own }),
          ({ message }: Error) =>
            ['att_1', status, field].every((named) => message.includes(named)) && !message.includes('v1.secret'),
        );
      });
    }
  }

  it('of a status that nobody knows is not read', () => {
    assert.throws(() => rows.attempts.toRecord({ ...row, ...ended, status: 'burned' }), /att_1 has no known status/);
  });
});
