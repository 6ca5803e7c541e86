/** Payme's list of what a cashbox was paid, as the daily comparison reads it. */
import type { Receipt } from '../../clients/payme/types.ts';
import type { Statement, StatementEntry, StatementSource } from '../../payments/model/statements.ts';
import { dayMs } from '../../payments/model/time.ts';
import { type CardAccount, type CardDeps, cardCurrency } from './account.ts';
import { callPayme } from './call-payme.ts';
import { readReceiptPage } from './list-receipts.ts';
import { currencyName } from './receipt.ts';

/** 50,000 receipts in one day are more than this is made for. */
const mostPages = 1_200;

export const cardStatements = (deps: CardDeps): StatementSource => ({
  source: 'payme',
  method: 'card',
  has: (merchantId) => deps.account(merchantId) !== null,
  async request(merchantId, from, to) {
    const account = deps.account(merchantId);
    return account && requestStatement(deps, account, from, to);
  },
  async find(merchantId, upstreamId) {
    const account = deps.account(merchantId);
    if (!account) return null;
    const { client, upstream } = account;
    const read = await callPayme(deps.observer, 'receipts.get', () => client.receiptsGet({ id: upstreamId }));
    if (read.kind === 'fault') return null;
    return (read.kind === 'ok' && toEntry(upstream, read.result)) || 'missing';
  },
});

/**
 * We do not know by which of a receipt's times Payme chooses, nor whether it includes the ends of a range, so the range is longer:
 * by the days before, in which a receipt may have been created that was paid in the range, and by the day after.
 */
async function requestStatement(
  { observer }: CardDeps,
  account: CardAccount,
  from: number,
  to: number,
): Promise<Statement | null> {
  const range = { from: from - 2 * dayMs, to: to + dayMs };
  const entries = new Map<string, StatementEntry>();
  let unreadable = 0;
  let offset = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const found = await readReceiptPage(observer, account, range, offset);
    if (!found) return null;
    for (const receipt of found.receipts) {
      const entry = toEntry(account.upstream, receipt);
      if (entry) entries.set(entry.id, entry);
    }
    unreadable += found.unreadable;
    if (found.next === null)
      return { upstream: account.upstream, entries: [...entries.values()], unreadable, coversBefore: true };
    offset = found.next;
  }
  throw new Error('a cashbox with more receipts than can be compared');
}

/** Our descriptions begin with the attempt's id. */
const attemptOf = ({ description }: Receipt): string | null => /^att_\w+/.exec(description)?.[0] ?? null;

/** Null for a receipt that was never paid. */
function toEntry(upstream: string, receipt: Receipt): StatementEntry | null {
  const { id, state, amount, currency, payTime, createTime, description } = receipt;
  const returned = (state === 21 || state === 50) && payTime > 0;
  if (state !== 4 && !returned) return null;
  const attemptId = attemptOf(receipt);
  return {
    id,
    at: payTime > 0 ? payTime : createTime,
    amount,
    currency: currency === cardCurrency.number ? cardCurrency.code : currencyName(currency),
    state: returned ? 'returned' : 'paid',
    evidenceIds: [id],
    claims: [{ account: upstream, key: `receipt:${id}` }],
    attemptId,
    // A receipt without a description may be ours.
    foreign: attemptId === null && description !== '',
  };
}
