/** Paid, with a receipt. Shown only for what the BFF proved; the code itself is gone by now, but for its last signs. */
import { html } from 'lit';
import { amount } from '../parts/amount.ts';
import { backLink } from '../parts/back-link.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import type { ScreenContext } from './screen-context.ts';

export const paidScreen = ({ view, language }: ScreenContext) => {
  const { texts } = language;
  const { attempt, paidAt } = view;
  const rows: [string, unknown][] = [
    [texts.to, html`<bdi>${view.merchantName}</bdi>`],
    [texts.orderRow, html`<bdi>${view.orderId}</bdi>`],
  ];
  if (attempt) rows.push([texts.with, `${texts.methods[attempt.method]}${attempt.tail ? ` ···· ${attempt.tail}` : ''}`]);
  if (paidAt) rows.push([texts.when, language.moment(paidAt)]);
  return html`${status('check', 'good', texts.titles.paid, view.late ? texts.paidLate : '')}
    ${amount(view.amountPaid || view.due, view.currency, language)}
    <slot name="success"></slot>
    ${referenceRow(view.reference, texts, rows, 'receipt')}
    ${backLink(view.returnUrls.success, view.merchantName, texts)}`;
};
