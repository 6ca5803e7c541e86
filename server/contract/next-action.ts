/** What the customer has to do now. The widget draws this and nothing else. */
import * as z from 'zod/mini';
import { Transfer } from './transfer.ts';

/** Type a pay code. `alphabet` and `length` are told only where the merchant's rules make them certain. */
export const EnterCode = z.object({
  kind: z.literal('enter_code'),
  alphabet: z.optional(z.string()),
  length: z.optional(z.int()),
  /** A code can be had by SMS; or the customer can send an SMS instead of typing. */
  sms: z.optional(z.boolean()),
  reversed: z.optional(z.boolean()),
  /** A code worth more than is due pays all the same, once the customer has agreed that the rest is lost: `acceptExcess: true`. */
  excess: z.optional(z.literal('ask')),
});

/**
 * Send an SMS: `text` to `number`, for `price` (gross, minor units of the payment's currency). `enter_code`: a code comes back by SMS and is typed.
 * `wait`: the text holds the code, and the payment follows by itself.
 */
export const SendSms = z.object({
  kind: z.literal('send_sms'),
  text: z.string(),
  number: z.string(),
  price: z.int(),
  // biome-ignore lint/suspicious/noThenProperty: a promised name; its value is a word, so nothing takes it for a promise
  then: z.enum(['enter_code', 'wait']),
  /** ISO 8601: so long it is worth waiting for on the page. A later SMS counts all the same. */
  until: z.string(),
  /** Of the code that comes back. */
  alphabet: z.optional(z.string()),
  length: z.optional(z.int()),
});

/** Choose where to transfer to. None: no wallet takes transfers now. `fixed`: the merchant chose, there is no other. */
export const ChooseWallet = z.object({
  kind: z.literal('choose_wallet'),
  wallets: z.array(z.object({ walletType: z.string(), name: z.string(), screenshot: z.boolean() })),
  fixed: z.optional(z.boolean()),
});

/** A card that this customer saved with this merchant. `number` is masked, e.g. `860006******6311`; its expiry is kept by nobody. */
export const SavedCard = z.object({ id: z.string(), number: z.string() });
export type SavedCard = z.infer<typeof SavedCard>;

/** Type a card, or take a saved one. */
export const EnterCard = z.object({
  kind: z.literal('enter_card'),
  saved: z.array(SavedCard),
  /** Where the form is framed from on a page of another origin than ours: a merchant's document never holds it. Absolute. */
  frameUrl: z.string(),
  /** Payme's public offer, where the merchant's settings name it. */
  offerUrl: z.optional(z.string()),
  /** Payme wants the payer's phone, and nobody has told it yet. */
  askPhone: z.boolean(),
  /** The customer may have the card saved. */
  canSave: z.boolean(),
  /** A saved card is confirmed by SMS as a new one is; otherwise the click pays. */
  confirmSaved: z.boolean(),
  /** The frame talks to Payme itself, as this cashbox; absent: the card goes through our server. */
  direct: z.optional(z.object({ url: z.string(), cashboxId: z.string() })),
});

/** Type the code of the SMS that Payme sent to the phone of the card. */
export const EnterCardCode = z.object({
  kind: z.literal('enter_card_code'),
  /** The card's number, masked. */
  card: z.string(),
  /** Masked by Payme, e.g. `99890*****66`; null where its answer was lost. */
  phone: z.nullable(z.string()),
  /** ISO 8601: from then on another code can be asked for; null where no more are sent. */
  resendAt: z.nullable(z.string()),
  /** Tries that are left for this code. */
  attemptsLeft: z.int(),
  /** More than one code was sent: only the last one counts. `maybe`: whether the last one was sent is not known. */
  resent: z.union([z.boolean(), z.literal('maybe')]),
});

export const EntryAction = z.discriminatedUnion('kind', [EnterCode, ChooseWallet, EnterCard]);

/** Several methods: one entry action for each method of the view, in the same order. */
export const Choose = z.object({ kind: z.literal('choose'), options: z.array(EntryAction) });

/**
 * Paying now might pay twice. `second_payment`: a transfer the customer told of is still being looked for. `earlier_payment`: money of an
 * earlier payment of the same order may still come, or has. To go on all the same, send `acknowledge: true`. `options` as in `choose`.
 */
export const Confirm = z.object({
  kind: z.literal('confirm'),
  what: z.enum(['second_payment', 'earlier_payment']),
  options: z.array(EntryAction),
});

/**
 * `checking`: a call is in flight · `unknown_outcome`: its answer was lost, we are finding out · `review`: a person looks at
 * it · `transfer_pending`: the wallet's operator checks the transfer · `transfer_accepted`: it was found, and is not credited yet · `sms_late`:
 * the payment is over, and an SMS that was sent for it still counts.
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
