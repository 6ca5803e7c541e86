/** The words of codes by SMS, of codes that the customer sends by SMS, of a code that is worth too much, and of discounts. */
import type { DeskProblem } from '../../session/bff-client.ts';

export interface SmsMessages {
  /** What a pay code can be had by, or paid instead. */
  get: string;
  pay: string;
  asking: string;
  title: string;
  text: string;
  number: string;
  /** Of one SMS, gross. */
  price: string;
  /** It costs more than is due. */
  dear: string;
  open: string;
  scan: string;
  /** What the picture is called aloud. */
  picture: string;
  code: string;
  codeHint: string;
  codeEmpty: string;
  codeOdd: string;
  /** The SMS has cost its money already: no amount is said again. */
  use: string;
  noCode: string;
  noCodeHelp: string;
  other: string;
  waiting: string;
  /** Longer than a page is usually open. */
  long: string;
  sent: string;
  looking: string;
  /** What leaving does. */
  leave: string;
  /** The payment is over. */
  late: string;
  /** It could not be looked for. An SMS costs each time it is sent: never “try again”. */
  fault: string;
  /** The payment is over, and the code that comes back has paid for nothing yet. */
  unused: string;
  /** Of SMS that a payment is shown. */
  enough: string;
  foot: string;
  /** A code is worth more than is due: shall it be used all the same? */
  excess: string;
  excessYes: string;
  excessNo: string;
  discount: string;
  discountRemove: string;
  discountRemoving: string;
  /** Said when it has changed what is due. */
  discountOn: string;
  discountOff: string;
  /** Where a code from an SMS, which was paid for, needs other words; and what has words nowhere else. */
  problems: Record<'code_invalid' | 'discount_taken' | 'discount_lost', string> & Partial<Record<DeskProblem['code'], string>>;
}
