/** The problems of each payment method, which a customer can meet in the checkout. */
import type { ProblemEntry } from './problem-entry.ts';

export const payCodeProblems = {
  code_format: {
    status: 422,
    title: 'This cannot be a pay code',
    cause: 'What was entered has no pay code in it: wrong signs, or too many or too few of them.',
    remedy: 'Enter the code again, as it is printed or as the SMS has it. Nothing was sent to PayCodes.',
  },
  code_invalid: {
    status: 422,
    title: 'The pay code is not valid',
    cause: 'PayCodes does not know the code under any rule of this merchant, or has switched the code or its rule off.',
    remedy: 'Compare the code sign by sign, or take another one.',
  },
  code_used: {
    status: 409,
    title: 'The pay code has been used',
    cause: 'PayCodes says that the code has been used for something else.',
    remedy: 'Enter another code. `POST /v1/pay-codes/lookup` says when and by whom it was used.',
  },
  code_expired: {
    status: 410,
    title: 'The pay code has expired',
    cause: 'The last day of the code is over; `at` says when it ended.',
    remedy: 'Enter another code.',
  },
  code_not_yet_valid: {
    status: 409,
    title: 'The pay code is not valid yet',
    cause: 'The first day of the code has not begun; `at` says when it begins.',
    remedy: 'Enter another code, or this one from `at` on if the payment is still open then.',
  },
  code_value_too_low: {
    status: 409,
    title: 'The pay code is worth less than is due',
    cause: 'The code does not cover `due`. It was not used.',
    remedy: 'Enter a code of at least this worth, or pay in another way.',
  },
  code_value_too_high: {
    status: 409,
    title: 'The pay code is worth more than is due',
    cause: 'The code is worth more than `due`, and what is left over would be lost. It was not used.',
    remedy:
      'Enter a code of exactly this worth. Where `excessConsent` is in the view, send `acceptExcess: true` once the customer agrees.',
  },
  discount_taken: {
    status: 409,
    title: 'The payment has a discount that cannot be changed now',
    cause: 'The payment has a discount already, or the code of its discount is being used up or has been.',
    remedy: 'Pay what is due, or remove the discount (`DELETE /checkout/discount`) while its code is not used.',
  },
  discount_lost: {
    status: 409,
    title: 'The discount code cannot be used any more: the whole is due',
    cause: 'PayCodes refused the discount code when it was to be used up, just before the rest was charged. Nothing was charged.',
    remedy: 'Show the customer the new `due` and let them pay again.',
  },
  too_many_attempts: {
    status: 429,
    title: 'Too many attempts',
    cause: 'A limit is used up: wrong codes, numbers or cards, SMS, or payments of one order in a day.',
    remedy:
      'Wait until `retryAt` (also in the header `Retry-After`). Without `retryAt` this way to pay is closed: take another one.',
  },
} satisfies Record<string, ProblemEntry>;

export const walletProblems = {
  no_requisites: {
    status: 409,
    title: 'This wallet takes no transfer now',
    cause: 'Paykassma has no account for this wallet and amount at the moment.',
    remedy: 'Choose another wallet or another way to pay, or try again later.',
  },
  number_format: {
    status: 422,
    title: 'This cannot be a transaction number of this wallet',
    cause: 'What was entered has no transaction number of the wallet in it, or has several.',
    remedy: 'Enter the number as the wallet shows it, or paste the whole SMS.',
  },
  transaction_number_used: {
    status: 409,
    title: 'The transaction number has paid something already',
    cause: 'A payment was paid by this number before. A number pays once.',
    remedy: 'Enter the number of the transfer that was made for this payment.',
  },
  number_checking: {
    status: 409,
    title: 'The transaction number is being checked already',
    cause: 'This payment or another one waits for the answer to this number.',
    remedy: 'Wait for that answer. If the number was entered for the wrong payment, ask the merchant.',
  },
  transfer_not_found: {
    status: 409,
    title: 'No transfer of this number is known yet',
    cause: 'The wallet does not show a transfer of this number. It may be wrong, or the transfer has not arrived.',
    remedy:
      'Compare the number and enter it again if it was wrong. If it was right, wait: the transfer is looked for and counts when it comes.',
  },
  transfer_refused: {
    status: 409,
    title: 'The transfer was refused',
    cause: 'Paykassma has refused the transfer of this number.',
    remedy: 'Compare number and amount, and transfer again if the wallet has returned the money.',
  },
  screenshot_format: {
    status: 422,
    title: 'The picture is not a PNG, JPEG or WebP of at most 5 MB',
    cause: 'The picture of the transfer has another format, is larger, or is no picture.',
    remedy: 'Send a screenshot as PNG, JPEG or WebP of at most 5 MB.',
  },
} satisfies Record<string, ProblemEntry>;

export const cardProblems = {
  card_number: {
    status: 422,
    title: 'This cannot be the number of a card, or Payme does not know the card',
    cause: 'The number does not have 16 digits (19 for some cards), or Payme refuses it.',
    remedy: 'Compare the number with the card, or take another card.',
  },
  card_expiry: {
    status: 422,
    title: 'This cannot be the expiry of the card',
    cause: 'The expiry is no month and year, or Payme says that it does not belong to the number.',
    remedy: 'Enter month and year as they are on the card, `MM/YY`.',
  },
  card_declined: {
    status: 409,
    title: 'The card was declined',
    cause: 'Payme or the bank refused the card and gave no reason that another code stands for. Nothing was charged.',
    remedy: 'Take another card or another way to pay, or ask the bank.',
  },
  card_sms_disabled: {
    status: 409,
    title: 'The card cannot be confirmed by SMS, has expired or is blocked',
    cause: 'Payme has one code for the three causes: the bank sends no SMS for this card, it has expired, or it is blocked.',
    remedy: 'Switch SMS messages on at the bank, or take another card.',
  },
  card_not_saved: {
    status: 409,
    title: 'The saved card cannot be used any more',
    cause: 'The card is not saved, was removed, or Payme does not accept its token any more.',
    remedy: 'Enter the card as a new one.',
  },
  insufficient_funds: {
    status: 409,
    title: 'There is not enough money on the card',
    cause: 'The bank says that the card does not cover the amount. Nothing was charged.',
    remedy: 'Put money on the card, or take another one.',
  },
  phone_format: {
    status: 422,
    title: 'This cannot be a phone number of Uzbekistan',
    cause: 'Payme needs a phone of Uzbekistan, and what was sent does not have its nine digits.',
    remedy: 'Send the nine digits, with or without `+998`.',
  },
  sms_code_format: {
    status: 422,
    title: 'This cannot be an SMS code',
    cause: 'What was entered has no code in it, or several numbers that could be it. No try was spent.',
    remedy: 'Enter the digits of the code alone.',
  },
  sms_code_wrong: {
    status: 422,
    title: 'The SMS code is wrong',
    cause: 'Payme says that the code is not the one it sent.',
    remedy: 'Enter the code of the newest SMS; `attemptsLeft` of the view says how many tries are left.',
  },
  sms_code_expired: {
    status: 410,
    title: 'The SMS code has expired, or was tried too often',
    cause: 'The code is older than Payme allows, or its tries are used up.',
    remedy: 'Have another SMS sent (`POST /checkout/card/resend`), or enter the card again.',
  },
  sms_not_sent: {
    status: 503,
    title: 'The SMS could not be sent',
    cause: 'Payme could not send the SMS.',
    remedy: 'Try again in a moment, or take another card.',
  },
  payment_reversed: {
    status: 409,
    title: 'The card was charged, and the money has been returned',
    cause: 'Payme had charged the card and returned the money before we learned of it.',
    remedy: 'Pay again. The return may take the bank some days.',
  },
} satisfies Record<string, ProblemEntry>;
