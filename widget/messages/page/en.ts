/** English. */
import type { PageMessages } from '../messages.ts';

export const page: PageMessages = {
  title: 'Payment',
  missingTitle: 'This payment link is incomplete',
  missingText: 'Opening it charged nothing. Go back to the shop and open the payment again from there.',
  secure: 'Secure payment',
  expiredTitle: 'This payment link has expired',
  expiredText: 'Opening it charged nothing. Get a new link in the shop. If you have already paid, don’t pay again: ask the shop.',
  brokenTitle: 'This payment link doesn’t work',
  brokenText: 'Opening it charged nothing. It may have been cut or changed on its way. Open the payment again from the shop.',
  refusedTitle: 'This order can’t be paid by this link',
  refusedText: 'Opening it charged nothing. The order may have changed. If you have already paid, don’t pay again: ask the shop.',
  laterTitle: 'We can’t open this payment right now',
  laterText: 'Opening it charges nothing. Check your connection and try again in a moment.',
  tryAgain: 'Try again',
};
