/** All English texts, used where no other language fits. Those that are not bundled are fetched right after the first screen. */
import { card } from './card/en.ts';
import { first } from './first-messages.ts';
import type { Messages } from './messages.ts';
import { page } from './page/en.ts';
import { sms } from './sms/en.ts';
import { transfer } from './transfer/en.ts';

export const en: Messages = {
  ...first,

  codeExpiredOn: 'This code expired on {at}, so it was not used. Use another code.',
  codeValidFrom: 'This code works from {at}, so it was not used. Come back then, or use another code.',
  checkingText: 'This can take a few minutes. You can close this page. We’ll tell the shop the moment it goes through.',
  checkingLongText: 'This is taking longer than usual. You can close this page. We’ll tell the shop the moment it goes through.',
  checkingWarning: 'Please don’t pay again while we check.',
  checkNow: 'Check now',
  reviewText: 'This can take a day. You can close this page. We’ll tell the shop as soon as we know.',
  amount: 'Amount',
  started: 'Started',
  justNow: 'just now',
  minutesAgo: '{n} min ago',
  hoursAgo: '{n} h ago',
  checkingFoot: 'We keep checking until we know.',
  paidFoot: 'We’ve told the shop too. You can close this page.',
  paidLate: 'Your payment came after the time was up. It still counts, and we’ve told the shop.',
  to: 'To',
  orderRow: 'Order',
  with: 'With',
  when: 'When',
  back: 'Back to {merchant}',
  receipt: 'Receipt',
  saveReceipt: 'Save receipt',
  fiscalReceipt: 'Fiscal receipt',
  fiscalPicture: 'QR code of the fiscal receipt',
  fiscalOpen: 'Open it on the tax office’s site',
  fiscalLink: 'Open the fiscal receipt',
  language: 'Language',
  endedText: 'Nothing was charged. To buy this, start again in the shop.',
  alreadyPaid: 'Already paid? Don’t pay\u00a0twice: show the shop this reference.',
  underpaidText: 'Please don’t send the rest. Show the shop this reference.',
  asked: 'Asked',
  received: 'Received',
  missing: 'Missing',
  refundingText: 'The shop is returning this payment. You don’t need to do anything.',
  refundText: 'The shop has returned this payment. You don’t need to do anything.',
  pageRefused: 'Payments are not set up on this page yet. Please tell the shop. If you have already paid, don’t pay again.',
  sessionText:
    'This page was open for too long. Go back to the shop and open the payment again. If you have already paid, don’t pay again: show the shop this reference.',
  transfer,
  card,
  sms,
  page,

  problems: {
    ...first.problems,
    code_format: 'This doesn’t look like a pay code, so nothing was charged. Check the letters and digits.',
    code_invalid: 'This code doesn’t work here, so nothing was charged. Check O/0 and I/1: they look alike.',
    code_used: 'This code has already been used, so nothing was charged. Check the letters, or use another code.',
    code_expired: 'This code has expired, so nothing was charged. Use another code.',
    code_not_yet_valid: 'This code doesn’t work yet, so nothing was charged. Come back later, or use another code.',
    code_value_too_low: 'This code is worth less than {amount}, so it was not used. Use a code that covers the order.',
    code_value_too_high:
      'This code is worth more than {amount} and the rest would be lost, so it was not used. Use a code that matches.',
    too_many_attempts: 'Too many wrong codes. Nothing was charged. Wait a little before you try again.',
    provider_unavailable:
      'Pay codes can’t be checked right now. Nothing was charged and your code was not used. Try again in a minute.',
    payment_processing: 'This payment is already being checked. Please don’t pay again.',
    payment_expired: 'The time to pay is up, so nothing was charged. Start again in the shop.',
    method_unavailable: 'This way to pay doesn’t work for this order. Nothing was charged. Choose another one in the shop.',
    order_conflict: 'This order has changed, so nothing was charged. Start again in the shop.',
    idempotency_conflict: 'Something failed on our side. Try again with the same code: you won’t be charged twice.',
    invalid_request: 'This code can’t be read, so nothing was charged. Check the code and try again.',
    too_large: 'This code can’t be read, so nothing was charged. Check the code and try again.',
    busy: 'Many people are paying right now. Wait a moment and try again: you won’t be charged twice.',
    before_submit_rejected: 'The shop stopped this, so nothing was charged. Try again, or ask the shop.',
    before_submit_timeout: 'The shop didn’t answer in time, so nothing was charged. Try again.',
  },
};
