/** The part of the Payme ledger that this page shows. */
export interface CardLedger {
  now: string;
  /** `at` by the simulator's clock; `card` is the last four digits. */
  calls: { at: string; method: string; card?: string; receipt?: string; outcome: string; fault?: string }[];
  /** What came to the customer's phone, oldest first; `to` and `card` masked. */
  sms: { at: string; to: string; text: string; card: string | null }[];
  /** Oldest first. */
  receipts: { id: string; state: number }[];
}
