/**
 * A test bed for what `payments/` alone decides: store and payments, with outcomes that the test sets in place of an upstream.
 */
import type { Transfer } from '../../server/contract/index.ts';
import type { EvidenceInput, MethodPort } from '../../server/payments/model/ports.ts';
import { openAuditTrail } from './audit-trail.ts';
import { createPayCodeTestBed } from './pay-code-test-bed.ts';

export const due = 600_000;

const silent = (method: 'wallet' | 'card'): MethodPort => ({
  method,
  offers: () => true,
  entryAction: async () => ({ kind: 'choose_wallet', wallets: [] }),
  reconcile: async () => ({ kind: 'unknown' }),
  refund: async () => ({ kind: 'unknown' }),
});

export const transfer: Transfer = {
  kind: 'transfer',
  walletType: 'wavepay',
  walletName: 'Wave Pay',
  amount: due,
  requisites: [{ key: 'wallet_number', value: '09123456789' }],
  exactAmount: false,
  number: { maxLength: 20, inputMode: 'numeric' },
  screenshot: false,
};

export async function createPaymentTestBed(databaseUrl: string) {
  const testBed = await createPayCodeTestBed({ databaseUrl, methods: [silent('wallet'), silent('card')] });
  const trail = openAuditTrail(databaseUrl);
  const { payments } = testBed;
  return {
    ...testBed,
    trail,
    /** Creates a payment of 6,000.00 MMK that is valid for an hour. */
    pay: (orderId?: string) => testBed.pay({ amount: due, currency: 'MMK', expiresIn: 3600, ...(orderId && { orderId }) }),
    /** Shows the requisites. */
    show: (id: string) =>
      payments.showInstructions(id, { method: 'wallet', acknowledge: true, same: () => false, action: transfer }),
    submitNumber: (id: string, entered: string) =>
      payments.acceptSubmission(id, { method: 'wallet', submittedReference: entered, lastCharacters: null }),
    beginCard: (id: string) => payments.beginImmediate(id, { method: 'card', lastCharacters: '6311', acknowledge: true }),
    /** Submits a transfer that is not found: it is still polled, and the payment is open again. */
    async lookedFor(id: string) {
      await this.show(id);
      const attempt = await this.submitNumber(id, `${Math.floor(Math.random() * 1e10)}`);
      await payments.settleAttempt(
        id,
        attempt.id,
        { kind: 'correction_requested', decline: { code: 'transfer_not_found' }, unconfirmed: true },
        0,
      );
      await payments.abandon(id);
      return attempt;
    },
    paid: (id: string, attemptId: string, money: Partial<EvidenceInput> = {}) =>
      payments.settleAttempt(id, attemptId, { kind: 'paid', evidence: moneyOf(attemptId, money) }, 9),
    doubtful: (id: string, attemptId: string, money: Partial<EvidenceInput> = {}) =>
      payments.settleAttempt(id, attemptId, { kind: 'needs_review', why: 'test', evidence: moneyOf(attemptId, money) }, 9),
    async close() {
      await trail.close();
      await testBed.close();
    },
  };
}

export type PaymentTestBed = Awaited<ReturnType<typeof createPaymentTestBed>>;

const moneyOf = (attemptId: string, own: Partial<EvidenceInput>): EvidenceInput => ({
  upstream: 'test',
  upstreamId: attemptId,
  amount: due,
  currency: 'MMK',
  ...own,
});
