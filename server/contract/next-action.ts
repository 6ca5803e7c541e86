/** What the customer has to do now. The widget draws this and nothing else. */
import * as z from 'zod/mini';

/** Enter a pay code. `alphabet` and `length` are present only where the merchant's rules make them certain. */
export const EnterCode = z.object({
  kind: z.literal('enter_code'),
  alphabet: z.optional(z.string()),
  length: z.optional(z.int()),
  /** A code can be bought by SMS: it comes back and is entered here. */
  canBuyBySms: z.optional(z.boolean()),
  /** The customer can pay by sending an SMS instead of entering a code (PayCodes: "reversed SMS code"). */
  canPayBySms: z.optional(z.boolean()),
  /** A code worth more than is due pays too, if the customer agrees to lose the rest: `acceptExcess: true`. */
  excessConsent: z.optional(z.literal(true)),
});

/**
 * Send an SMS: `text` to `number`, for `price` (gross, minor units of the payment's currency). `enter_code`: a code comes back by
 * SMS, to be entered. `wait`: the text contains the code, and the payment follows by itself.
 */
export const SendSms = z.object({
  kind: z.literal('send_sms'),
  text: z.string(),
  number: z.string(),
  price: z.int(),
  continuation: z.enum(['enter_code', 'wait']),
  /** ISO 8601: how long waiting on the page makes sense. A later SMS still counts. */
  until: z.string(),
  /** The signs and the length of the code that comes back. */
  alphabet: z.optional(z.string()),
  length: z.optional(z.int()),
});

/** One row to copy. `wallet_number`, `upi_id` and `account_name` have the widget's own captions; any other key brings its own. */
export const Requisite = z.object({ key: z.string(), caption: z.optional(z.string()), value: z.string() });
export type Requisite = z.infer<typeof Requisite>;

/** The form of the wallet's transaction number. `pattern`: a regular expression for the whole number, if it is known. */
export const TransferNumber = z.object({
  maxLength: z.int(),
  inputMode: z.enum(['numeric', 'text']),
  pattern: z.optional(z.string()),
  /** Small and capital letters are different, so the keyboard must not change them. */
  mixedCase: z.optional(z.boolean()),
});
export type TransferNumber = z.infer<typeof TransferNumber>;

/** Transfer to the merchant's wallet, then enter the transaction number. */
export const Transfer = z.object({
  kind: z.literal('transfer'),
  walletType: z.string(),
  /** The wallet's own name. */
  walletName: z.string(),
  /** The languages of the wallet's customers. Absent where the transfer was shown by an earlier version. */
  languages: z.optional(z.array(z.string())),
  /** Minor units of the payment's currency. */
  amount: z.int(),
  requisites: z.array(Requisite),
  /** The kind of transfer to choose in the wallet app, if it has more than one. */
  how: z.optional(z.enum(['cash_out', 'send_money', 'make_payment'])),
  /** The wallet compares amounts, so exactly this amount must be transferred. */
  exactAmount: z.boolean(),
  number: TransferNumber,
  /** A picture of the finished transfer is required too. */
  screenshot: z.boolean(),
});
export type Transfer = z.infer<typeof Transfer>;

/** Choose a wallet. An empty list: no wallet accepts transfers now. `fixed`: the merchant chose the only one. */
export const ChooseWallet = z.object({
  kind: z.literal('choose_wallet'),
  wallets: z.array(
    z.object({
      walletType: z.string(),
      name: z.string(),
      screenshot: z.boolean(),
      /** The languages of the wallet's customers, which the checkout offers. Older servers do not send them. */
      languages: z.optional(z.array(z.string())),
    }),
  ),
  fixed: z.optional(z.boolean()),
});

/** A card that this customer saved with this merchant. `number` is masked, e.g. `860006******6311`; the expiry is not stored. */
export const SavedCard = z.object({ id: z.string(), number: z.string() });
export type SavedCard = z.infer<typeof SavedCard>;

/** Enter a card, or choose a saved one. */
export const EnterCard = z.object({
  kind: z.literal('enter_card'),
  saved: z.array(SavedCard),
  /** On a page of another origin the form is a frame from this absolute address, so it is never part of the merchant's page. */
  frameUrl: z.string(),
  /** Payme's public offer, where the merchant's settings name it. */
  offerUrl: z.optional(z.string()),
  /** Payme requires the payer's phone, and it is not known yet. */
  askPhone: z.boolean(),
  /** The customer may have the card saved. */
  canSave: z.boolean(),
  /** A saved card is confirmed by SMS like a new one; otherwise one click pays. */
  confirmSaved: z.boolean(),
  /** The frame calls Payme itself, as this cashbox. Absent: the card goes through our server. */
  direct: z.optional(z.object({ url: z.string(), cashboxId: z.string() })),
});

/** Enter the code of the SMS that Payme sent to the card's phone. */
export const EnterCardCode = z.object({
  kind: z.literal('enter_card_code'),
  /** The card's number, masked. */
  card: z.string(),
  /** Masked by Payme, e.g. `99890*****66`; null where its answer was lost. */
  phone: z.nullable(z.string()),
  /** ISO 8601: when another code can be requested; null where no more are sent. */
  resendAt: z.nullable(z.string()),
  /** How many tries are left for this code. */
  attemptsLeft: z.int(),
  /** More than one code was sent, and only the last one counts. `maybe`: whether the last one was sent is unknown. */
  resent: z.union([z.boolean(), z.literal('maybe')]),
});

export const EntryAction = z.discriminatedUnion('kind', [EnterCode, ChooseWallet, EnterCard]);

/** Several methods: one entry action for each method of the view, in the same order. */
export const Choose = z.object({ kind: z.literal('choose'), options: z.array(EntryAction) });

/**
 * Paying now might pay twice. `second_payment`: a transfer that the customer submitted is still being looked for.
 * `earlier_payment`: money of an earlier payment of the same order has come or may still come. To go on anyway, send
 * `acknowledge: true`. `options` as in `choose`.
 */
export const Confirm = z.object({
  kind: z.literal('confirm'),
  reason: z.enum(['second_payment', 'earlier_payment']),
  options: z.array(EntryAction),
});

/**
 * `checking`: a call is in flight · `unknown_outcome`: its answer was lost, and we are finding out · `review`: a person looks at
 * it · `transfer_pending`: the wallet's operator checks the transfer · `transfer_accepted`: the transfer was found, but is not
 * credited yet · `sms_late`: the payment is over, but an SMS that was sent for it still counts.
 */
export const WaitReason = z.enum(['checking', 'unknown_outcome', 'review', 'transfer_pending', 'transfer_accepted', 'sms_late']);
export type WaitReason = z.infer<typeof WaitReason>;

export const Wait = z.object({ kind: z.literal('wait'), reason: WaitReason, since: z.string() });
export const Nothing = z.object({ kind: z.literal('none') });

export const NextAction = z.discriminatedUnion('kind', [
  Choose,
  Confirm,
  EnterCode,
  ChooseWallet,
  Transfer,
  SendSms,
  EnterCard,
  EnterCardCode,
  Wait,
  Nothing,
]);
export type NextAction = z.infer<typeof NextAction>;
export type EntryAction = z.infer<typeof EntryAction>;
export type EnterCode = z.infer<typeof EnterCode>;
export type ChooseWallet = z.infer<typeof ChooseWallet>;
export type EnterCard = z.infer<typeof EnterCard>;
export type EnterCardCode = z.infer<typeof EnterCardCode>;
export type SendSms = z.infer<typeof SendSms>;
