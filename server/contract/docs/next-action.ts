/** What the customer has to do next, one object per `kind`. */
import {
  Choose,
  ChooseWallet,
  Confirm,
  EnterCard,
  EnterCardCode,
  EnterCode,
  Nothing,
  Requisite,
  SavedCard,
  SendSms,
  Transfer,
  TransferNumber,
  Wait,
} from '../next-action.ts';
import { describe } from './describe.ts';
import { begun, ids, later } from './examples.ts';

const alphabet = 'The signs that a code consists of; absent where the rules of the merchant do not make them certain.';
const codeLength = 'How many signs a code has; absent where the rules of the merchant do not make it certain.';

describe(EnterCode, {
  kind: ['Enter a pay code.', 'enter_code'],
  alphabet: [alphabet, '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'],
  length: [codeLength, 8],
  canBuyBySms: ['True if a code can be bought by SMS: it comes back and is entered here. Otherwise absent.', true],
  canPayBySms: ['True if the customer can pay by sending an SMS instead of entering a code. Otherwise absent.', true],
  excessConsent: [
    'True if a code worth more than is due pays too, once the customer agrees to lose the rest: `acceptExcess: true`. Otherwise absent.',
    true,
  ],
});

describe(SendSms, {
  kind: ['Send an SMS.', 'send_sms'],
  text: ['The text to send, exactly so.', 'PAY 7K2M9QXA'],
  number: ['The number to send it to.', '7055'],
  price: ["What the SMS costs, with tax, in minor units of the payment's currency.", 2500],
  continuation: [
    '`enter_code`: a code comes back by SMS and is entered. `wait`: the text contains the code, and the payment follows by itself.',
    'enter_code',
  ],
  until: ['How long waiting on the page makes sense, ISO 8601. A later SMS still counts.', later],
  alphabet: [
    'The signs of the code that comes back; absent where they are not certain or none comes back.',
    '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ',
  ],
  length: ['How many signs the code that comes back has; absent where that is not certain or none comes back.', 8],
});

describe(Requisite, {
  key: [
    'What the row is: `wallet_number`, `upi_id` or `account_name`, which the widget has captions for, or another name.',
    'wallet_number',
  ],
  caption: ['How the row is called, for any other `key`; absent for the three.', 'Branch'],
  value: ['What to copy.', '09 765 432 109'],
});

describe(TransferNumber, {
  maxLength: ['The most signs that a transaction number of this wallet has.', 20],
  inputMode: ['Which keyboard fits: `numeric` for digits only.', 'numeric'],
  pattern: ['A regular expression for the whole number; absent where the form is not known.', '[0-9]{20}'],
  mixedCase: ['True if small and capital letters are different, so the keyboard must not change them. Otherwise absent.', true],
});

describe(Transfer, {
  kind: ["Transfer to the merchant's wallet, then enter the transaction number.", 'transfer'],
  walletType: ['The wallet, by its name at Paykassma.', 'wavepay'],
  walletName: ["The wallet's own name.", 'Wave Pay'],
  languages: ["The languages of the wallet's customers; absent where an earlier version showed the transfer.", ['en', 'my']],
  amount: ["What to transfer, in minor units of the payment's currency.", 250_000],
  requisites: ['The account to transfer to, one row for each thing to copy; empty after the end of the payment.'],
  how: ['The kind of transfer to choose in the wallet app; absent if it has only one.', 'send_money'],
  exactAmount: ['Whether exactly this amount must be transferred, because the wallet compares it.', true],
  number: ['The form of the transaction number.'],
  screenshot: ['Whether a picture of the finished transfer is required too.', false],
});

describe(ChooseWallet, {
  kind: ['Choose a wallet.', 'choose_wallet'],
  wallets: ['The wallets that take transfers now; empty if none does.'],
  fixed: ['True if the merchant chose the only one. Otherwise absent.', true],
});

describe(ChooseWallet.shape.wallets, {
  walletType: ['Its name at Paykassma: what `POST /checkout/wallet` takes.', 'wavepay'],
  name: ['Its own name.', 'Wave Pay'],
  languages: ['The languages of its customers, which the checkout offers.', ['en', 'my']],
  screenshot: ['Whether a picture of the finished transfer will be required.', false],
});

describe(SavedCard, {
  id: ['Its id, `card_…`.', ids.card],
  number: ['Its number, masked. The expiry is not stored.', '860006******6311'],
});

describe(EnterCard, {
  kind: ['Enter a card, or choose a saved one.', 'enter_card'],
  saved: ['The cards that this customer saved with this merchant; empty without any.'],
  frameUrl: [
    'On a page of another origin the form is a frame from this absolute address, so that a card number is never part of that page.',
    'https://pay.example/frame/card/?merchant=nova-books',
  ],
  offerUrl: [
    "Payme's public offer, which the form links to; absent where the merchants file has none.",
    'https://payme.uz/offer',
  ],
  askPhone: ["Whether the form must ask for the payer's phone, because Payme requires it and it is not known.", false],
  canSave: ['Whether the customer may have the card saved.', true],
  confirmSaved: ['Whether a saved card is confirmed by SMS like a new one; otherwise one click pays.', false],
  direct: ['Present where the frame calls Payme itself; absent where the card goes through this server.'],
});

describe(EnterCard.shape.direct, {
  url: ["The address of Payme's interface.", 'https://checkout.paycom.uz/api'],
  cashboxId: ['The id of the cashbox at Payme, which is public.', '5e730e8e0b852a417aa49ceb'],
});

describe(EnterCardCode, {
  kind: ['Enter the code of the SMS that Payme sent.', 'enter_card_code'],
  card: ["The card's number, masked.", '860006******6311'],
  phone: ['The phone that the SMS went to, masked by Payme; null where its answer was lost.', '99890*****66'],
  resendAt: ['From when on another SMS can be requested, ISO 8601; null where no more are sent.', later],
  attemptsLeft: ['How many tries are left for this code.', 3],
  resent: [
    'True if more than one code was sent, so that only the last one counts. `maybe`: whether the last one was sent is not known.',
    false,
  ],
});

describe(Choose, {
  kind: ['Choose a method.', 'choose'],
  options: ['The first action of each method, in the order of `methods`.'],
});

describe(Confirm, {
  kind: ['Paying now might pay twice, so the customer is asked first. To go on, send `acknowledge: true`.', 'confirm'],
  reason: [
    '`second_payment`: a transfer that the customer submitted is still looked for. `earlier_payment`: money of an earlier payment of the same order has come or may still come.',
    'second_payment',
  ],
  options: ['The first action of each method, in the order of `methods`.'],
});

describe(Wait, {
  kind: ['Nothing to do but wait.', 'wait'],
  reason: [
    '`checking`: a call is in flight. `unknown_outcome`: its answer was lost, and we are finding out. `review`: a person looks at it. `transfer_pending`: the wallet checks the transfer. `transfer_accepted`: it was found and is not credited yet. `sms_late`: the payment is over, but an SMS that was sent for it still counts.',
    'checking',
  ],
  since: ['Since when, ISO 8601.', begun],
});

describe(Nothing, { kind: ['Nothing to do.', 'none'] });
