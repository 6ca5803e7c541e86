/** Which wallets are on, and where to pay to. */
import * as z from 'zod';
import { fail, invalid, noWallet, type Outcome, type World } from './outcome.ts';
import { findAccount, type WalletAccount, walletAccounts } from './wallet-account.ts';

const Available = z.object({ currency_code: z.array(z.string().length(3)).min(1), label: z.string().min(1).max(190) });

export function available(query: unknown, { off }: World): Outcome {
  const asked = Available.safeParse(query);
  if (!asked.success) return invalid(asked.error);
  const codes = asked.data.currency_code;
  const wallets = walletAccounts.flatMap((account, index) =>
    off.has(account.type) || !codes.includes(account.currency) ? [] : wireWallet(account, index + 1),
  );
  return {
    status: 200,
    body: { status: 'ok', params: { currency_data: codes.map((code) => ({ code, symbol: code })), wallets } },
  };
}

const wireWallet = ({ type, currency, name, isManual }: WalletAccount, order: number) => ({
  type,
  currency_code: currency,
  order,
  logo: `https://paykassma.example/${type}.png`,
  name,
  is_manual: isManual,
  uploading_payment_bill: isManual,
});

const Create = z.object({ currency: z.string().length(3), label: z.string().min(1).max(190) });

export function create(wallet: string, body: unknown, { off }: World): Outcome {
  const asked = Create.safeParse(body);
  if (!asked.success) return invalid(asked.error);
  const account = findAccount(wallet);
  if (!account || off.has(account.type) || account.currency !== asked.data.currency) return fail(noWallet);
  if (asked.data.label === 'no-requisites') return fail('There are no active end accounts');
  return { status: 200, body: { status: 'ok', params: { ...account.params } } };
}
