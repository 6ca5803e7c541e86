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

/** An account of the merchant's, that customers pay to. */
export interface WalletBalance {
  wallet: string;
  name: string;
  identifier: string;
  currency: string;
}

/** A number that a customer told. */
export interface WalletClaim {
  custom_transaction_id: string;
  wallet_type: string;
  key1: string;
  currency_code: string;
  amount: number;
  status: 'activated' | 'accepted' | 'pending' | 'possible' | 'refused';
}
