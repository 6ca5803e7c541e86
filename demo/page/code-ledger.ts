/** The part of the PayCodes ledger that this page shows. */
export interface CodeLedger {
  now: string;
  /** `at` by the simulator's clock. */
  calls: { at: string; method: string; ruleSlug?: string; code?: string; outcome: string; fault?: string }[];
  uses: { code: string }[];
  /** On the customer's phone, oldest first: `mo` was sent, `mt` came. `at`: when it was sent. */
  sms: { at: string; from: string; to: string; text: string; direction: 'mo' | 'mt' }[];
  /** What the customer paid for SMS, gross, minor units. `at`: when the SMS arrived. */
  charges: { at: string; number: string; price: number; currency: string }[];
}

/** What a phone sends. `delayMs`: so long it is on its way, by the simulator's clock; `duplicate`: the network delivers it twice. */
export interface SmsOrder {
  to: string;
  text: string;
  delayMs: number;
  duplicate: boolean;
}
