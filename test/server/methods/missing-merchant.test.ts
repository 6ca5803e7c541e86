/**
 * Where a merchant is missing from the merchants file, nothing is decided: the outcome stays unknown, and the operator gets a
 * report.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { CardDeps } from '../../../server/methods/card/account.ts';
import { reconcileCard, refundCard } from '../../../server/methods/card/reconcile.ts';
import type { PayCodeDeps } from '../../../server/methods/pay-code/account.ts';
import { reconcilePayCode } from '../../../server/methods/pay-code/reconcile.ts';
import type { WalletAccount } from '../../../server/methods/wallet/account.ts';
import { activateTransfer } from '../../../server/methods/wallet/submit-transfer.ts';
import type { PendingAttempt } from '../../../server/payments/model/ports.ts';
import { createSealer } from '../../../server/payments/sealer.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

function parts() {
  const reports: string[] = [];
  const observer = {
    upstreamCall() {},
    attempt() {},
    webhook() {},
    failure: (_: string, cause: unknown) => void reports.push(String(cause)),
  };
  return { reports, parts: { account: () => null, sealer: createSealer(randomBytes(32)), clock: createFakeClock(), observer } };
}
const pendingAttempt = (operation: string, notes: Record<string, string>) =>
  ({
    payment: { id: 'pay_1', merchantId: 'gone', status: 'processing', attemptId: 'att_1', amount: 1, discount: 0, expiresAt: 0 },
    attempt: { id: 'att_1', sealed: 'v1.x' },
    intents: [{ operation, notes, createdAt: 0 }],
    recordIntent: () => assert.fail('nothing is called for a merchant who is missing'),
  }) as unknown as PendingAttempt;

describe('a merchant who is missing from the file', () => {
  for (const [words, run] of [
    ['a code', (own: object) => reconcilePayCode(own as PayCodeDeps, null, pendingAttempt('use_code', { rule: 'x' }))],
    ['a shown code', (own: object) => reconcilePayCode(own as PayCodeDeps, null, pendingAttempt('generate_code', { rule: 'x' }))],
    ['a card', (own: object) => reconcileCard(own as CardDeps, null, pendingAttempt('receipts.pay', { receipt: 'x' }))],
    ['a refund', (own: object) => refundCard(own as CardDeps, null, pendingAttempt('receipts.pay', { receipt: 'x' }))],
  ] as const) {
    it(`leaves ${words} unknown, and reports it`, async () => {
      const { parts: own, reports } = parts();
      assert.deepEqual(await run(own), { kind: 'unknown' });
      assert.match(reports.join(), /gone/);
    });
  }
});

describe('an id that Paykassma already knows', () => {
  const answered = (fields: string[]) => {
    const client = { activate: async () => ({ kind: 'refused', fields }) };
    const account = { upstream: 'paykassma:x', client } as unknown as WalletAccount;
    return activateTransfer(
      parts().parts,
      account,
      { customTransactionId: 'att_1' } as Parameters<typeof activateTransfer>[2],
      undefined,
    );
  };
  it('may have been sent twice by the network and credited the first time: the outcome is unknown, and not a decline', async () => {
    assert.deepEqual(await answered(['custom_transaction_id']), { kind: 'unknown' });
    assert.equal((await answered(['key1'])).kind, 'correction_requested');
  });
});
