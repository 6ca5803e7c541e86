/** Where and how much to transfer, each with its copy button. The amount is copied as the app wants it. */
import { html } from 'lit';
import type { Transfer } from '#contract';
import { fill } from '../../messages/fill.ts';
import type { Language } from '../../messages/language.ts';
import { plainAmount } from '../../messages/plain-amount.ts';
import { requisiteRow } from '../../parts/rows.ts';

export function requisiteRows(action: Transfer, currency: string, { whole, money }: Language) {
  if (!whole) return '';
  const { captions } = whole.transfer;
  const nameOf = ({ key, caption }: Transfer['requisites'][number]) =>
    fill(captions[key] ?? caption ?? key, { wallet: action.walletName });
  return html`<dl part="requisites" class="requisites">
    ${action.requisites.map((requisite) => requisiteRow(nameOf(requisite), requisite.value, whole))}
    ${requisiteRow(whole.amount, plainAmount(action.amount, currency), whole, money(action.amount, currency))}
  </dl>`;
}
