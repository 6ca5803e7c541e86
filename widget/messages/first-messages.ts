/** The texts of the first screen, and those needed where no more texts can be fetched. The English ones are bundled. */
import type { DeskProblem, PaymentMethod } from '#contract';

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
  /** The visible word of the mark that says `testMode`. */
  testShort: string;
  methods: Record<PaymentMethod, string>;
  codeLabel: string;
  codeHint: string;
  codeHintLength: string;
  codeEmpty: string;
  codeLength: string;
  codeSigns: string;
  codeFoot: string;
  /** What a pay code is, under the name of the method. */
  codeFrom: string;
  /** The wallets that do not fit into the list of methods. */
  moreWallets: string;
  pay: string;
  sending: string;
  retryIn: string;
  retryNow: string;
  reference: string;
  copy: string;
  copied: string;
  paste: string;
  copyReference: string;
  unreachable: string;
  /** The service answers, but with an error of its own. */
  serviceFault: string;
  tryAgain: string;
  offline: string;
  slow: string;
  otherTab: string;

  /** How amounts of the currencies of its country are written, `{n}` being the number; of all others the ISO code follows. */
  currencies?: Record<string, string>;

  /** The text of `internal` is shown for codes that are left out. */
  problems: Partial<Record<DeskProblem['code'], string>> & Record<'unauthorized' | 'not_found' | 'internal' | 'network', string>;
}

export const first: FirstMessages = {
  titles: {
    loading: 'Opening your payment…',
    enter: 'How would you like to pay?',
    checking: 'We are checking your payment',
    review: 'A person is checking your payment',
    paid: 'Paid',
    expired: 'The time to pay is up',
    canceled: 'This payment was canceled',
    underpaid: 'Only part of the amount arrived',
    refunding: 'Your money is on its way back',
    refunded: 'Your money was returned',
    unavailable: 'This order can’t be paid here',
    load_error: 'We can’t open this payment',
    session: 'Open this payment again',
  },
  order: 'Order {order}',
  testMode: 'Test mode: no real money moves',
  testShort: 'Test',
  methods: { pay_code: 'Pay code', wallet: 'Mobile wallet', card: 'Card' },
  codeLabel: 'Pay code',
  codeHint: 'From your voucher or SMS. Spaces don’t matter.',
  codeHintLength: '{length} letters and digits. Spaces don’t matter.',
  codeEmpty: 'Type your pay code first.',
  codeLength: 'A pay code has {length} letters and digits, this one has {typed}. Nothing was charged.',
  codeSigns: 'Pay codes never contain {signs}. Nothing was charged. Check the code and try again.',
  codeFoot: 'Your code is used only if it fits this order.',
  codeFrom: 'Voucher or SMS code',
  moreWallets: 'More wallets',
  pay: 'Pay {amount}',
  sending: 'Checking your code…',
  retryIn: 'Try again in {time}',
  retryNow: 'You can try again now.',
  reference: 'Reference',
  copy: 'Copy',
  copied: 'Copied',
  paste: 'Paste',
  copyReference: 'Copy the reference',
  unreachable: 'We can’t reach the payment service. Check your connection and try again.',
  serviceFault: 'The payment service has a fault. Try again in a minute.',
  tryAgain: 'Try again',
  offline: 'No connection. This page carries on by itself when it is back.',
  slow: 'Still working on it. This can take a minute.',
  otherTab: 'You are paying in another tab. The result will show here too.',
  problems: {
    unauthorized:
      'This payment link doesn’t work any more. Go back to the shop. If you have already paid, don’t pay again: ask the shop.',
    not_found:
      'This payment link doesn’t work any more. Go back to the shop. If you have already paid, don’t pay again: ask the shop.',
    internal: 'Something failed on our side. Try again with the same code: you won’t be charged twice.',
    network: 'The connection was lost. Try again with the same code: you won’t be charged twice.',
  },
};
