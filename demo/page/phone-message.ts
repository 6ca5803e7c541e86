/** An SMS on the customer's phone, whoever sent it. */
export interface PhoneMessage {
  /** By the clock of the service that sent it, or got it. */
  at: Date;
  way: 'in' | 'out';
  /** Who it is from, or to. */
  peer: string;
  text: string;
  /** What of it is typed into the checkout; null for nothing. */
  code: string | null;
  /** Where the code goes: a click types it into the checkout, but not into a card form, which is another origin's frame. */
  into: 'checkout' | 'card form';
  /** What it cost, in words; absent where it costs nothing, or has not arrived. */
  fee?: string;
}
