/** What the Payme client answers. Values, refusals included; only a broken upstream is thrown (`UpstreamError`). */

export type PaymeAnswer<Result> = { kind: 'ok'; result: Result } | PaymeRefusal;

/**
 * Answered with a JSON-RPC error. Its text is not even kept. The codes of the protocol (−32768 … −32000) come this way too: of a
 * spending call, −32400 "internal error" proves nothing, and only a reading can tell.
 */
export interface PaymeRefusal {
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

/** What the Payme client is asked. Amounts and prices are tiyin, the minor unit of UZS. Source: README.md, "Cards" and "Receipts". */

export interface NewCard {
  /** Digits only. */
  number: string;
  /** `MMYY`. */
  expire: string;
  /** Whether the token is for later payments too; Payme's own default is unsaid. */
  save: boolean;
}

export interface NewReceipt {
  amount: number;
  /** By the account fields of the cashbox. */
  account: Readonly<Record<string, string | number>>;
  description: string;
  detail?: ReceiptDetail;
  /** Freeze the money instead of taking it; to be said in `receiptsPay` too. Payme has to have allowed it. */
  hold?: boolean;
}

/** What was bought, for the fiscal receipt. */
export interface ReceiptDetail {
  shipping?: { title: string; price: number };
  items?: readonly ReceiptItem[];
}

export interface ReceiptItem {
  title: string;
  /** Of one. */
  price: number;
  count: number;
  /** IKPU. */
  code: string;
  packageCode: string;
  vatPercent: number;
  units?: number;
  /** Of the whole quantity. */
  discount?: number;
}

export interface ReceiptPayment {
  id: string;
  token: string;
  /** `phone`: 12 digits, `998` and nine more. */
  payer?: { phone?: string };
  hold?: boolean;
}

export interface ReceiptRange {
  /** Milliseconds since 1970. Payme's reading of both ends is not established: look at `createTime` again. */
  from: number;
  to: number;
  /** How many to leave out, from the newest. */
  offset: number;
  /** At most 50. */
  count: number;
}

export interface FiscalData {
  receiptId: number;
  qrCodeUrl: string;
  statusCode?: number;
  message?: string;
  terminalId?: string;
  fiscalSign?: string;
  /** `YYYYMMDDHHMMSS`. */
  date?: string;
}
