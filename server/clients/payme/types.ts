/** What the Payme client answers. Values, refusals included; only a broken upstream is thrown (`UpstreamError`). */

export type PaymeAnswer<Result> = { kind: 'ok'; result: Result } | Refused;

/**
 * Answered with a JSON-RPC error. Its text is not even kept. The codes of the protocol (−32768 … −32000) come this way too: of a
 * spending call, −32400 "internal error" proves nothing, and only a reading can tell.
 */
export interface Refused {
  kind: 'refused';
  /** Payme's number: the only thing to branch on. */
  code: number;
  /** The name of the field it blames, if it is one that we sent. */
  field?: string;
}

export interface Card {
  /** Masked: first six digits, `******`, last four. */
  number: string;
  /** `MM/YY`; empty = in no spelling we know. */
  expire: string;
  /** Opaque, 1–2,048 signs. Each answer may bring another one for the same card: the newest counts. */
  token: string;
  /** Usable for later payments. */
  recurrent: boolean;
  /** Proven by an SMS code. */
  verify: boolean;
}

export interface VerifyCode {
  sent: boolean;
  /** Where the code went, masked: `99890*****66`; '' where it cannot be read. */
  phone: string;
  /** How long the code is good, and how long to wait before another, in milliseconds: ten minutes at the most. */
  waitMs: number;
}

export interface Receipt {
  id: string;
  /** 0 created · 1, 2, 3, 6, 30 being worked on · 4 paid · 5 held · 20 with a person · 21 being cancelled · 50 cancelled. */
  state: number;
  /** Tiyin, the minor unit of UZS. As answered: whether it is what was asked is the caller's to compare. */
  amount: number;
  /** ISO 4217 numeric, 860 = UZS; null = not said, as in the oldest answers. */
  currency: number | null;
  /** Milliseconds since 1970; 0 = not said. It moves when the receipt is paid, so it identifies nothing. */
  createTime: number;
  /** Milliseconds since 1970; 0 = not paid. */
  payTime: number;
  /** Milliseconds since 1970; 0 = not cancelled, or not yet. */
  cancelTime: number;
  /** As it was sent, with what looks like a card number masked. */
  description: string;
  account: readonly { name: string; value: string }[];
  /** What it was paid with, as masked as a `Card`; null = not paid yet. */
  card: { number: string; expire: string } | null;
  /** The payer's, if one was sent. */
  phone?: string;
}

export interface ReceiptList {
  receipts: readonly Receipt[];
  /** How many more there were that could not be read. */
  unreadable: number;
}
