/** Paid, with a receipt. Shown only for what the BFF proved; the code itself is gone by now, but for its last signs. */
import { html } from 'lit';
import { backLink } from '../parts/back-link.ts';
import { details } from '../parts/details.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import type { ScreenContext } from './screen.ts';

export const paidScreen = ({ view, language }: ScreenContext) => {
  const { texts } = language;
  const { attempt } = view;
  const paid = view.amountPaid || view.due;
  return html`${status({ sign: 'check', tone: 'good', title: texts.paidTitle, ...(view.late && { text: texts.paidLate }) })}
    <p part="amount" class="amount centred"><span>${language.amount(paid, view.currency)}</span> <span class="currency">${view.currency}</span></p>
    <slot name="success"></slot>
    ${details('receipt', [
      [texts.to, html`<bdi>${view.merchantName}</bdi>`],
      [texts.orderRow, html`<bdi>${view.orderId}</bdi>`],
      ...(attempt
        ? [[texts.with, `${texts.methods[attempt.method]}${attempt.tail ? ` ···· ${attempt.tail}` : ''}`] as const]
        : []),
      ...(view.paidAt ? [[texts.when, language.moment(view.paidAt)] as const] : []),
      referenceRow(view.reference, texts),
    ])}
    <div class="actions">${backLink(view.returnUrls.success, view.merchantName, texts)}</div>`;
};
