/** What the Payme client takes and returns. Amounts and prices are tiyin, the minor unit of UZS. Source: README.md. */

/** Refusals are values; only a broken service is thrown (`UpstreamError`). */
export type PaymeAnswer<Result> = { kind: 'ok'; result: Result } | PaymeRefusal;

/**
 * Answered with a JSON-RPC error, whose text is not kept. The codes of the protocol (−32768 … −32000) come this way too: after a
 * spending call, −32400 "internal error" proves nothing, and only reading shows what happened.
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
  /** `MM/YY`; empty = in no known form. */
  expire: string;
  /** Opaque, 1–2,048 characters. Each answer may bring another one for the same card: the newest counts. */
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
  /** How long the code is valid and how long to wait before requesting another, in milliseconds: ten minutes at most. */
  waitMs: number;
}

export interface Receipt {
  id: string;
  /** 0 created · 1, 2, 3, 6, 30 in progress · 4 paid · 5 frozen · 20 with Payme's support · 21 being cancelled · 50 cancelled. */
  state: number;
  /** As answered: the caller compares it with the requested amount. */
  amount: number;
  /** ISO 4217 numeric, 860 = UZS; null = absent, as in the oldest answers. */
  currency: number | null;
  /** Milliseconds since 1970; 0 = absent. It changes when the receipt is paid, so it identifies nothing. */
  createTime: number;
  /** Milliseconds since 1970; 0 = not paid. */
  payTime: number;
  /** Milliseconds since 1970; 0 = not cancelled, or not yet. */
  cancelTime: number;
  /** As it was sent, but with anything that looks like a card number masked. */
  description: string;
  account: readonly { name: string; value: string }[];
  /** The card that paid, masked as in `Card`; null = not paid yet. */
  card: { number: string; expire: string } | null;
}

export interface ReceiptList {
  receipts: readonly Receipt[];
  /** How many more there were that could not be read. */
  unreadable: number;
}

export interface NewCard {
  /** Digits only. */
  number: string;
  /** `MMYY`. */
  expire: string;
  /** Whether the token is for later payments too. Always sent, since Payme's own default is unknown. */
  save: boolean;
}

export interface NewReceipt {
  amount: number;
  /** Keyed by the account fields of the cashbox. */
  account: Readonly<Record<string, string | number>>;
  description: string;
  detail?: ReceiptDetail;
  /** Freeze the money instead of taking it; required in `receiptsPay` too. Payme has to have enabled it. */
  hold?: boolean;
}

/** What was bought, for the fiscal receipt. */
export interface ReceiptDetail {
  shipping?: { title: string; price: number };
  items?: readonly ReceiptItem[];
}

export interface ReceiptItem {
  title: string;
  /** The price of one piece. */
  price: number;
  count: number;
  /** The product's IKPU code. */
  code: string;
  packageCode: string;
  vatPercent: number;
  units?: number;
  /** For the whole quantity. */
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
  /** Milliseconds since 1970. How Payme treats both ends is unknown, so filter by `createTime` again. */
  from: number;
  to: number;
  /** How many to skip, counted from the newest. */
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
  /** Milliseconds since 1970. Payme is sent the time in Uzbekistan. */
  issuedAt?: number;
}
