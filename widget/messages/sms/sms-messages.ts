/** Texts about getting a code by SMS, paying by SMS, codes that are worth too much, and discounts. */
import type { DeskProblem } from '#contract';

export interface SmsMessages {
  /** Labels of the two options: get a code by SMS, or pay by SMS. */
  get: string;
  pay: string;
  asking: string;
  title: string;
  text: string;
  number: string;
  /** The price of one SMS, including tax. */
  price: string;
  /** The SMS costs more than is due. */
  dear: string;
  open: string;
  scan: string;
  /** Alternative text of the QR code. */
  picture: string;
  code: string;
  codeHint: string;
  codeEmpty: string;
  codeOdd: string;
  /** It names no amount, because the SMS has been charged already. */
  use: string;
  noCode: string;
  noCodeHelp: string;
  other: string;
  waiting: string;
  /** It takes longer than a page is usually open. */
  long: string;
  sent: string;
  looking: string;
  /** What happens when the customer leaves. */
  leave: string;
  /** The payment is over, but the SMS may still arrive. */
  late: string;
  /** The SMS could not be looked for. The text must not say “try again”, because each SMS costs money. */
  fault: string;
  /** The payment is over, and the code that came back is not used yet. */
  unused: string;
  /** The limit of SMS for one payment is reached. */
  enough: string;
  foot: string;
  /** The question whether to use a code that is worth more than is due. */
  excess: string;
  excessYes: string;
  excessNo: string;
  discount: string;
  discountRemove: string;
  discountRemoving: string;
  /** Announced when the amount due has changed. */
  discountOn: string;
  discountOff: string;
  /**
   * Problems that need another text for a code from an SMS, which the customer has paid for; and codes that have a text nowhere
   * else.
   */
  problems: Record<'code_invalid' | 'discount_taken' | 'discount_lost', string> & Partial<Record<DeskProblem['code'], string>>;
}
