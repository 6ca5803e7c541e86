/**
 * Cards and receipts as the ledger shows them. Card numbers are masked, tokens are the first 24 digits, amounts in tiyin, times
 * ISO 8601.
 */

import type { CardBook, Sms } from './card-book.ts';
import { type Card, maskNumber, tokenId } from './card-book.ts';
import type { Debit, MoneyLedger, Receipt, ReceiptBook, ReceiptState } from './receipt-book.ts';

export interface LedgerEntries {
  /** Every card that has a token, oldest first. */
  cards: LedgerCard[];
  /** Every SMS on the customer's phone, oldest first. */
  sms: readonly Sms[];
  /** Every receipt in its present state, oldest first. */
  receipts: LedgerReceipt[];
  /** Every debit, and when it was refunded. */
  payments: readonly Debit[];
}

export interface LedgerCard {
  number: string;
  /** Its newest token. */
  token: string;
  /** All its tokens, oldest first. */
  tokens: string[];
  verify: boolean;
  recurrent: boolean;
  removed: boolean;
  balance: number;
}

export interface LedgerReceipt extends Pick<Receipt, 'id' | 'number' | 'amount' | 'currency' | 'account' | 'description'> {
  state: ReceiptState;
  createdAt: string;
  /** The last four digits of the card whose payment was accepted. */
  card: string | null;
  /** The payer's phone. */
  phone: string | null;
  /** At most one. */
  debits: Debit[];
  fiscalData: Receipt['fiscalData'];
}

export function ledgerEntries(cards: CardBook, receipts: ReceiptBook, money: MoneyLedger): LedgerEntries {
  return structuredClone({
    cards: cards.cards().map((card) => ledgerCard(card, cards.balance(card.number))),
    sms: cards.sms(),
    receipts: receipts.receipts().map((receipt) => ledgerReceipt(receipt, money.debitsOf(receipt))),
    payments: money.debits(),
  });
}

const ledgerCard = ({ number, tokens, verified, recurrent, removed, spent }: Card, balance: number): LedgerCard => ({
  number: maskNumber(number),
  token: tokenId(tokens.at(-1) ?? ''),
  tokens: tokens.map(tokenId),
  verify: verified,
  recurrent,
  removed: removed || spent,
  balance,
});

const ledgerReceipt = (receipt: Receipt, debits: Debit[]): LedgerReceipt => ({
  id: receipt.id,
  number: receipt.number,
  state: receipt.state,
  createdAt: new Date(receipt.createTime).toISOString(),
  amount: receipt.amount,
  currency: receipt.currency,
  account: receipt.account,
  description: receipt.description,
  card: receipt.card?.number.slice(-4) ?? null,
  phone: typeof receipt.payer?.phone === 'string' ? receipt.payer.phone : null,
  debits,
  fiscalData: receipt.fiscalData,
});
