/** Paid, with a receipt. Shown only for what the BFF proved; the code itself is gone by now, but for its last signs. */
import { html } from 'lit';
import type { AttemptView } from '#contract';
import type { Messages } from '../messages/messages.ts';
import { amount } from '../parts/amount.ts';
import { backLink } from '../parts/back-link.ts';
import { discountRows } from '../parts/discount-rows.ts';
import { icon } from '../parts/icons.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import { check } from '../parts/status-icons.ts';
import { printReceipt } from './print-receipt.ts';
import type { ScreenContext } from './screen-context.ts';
import { transferRows } from './transfer-rows.ts';

export const paidScreen = ({ view, language, texts }: ScreenContext) => {
  const { attempt, paidAt, currency, reference } = view;
  const paid = view.amountPaid || view.due;
  const rows: [name: string, value: string][] = [
    [texts.to, view.merchantName],
    [texts.orderRow, view.orderId],
  ];
  if (view.discount) rows.push(...discountRows(view, language, texts));
  if (attempt) rows.push([texts.with, withWhat(attempt, texts)]);
  rows.push(...transferRows(view, texts));
  if (paidAt) rows.push([texts.when, language.moment(paidAt)]);
  const print = () =>
    printReceipt({
      lang: language.tag,
      title: texts.receipt,
      amount: language.money(paid, currency),
      rows: [...rows, [texts.reference, reference]],
    });
  return html`${status(icon(check), 'good', texts.titles.paid, view.late ? texts.paidLate : '')}
    ${amount(paid, currency, language)}
    <slot name="success"></slot>
    ${referenceRow(
      reference,
      texts,
      rows.map(([name, value]) => [name, html`<bdi>${value}</bdi>`]),
      'receipt',
    )}
    <button part="secondary" class="secondary" type="button" @click=${print}>${texts.saveReceipt}</button>
    ${backLink(view.returnUrls.success, view.merchantName, texts)}`;
};

function withWhat({ method, tail, transfer }: AttemptView, { methods }: Messages): string {
  if (transfer) return transfer.walletName;
  return tail ? `${methods[method]} ···· ${tail}` : methods[method];
}
