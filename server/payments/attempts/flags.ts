/** Raises what an operator has to look at although the payment's status does not show it. */
import { newId } from '../model/ids.ts';
import type { FlagKind, FlagRecord } from '../model/operator-records.ts';
import type { PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

/** Once per (kind, subject): what is raised again stays as it is, even if a person has closed it. */
export const raiseFlag = (
  tx: Queries,
  { id, merchantId, currency }: Pick<PaymentRecord, 'id' | 'merchantId' | 'currency'>,
  kind: FlagKind,
  { subject, reason, amount = null }: Pick<FlagRecord, 'subject' | 'reason'> & Partial<Pick<FlagRecord, 'amount'>>,
  now: number,
): Promise<boolean> =>
  tx.raiseFlag({
    id: newId('flg'),
    merchantId,
    paymentId: id,
    kind,
    subject,
    reason,
    amount,
    currency: amount === null ? null : currency,
    raisedAt: now,
    closedAt: null,
    closedBy: null,
    note: null,
  });
