/** What the Payme client is asked. Amounts and prices are tiyin, the minor unit of UZS. Source: payme.md §3. */

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
