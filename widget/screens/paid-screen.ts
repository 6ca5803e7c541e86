/** The screen of a payment that is paid, with its receipt; and the rows about a transfer, which other screens show too. */
import { html, nothing } from 'lit';
import type { AttemptView, PaymentView } from '#contract';
import { fill } from '../messages/format.ts';
import type { Messages } from '../messages/messages.ts';
import { amount, check, icon, referenceRow } from '../parts/page.ts';
import { backLink, discountRows, groupedRequisite, status } from '../parts/rows.ts';
import { fiscalReceiptUrl } from './fiscal-receipt.ts';
import { printReceipt } from './print-receipt.ts';
import type { ScreenContext } from './view-state.ts';

/** Paid, with a receipt. Of a pay code only its last characters are known. */
export const paidScreen = (context: ScreenContext) => {
  const { view, language, texts } = context;
  const { attempt, discountCode, paidAt, currency, reference } = view;
  const paid = view.amountPaid || view.due;
  const rows: [name: string, value: string][] = [
    [texts.to, view.merchantName],
    [texts.orderRow, view.orderId],
  ];
  if (view.discount) rows.push(...discountRows(view, language, texts));
  // A discount code that covers the whole amount has paid it, and no attempt has.
  if (attempt) rows.push([texts.with, paidWith(attempt, texts)]);
  else if (discountCode)
    rows.push([texts.with, paidWith({ method: 'pay_code', lastCharacters: discountCode.lastCharacters, transfer: null }, texts)]);
  rows.push(...transferRows(view, texts));
  const receiptRows = [...rows];
  if (paidAt) rows.push([texts.when, language.moment(paidAt)]);
  const covered = !paid && view.discount > 0;
  const title = covered ? texts.sms.covered : texts.titles.paid;
  const fiscal = fiscalReceiptUrl(view);
  const print = () =>
    printReceipt({
      lang: language.tag,
      title: texts.receipt,
      paid: title,
      when: paidAt ? `${language.moment(paidAt)} ${timeZone(paidAt)}` : '',
      amount: language.money(paid, currency),
      rows: [...receiptRows, [texts.reference, reference], ...(fiscal ? [[texts.fiscalReceipt, fiscal] as const] : [])],
    });
  const back = backLink(view.returnUrls.success, view.merchantName, texts);
  const part = back === nothing ? 'submit' : 'secondary';
  return html`${status(icon(check), 'good', title, view.paidLate ? texts.paidLate : '')}
    ${covered ? nothing : amount(paid, currency, language)}
    <slot name="success"></slot>
    ${referenceRow(
      reference,
      texts,
      rows.map(([name, value]) => [name, html`<bdi>${value}</bdi>`]),
      'receipt',
    )}
    ${back}
    ${fiscalReceipt(context)}
    <button part=${part} class=${part} type="button" @click=${print}>${texts.saveReceipt}</button>`;
};

/** On paper a time means nothing without its zone: `GMT+6:30`. */
const timeZone = (iso: string): string =>
  new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
    .formatToParts(new Date(iso))
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** It stays hidden until there is one. */
export const fiscalReceipt = (context: ScreenContext) =>
  html`<pay-fiscal-receipt hidden .context=${context}></pay-fiscal-receipt>`;

function paidWith(
  { method, lastCharacters, transfer }: Pick<AttemptView, 'method' | 'lastCharacters' | 'transfer'>,
  { methods }: Messages,
): string {
  if (transfer) return transfer.walletName;
  return lastCharacters ? `${methods[method]} ···· ${lastCharacters}` : methods[method];
}

/** Where a transfer was to go, and the number that was submitted, so that the customer can compare them with the wallet app. */
export function transferRows({ attempt }: PaymentView, { transfer: texts }: Messages): [name: string, value: string][] {
  if (!attempt?.transfer) return [];
  const { requisites, walletName } = attempt.transfer;
  const rows = requisites.map((requisite): [string, string] => [
    fill(texts.captions[requisite.key] ?? requisite.caption ?? requisite.key, { wallet: walletName }),
    groupedRequisite(requisite),
  ]);
  return attempt.submittedReference ? [...rows, [texts.number, attempt.submittedReference]] : rows;
}
