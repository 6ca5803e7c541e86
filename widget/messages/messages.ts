/**
 * The texts of the widget. The compiler makes every language have the same keys and a text for every problem code. `{name}` and
 * `{n|form|forms}` are replaced by values (`fill` in format.ts). Each text about a problem says what happened, whether money was taken, and
 * what to do.
 */
import type { DeskProblem, Requisite, Transfer } from '#contract';
import type { CardMessages } from './card-messages.ts';
import type { FirstMessages } from './first-messages.ts';

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
  /** The receipt of the merchant's cash register for the tax office, its QR code, and the link to the tax office's page about it. */
  fiscalReceipt: string;
  fiscalPicture: string;
  fiscalOpen: string;
  fiscalLink: string;
  /** Names the list of languages for screen readers. */
  language: string;
  endedText: string;
  alreadyPaid: string;
  underpaidText: string;
  asked: string;
  received: string;
  missing: string;
  refundingText: string;
  refundText: string;
  sessionText: string;
  /** The shop's page is of an origin that the BFF does not serve. The customer can mend nothing. */
  pageRefused: string;

  /** Texts of the wallet form. */
  transfer: TransferMessages;

  /** Texts of the card form. */
  card: CardMessages;

  /** Texts about codes by SMS, and about discounts and codes that are worth too much. */
  sms: SmsMessages;

  page: PageMessages;

  /** The codes of other forms have texts in those forms. */
  problems: Record<Exclude<DeskProblem['code'], ElsewhereProblem>, string> & Partial<Record<ElsewhereProblem, string>>;
}

/** Codes with texts in the forms for wallets, cards and SMS, and codes that only a merchant's server gets. */
type ElsewhereProblem =
  | 'no_requisites'
  | 'transaction_number_used'
  | `number_${string}`
  | `transfer_${string}`
  | `card_${string}`
  | `sms_${string}`
  | `${'phone' | 'screenshot'}_format`
  | 'insufficient_funds'
  | `payment_${'reversed' | 'changed'}`
  | `discount_${string}`
  | 'forbidden'
  | `refund_${string}`
  | 'version_conflict'
  | 'decision_refused'
  | 'receipt_sent'
  | 'outcome_unknown'
  | 'codes_erased';

/** Texts about getting a code by SMS, paying by SMS, codes that are worth too much, and discounts. */
export interface SmsMessages {
  /** Labels of the two options, each with a line about it: get a code by SMS, or pay by SMS. */
  get: string;
  getNote: string;
  pay: string;
  payNote: string;
  haveNone: string;
  /** Shown below these options: what the SMS costs is on the phone bill, and is seen before anything is sent. */
  billed: string;
  asking: string;
  title: string;
  text: string;
  number: string;
  /** The price of one SMS, including tax. */
  price: string;
  /** The SMS costs more than is due: `{lost}` is the difference. */
  dear: string;
  open: string;
  /** These replace `open` and `title` once the SMS was sent. */
  again: string;
  sentTo: string;
  show: string;
  hide: string;
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
  /** Shown for a moment after a look that found nothing. */
  notYet: string;
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
  /** The label of the pay code where a discount is on the payment. */
  discountRest: string;
  /** The discount alone has paid. */
  covered: string;
  /**
   * Problems that need another text for a code from an SMS, which the customer has paid for; and codes that have a text nowhere
   * else.
   */
  problems: Record<'code_invalid' | 'discount_taken' | 'discount_lost', string> & Partial<Record<DeskProblem['code'], string>>;
}

/** The texts of the wallet form. `{wallet}` is replaced by the wallet's name. */
export interface TransferMessages {
  choose: string;
  /** No wallet can take a transfer now: the title, and what to do. */
  noneTitle: string;
  none: string;
  noneElse: string;
  /** In the list, under the name of a wallet that was chosen and takes no transfer. */
  notNow: string;
  /** Shown where there is only one wallet, with what comes next. */
  only: string;
  ahead: string;
  show: string;
  asking: string;
  step1: string;
  how: Record<NonNullable<Transfer['how']>, string>;
  step2: string;
  captions: Record<'wallet_number' | 'upi_id' | 'account_name', string> & Partial<Record<Requisite['key'], string>>;
  exact: string;
  /** A transfer from somebody else’s wallet may not be matched. */
  own: string;
  copy: string;
  number: string;
  numberHint: string;
  /** Opens `whereText` with a drawn SMS. */
  where: string;
  whereText: string;
  numberEmpty: string;
  numberWrong: string;
  /** Too many numbers were wrong, and another one may be submitted after a while. */
  numberWait: string;
  picture: string;
  pictureHint: string;
  pictureAdd: string;
  pictureChange: string;
  pictureEmpty: string;
  pictureWrong: string;
  /** No answer came to the number with its picture. */
  pictureLost: string;
  pictureShown: string;
  send: string;
  again: string;
  sending: string;
  other: string;
  /** The same where a number was submitted already. */
  instead: string;
  foot: string;
  timeLeft: string;
  late: string;
  acceptedTitle: string;
  acceptedText: string;
  pendingTitle: string;
  pendingText: string;
  confirmTitle: string;
  confirmText: string;
  confirmBack: string;
  confirmGo: string;
  /** Shown instead where an earlier payment of the same order may still receive money. */
  earlierTitle: string;
  earlierText: string;
  earlierGo: string;
  askedFor: string;
  told: string;
  /** No more numbers are taken for this payment. */
  overTitle: string;
  /** Problems whose general text is about pay codes. */
  problems: Partial<Record<DeskProblem['code'], string>>;
}

/**
 * The texts of the plugin window itself, and of one that opens a signed link. Each notice says what happened, that opening the link took
 * no money, and what to do. They do not say that nothing was charged: the order may have been paid before, even by the same link.
 */
export interface PageMessages {
  title: string;
  missingTitle: string;
  missingText: string;
  /** Under the card of a payment that is opened as a page. */
  secure: string;
  expiredTitle: string;
  expiredText: string;
  brokenTitle: string;
  brokenText: string;
  refusedTitle: string;
  refusedText: string;
  laterTitle: string;
  laterText: string;
  tryAgain: string;
}
