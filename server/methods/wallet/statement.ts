/** A list from Paykassma's cabinet as the daily comparison reads it. Paykassma documents no call that returns one. */
import type { Statement, StatementEntry, StatementSource } from '../../payments/model/statements.ts';
import type { WalletAccount, WalletDeps } from './account.ts';
import { type CabinetRow, readCabinetCsv } from './cabinet-csv.ts';
import { transferClaimKey } from './postback-items.ts';
import { findWallet } from './wallets.ts';

export const walletStatements = ({ account: accountOf }: Pick<WalletDeps, 'account'>): StatementSource => ({
  source: 'paykassma',
  method: 'wallet',
  has: (merchantId) => accountOf(merchantId) !== null,
  async read(merchantId, csv, from): Promise<Statement> {
    const account = accountOf(merchantId);
    if (!account) throw new Error('a list of transfers for a merchant without an account');
    const rows = await readCabinetCsv(csv, account.settings.cabinetTimeZone);
    return {
      upstream: account.upstream,
      entries: rows.map((row) => toEntry(account, row)),
      unreadable: 0,
      coversBefore: rows.some(({ at }) => at < from),
    };
  },
});

/**
 * A list without the wallet's name may mean each wallet of this account that has the currency. The number is claimed under its
 * name, and a number that a person has matched by hand is stored under it.
 */
function toEntry({ id: account, settings }: WalletAccount, row: CabinetRow): StatementEntry {
  const { transactionId, customTransactionId, wallet, amount, currency, at } = row;
  const ofCurrency = settings.wallets.filter((type) => findWallet(type).currency === currency);
  const keys = (wallet === null ? ofCurrency : [wallet]).map((type) => transferClaimKey(type, transactionId));
  return {
    id: wallet === null ? transactionId : `${wallet}:${transactionId}`,
    at,
    amount,
    currency,
    state: 'paid',
    evidenceIds: customTransactionId === null ? keys : [customTransactionId, ...keys],
    claims: keys.map((key) => ({ account, key })),
    attemptId: customTransactionId,
    foreign: false,
  };
}
