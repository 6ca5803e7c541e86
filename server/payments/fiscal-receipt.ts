/**
 * Stores the fiscal receipt that the merchant's own cash register has of a payment. It moves no money and no status, so it is taken in
 * every status: whether the payment has something to issue a receipt for, its method knows.
 */
import type { FiscalReceipt } from '#contract';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { isoTime } from './model/time.ts';

/** What the register says. */
export type ReportedReceipt = Omit<FiscalReceipt, 'reportedAt' | 'takenByPaymeAt'>;

/**
 * Another receipt of the same kind replaces the one before, which the audit still names: registers correct receipts. The same receipt
 * again changes nothing. @returns The receipt as it is stored.
 */
export const storeFiscalReceipt = (deps: UnitOfWork, paymentId: string, reported: ReportedReceipt): Promise<FiscalReceipt> =>
  updatePayment(deps, paymentId, async ({ fiscalReceipts }, _tx, now) => {
    const before = fiscalReceipts?.find((receipt) => isSame(receipt, reported));
    if (before) return { result: before };
    const receipt = { ...reported, reportedAt: isoTime(now), takenByPaymeAt: null };
    const { kind, receiptId, qrUrl } = receipt;
    return {
      result: receipt,
      patch: { fiscalReceipts: inOrder(fiscalReceipts, receipt) },
      movesNoMoney: true,
      audit: { type: 'payment.fiscal_receipt', data: { kind, receiptId, qrUrl } },
      webhook: 'payment.updated',
    };
  });

/** Payme has taken the receipt. Does nothing if another one has replaced it meanwhile. */
export const fiscalReceiptTaken = (deps: UnitOfWork, paymentId: string, taken: FiscalReceipt): Promise<void> =>
  updatePayment<void>(deps, paymentId, async ({ fiscalReceipts }, _tx, now) => {
    const stored = fiscalReceipts?.find((receipt) => isSame(receipt, taken));
    if (!stored || stored.takenByPaymeAt !== null) return { result: undefined };
    const { kind, receiptId } = stored;
    return {
      result: undefined,
      patch: { fiscalReceipts: inOrder(fiscalReceipts, { ...stored, takenByPaymeAt: isoTime(now) }) },
      movesNoMoney: true,
      audit: { type: 'payment.fiscal_receipt_taken', data: { kind, receiptId } },
    };
  });

const isSame = (one: ReportedReceipt, other: ReportedReceipt): boolean =>
  (['kind', 'receiptId', 'qrUrl', 'fiscalSign', 'terminalId', 'issuedAt'] as const).every((name) => one[name] === other[name]);

/** The sale before the refund. */
const inOrder = (before: readonly FiscalReceipt[] | null, receipt: FiscalReceipt): FiscalReceipt[] =>
  [...(before ?? []).filter(({ kind }) => kind !== receipt.kind), receipt].sort((one) => (one.kind === 'sale' ? -1 : 1));
