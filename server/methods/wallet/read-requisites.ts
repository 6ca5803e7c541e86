/** What Paykassma says of where to transfer to, as rows to show. An open map: any key that we do not know is a caption. */
import type { Requisite, Transfer } from '#contract';
import type { Wallet } from './wallets/wallet.ts';

type Params = readonly (readonly [key: string, value: string | boolean | null])[];

const mostRows = 10;

/** Null where there is nothing to transfer to. */
export function readRequisites(
  params: Params,
  { captions, accountTypeHints }: Pick<Wallet, 'captions' | 'accountTypeHints'>,
): Pick<Transfer, 'requisites' | 'how' | 'exactAmount'> | null {
  const meta = new Map(params);
  const requisites: Requisite[] = [];
  for (const [key, value] of params) {
    if (key === 'is_check_amount' || key === 'account_type' || typeof value !== 'string') continue;
    const shown = plain(value, 200);
    const caption = plain(key, 60);
    const ours = Object.hasOwn(captions, key) ? captions[key] : undefined;
    if (shown !== '' && caption !== '') requisites.push(ours ? { key: ours, value: shown } : { key, caption, value: shown });
  }
  if (requisites.length === 0 || requisites.length > mostRows) return null;
  const kind = String(meta.get('account_type'));
  const how = accountTypeHints && Object.hasOwn(accountTypeHints, kind) ? accountTypeHints[kind] : undefined;
  return { requisites, ...(how && { how }), exactAmount: meta.get('is_check_amount') === true };
}

/** A text that cannot hide or turn round its neighbours; '' where it is longer than anything to be copied by hand. */
function plain(text: string, most: number): string {
  const clean = text.replace(/\p{C}/gu, '').trim();
  return clean.length <= most ? clean : '';
}
