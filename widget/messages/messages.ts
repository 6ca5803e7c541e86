/**
 * All words of the desk. Every language has the same keys, and a text for every problem code, because the compiler wants them.
 * `{name}` is filled in, `{n|form|forms}` too: see fill.ts. Each text about a problem says what happened, whether money was taken, and what to do next.
 */
import type { PaymentMethod } from '#contract';
import type { DeskProblem } from '../session/bff-client.ts';
import type { ScreenName } from '../session/screen-name.ts';
import type { CardMessages } from './card/card-messages.ts';
import type { SmsMessages } from './sms/sms-messages.ts';
import type { TransferMessages } from './transfer/transfer-messages.ts';

/** What the first screen says, and what must be said where nothing more can be fetched: in English it is bundled. */
export interface FirstMessages {
  /** Of each screen: its heading, and what is spoken when it comes while the customer is elsewhere on the page. */
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

  /** `internal` is said for those that are left out. */
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

  /** In the room of wallets. */
  transfer: TransferMessages;

  /** In the room of cards. */
  card: CardMessages;

  /** Of codes by SMS, and of what a code can do besides paying. */
  sms: SmsMessages;

  /** `internal` is said for those of another room. */
  problems: Record<Exclude<DeskProblem['code'], ElsewhereProblem>, string> & Partial<Record<ElsewhereProblem, string>>;
}

/** Of the rooms of wallets, cards and SMS, and what only a merchant's server is told. */
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
