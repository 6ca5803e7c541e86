/** Counts the SMS that are sent: for one payment, and to the phone of one card, whatever payment it is for. */
import type { Tries } from '../../payments/model/ports.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardParts } from './card-parts.ts';
import { hourMs } from './rate-limits.ts';
import type { KeptCard } from './sealed-card.ts';

const tenMinutesMs = 600_000;

export const smsTries = ({ store, sealer, clock }: CardParts, { id }: CardAccount, payment: PaymentRecord) => ({
  ofPayment: (): Promise<Tries> => store.countTry('sms_payment', payment.id, clock.now(), hourMs),
  /** Counted, and not sent after all. */
  giveBackToPayment: (): Promise<void> => store.giveBackTry('sms_payment', payment.id),
  /**
   * Before the first SMS nobody has told us the phone, and then only its first and last digits, which many phones share. A card has one
   * phone, so it is counted by the card.
   */
  ofCard: ({ mark }: KeptCard): Promise<Tries> =>
    store.countTry('sms_phone', sealer.fingerprint(`${id} ${mark}`), clock.now(), tenMinutesMs),
});
