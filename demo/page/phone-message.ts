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
}
