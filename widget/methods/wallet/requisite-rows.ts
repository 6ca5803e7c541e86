/** Where and how much to transfer, each with its copy button. The amount is copied as the app wants it: digits, and a point. */
import { html } from 'lit';
import { minorUnitDigits, type Transfer } from '#contract';
import { fill } from '../../messages/fill.ts';
import type { Language } from '../../messages/language.ts';

export function requisiteRows(action: Transfer, currency: string, { whole, money }: Language) {
  if (!whole) return '';
  const { captions, copy } = whole.transfer;
  const row = (name: string, value: string, shown = value) => html`<div part="requisite" class="requisite">
    <dt>${name}</dt>
    <dd>
      <pay-copy-row
        class="copy-row"
        data-value=${shown}
        .value=${value}
        .shown=${shown}
        .label=${fill(copy, { what: name })}
        .texts=${whole}
      ></pay-copy-row>
    </dd>
  </div>`;
  return html`<dl part="requisites" class="requisites">
    ${action.requisites.map(({ key, caption, value }) => row(fill(captions[key] ?? caption ?? key, { wallet: action.walletName }), value))}
    ${row(whole.amount, plain(action.amount, minorUnitDigits(currency)), money(action.amount, currency))}
  </dl>`;
}

/** `600000` of two digits is `6000`, `600050` is `6000.50`. */
function plain(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0');
  const [whole, rest] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return /^0*$/.test(rest) ? whole : `${whole}.${rest}`;
}
