/** The parts of the simulators' control interfaces and ledgers that the QA page uses, and the faults that it offers. */

/** The services behind the BFF that can be made to fail. */
export type Upstream = 'paycodes' | 'paykassma' | 'payme';

/** Whose clocks can be moved. */
export type ClockOf = 'bff' | 'paycodes' | 'payme';

/** A fault as a simulator's control interface takes it. */
export interface Fault {
  op:
    | 'get_code'
    | 'use_code'
    | 'payment-systems/available'
    | 'transaction/create'
    | 'transaction/activate'
    | 'cards.create'
    | 'cards.get_verify_code'
    | 'cards.verify'
    | 'receipts.create'
    | 'receipts.pay'
    | 'receipts.cancel'
    | '*';
  nth?: number;
  /** Only calls about this code; with Payme, about a card of these last four digits. */
  code?: string;
  when: 'before' | 'after';
  kind: 'timeout' | 'reset' | 'http500' | 'html' | 'malformed' | 'slow';
  ms?: number;
}

/** A fault that the QA page offers by name, for the next calls of one service. */
export interface NamedFault {
  /** In the address of the page. */
  id: string;
  words: string;
  of: Upstream;
  faults: Fault[];
  /** Stays until the service is reset. */
  postbacks?: PostbackOrder;
}

/** How Paykassma sends its postbacks; a field that is absent stays as it is. */
export interface PostbackOrder {
  mode?: 'flat' | 'legacy';
  delayMs?: number;
  /** Time until a claim that waits is credited. */
  laterMs?: number;
  copies?: number;
  wrongSignature?: boolean;
  beforeAnswer?: boolean;
  unsignedTimes?: number;
}

/** What a customer pays in a wallet app; the amount in major units. */
export interface TransferOrder {
  wallet: string;
  identifier: string;
  amount: string;
  currency: string;
}

/** A transfer that was made in the wallet app, with its transaction number. */
export interface SentTransfer {
  wallet: string;
  identifier: string;
  /** Major units, as typed. */
  amount: string;
  currency: string;
  number: string;
}

/**
 * How the simulated Payme treats cards; a field that is absent stays as it is. Amounts in tiyin, times in milliseconds of its
 * clock.
 */
export interface CardBehaviour {
  /** By card number, the call at which the card fails; null: at none. */
  failAt?: Record<string, string | null>;
  /** By call, the error code that it answers; null: none. */
  refuse?: Record<string, number | null>;
  pay?: 'instant' | 'stepwise' | 'late';
  stepMs?: number;
  /** Time from the cancel until the money is back. */
  cancelMs?: number;
  /** Whether confirming a card gives it another token. */
  rotateToken?: boolean;
  /** The balance of a card, by its number. */
  balances?: Record<string, number>;
}

/** The part of the Payme ledger that this page shows. */
export interface CardLedger {
  now: string;
  /** `at` by the simulator's clock; `card` is the last four digits. */
  calls: { at: string; method: string; card?: string; receipt?: string; outcome: string; fault?: string }[];
  /** SMS on the customer's phone, oldest first; `to` and `card` are masked. */
  sms: { at: string; to: string; text: string; card: string | null }[];
  /** Oldest first. */
  receipts: { id: string; state: number }[];
}

/** The part of the PayCodes ledger that this page shows. */
export interface CodeLedger {
  now: string;
  /** `at` by the simulator's clock. */
  calls: { at: string; method: string; ruleSlug?: string; code?: string; outcome: string; fault?: string }[];
  uses: { code: string }[];
  /** SMS on the customer's phone, oldest first: `mo` was sent, `mt` was received. `at`: when it was sent. */
  sms: { at: string; from: string; to: string; text: string; direction: 'mo' | 'mt' }[];
  /** What the customer paid for SMS, gross, minor units. `at`: when the SMS arrived. */
  charges: { at: string; number: string; price: number; currency: string }[];
}

/**
 * An SMS to send. `delayMs`: how long it takes to arrive, by the simulator's clock. `duplicate`: the network delivers it twice.
 */
export interface SmsOrder {
  to: string;
  text: string;
  delayMs: number;
  duplicate: boolean;
}

/** The part of the Paykassma ledger that this page shows. Amounts in major units. */
export interface WalletLedger {
  now: string;
  wallets: WalletBalance[];
  transfers: { wallet: string; transaction_number: string; amount: number; custom_transaction_id: string | null }[];
  transactions: WalletClaim[];
  /** `at` by the simulator's clock. */
  calls: { at: string; operation: string; wallet_type?: string; key1?: string; outcome: string; fault?: string }[];
  postbacks: { custom_transaction_id: string; tries: { at: string; status: number | null; ok: boolean }[] }[];
}

/** An account of the merchant to which customers transfer. */
export interface WalletBalance {
  wallet: string;
  name: string;
  identifier: string;
  currency: string;
}

/** A transaction number that a customer submitted. */
export interface WalletClaim {
  custom_transaction_id: string;
  wallet_type: string;
  key1: string;
  currency_code: string;
  amount: number;
  status: 'activated' | 'accepted' | 'pending' | 'possible' | 'refused';
}
