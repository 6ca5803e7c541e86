/**
 * The texts of the widget. The compiler makes every language have the same keys and a text for every problem code. `{name}` and
 * `{n|form|forms}` are replaced by values (fill.ts). Each text about a problem says what happened, whether money was taken, and
 * what to do.
 */
import type { DeskProblem, PaymentMethod } from '#contract';
import type { CardMessages } from './card/card-messages.ts';
import type { SmsMessages } from './sms/sms-messages.ts';
import type { TransferMessages } from './transfer/transfer-messages.ts';

/** The names of the screens. Exactly one is shown at a time. */
export type ScreenName =
  | 'loading'
  | 'load_error'
  | 'session'
  | 'enter'
  | 'checking'
  | 'review'
  | 'paid'
  | 'underpaid'
  | 'refunding'
  | 'refunded'
  | 'canceled'
  | 'expired'
  | 'unavailable';

/** The texts of the first screen, and those needed where no more texts can be fetched. In English they are bundled. */
export interface FirstMessages {
  /** The heading of each screen. It is also announced when the screen appears. */
  titles: Record<ScreenName, string>;
  order: string;
  testMode: string;
  methods: Record<PaymentMethod, string>;
  codeLabel: string;
  codeHint: string;
  codeHintLength: string;
  codeEmpty: string;
  codeLength: string;
  codeSigns: string;
  codeFoot: string;
  pay: string;
  sending: string;
  retryIn: string;
  retryNow: string;
  reference: string;
  copy: string;
  copied: string;
  copyReference: string;
  unreachable: string;
  tryAgain: string;
  offline: string;
  slow: string;
  otherTab: string;

  /** The text of `internal` is shown for codes that are left out. */
  problems: Partial<Record<DeskProblem['code'], string>> & Record<'unauthorized' | 'not_found' | 'internal' | 'network', string>;
}

export interface Messages extends FirstMessages {
  codeExpiredOn: string;
  codeValidFrom: string;
  checkingText: string;
  checkingLongText: string;
  checkingWarning: string;
  checkNow: string;
  reviewText: string;
  amount: string;
  started: string;
  justNow: string;
  minutesAgo: string;
  hoursAgo: string;
  checkingFoot: string;
  paidFoot: string;
  paidLate: string;
  to: string;
  orderRow: string;
  with: string;
  when: string;
  back: string;
  receipt: string;
  saveReceipt: string;
  endedText: string;
  alreadyPaid: string;
  underpaidText: string;
  refundingText: string;
  refundText: string;
  sessionText: string;

  /** Texts of the wallet form. */
  transfer: TransferMessages;

  /** Texts of the card form. */
  card: CardMessages;

  /** Texts about codes by SMS, and about discounts and codes that are worth too much. */
  sms: SmsMessages;

  /** The codes of other forms have texts in those forms. */
  problems: Record<Exclude<DeskProblem['code'], ElsewhereProblem>, string> & Partial<Record<ElsewhereProblem, string>>;
}

/** Codes with texts in the forms for wallets, cards and SMS, and codes that only a merchant's server gets. */
type ElsewhereProblem =
  | 'no_requisites'
  | 'screenshot_format'
  | `number_${string}`
  | `transfer_${string}`
  | `card_${string}`
  | `sms_${string}`
  | 'phone_format'
  | 'insufficient_funds'
  | 'payment_reversed'
  | `discount_${string}`
  | 'refund_unsupported'
  | 'receipt_sent'
  | 'outcome_unknown'
  | 'codes_erased';
