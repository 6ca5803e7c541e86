/** What a payment's page says besides the timeline: the head with the sums, the attempts, the money, the decisions and refunds. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Payment } from '#contract';
import type { PaymentDetail } from '#contract/operate';
import { money } from '../format.ts';
import { addressOf, paymentAddress } from '../route.ts';
import { attemptStatuses, dispositions, inWords, methods, personOf, statuses } from '../words.ts';
import './copy-value.ts';
import { pill, time } from './element.ts';

export function headOf({ payment, merchantId }: PaymentDetail): TemplateResult {
  const { currency, due, amount, discount, amountPaid, amountRefunded, acceptedAmount } = payment;
  const sum = (name: string, value: number, tone = 'quiet') =>
    html`<div data-tone=${tone}><dt>${name}</dt><dd>${money(value, currency)}</dd></div>`;
  const paidTone = amountPaid === 0 ? 'quiet' : amountPaid < due ? 'bad' : amountPaid > due ? 'warn' : 'good';
  return html`<div class="payment-head">
    <div class="payment-title">
      <h1 tabindex="-1"><span class="unseen">Payment </span><copy-value .value=${payment.reference} .what=${'reference'}></copy-value></h1>
      ${pill(statuses[payment.status])} ${payment.test ? html`<span class="tag">test</span>` : nothing}
      ${payment.paidLate ? html`<span class="tag">paid late</span>` : nothing}
    </div>
    <dl class="sums">
      ${sum('Due', due)} ${discount > 0 ? html`${sum('Price', amount)} ${sum('Discount', discount)}` : nothing}
      ${sum('Paid', amountPaid, paidTone)}
      ${acceptedAmount === undefined ? nothing : sum('Accepted', acceptedAmount)}
      ${amountRefunded > 0 ? sum('Returned', amountRefunded) : nothing}
    </dl>
    <dl class="facts">
      <div><dt>Merchant</dt><dd>${merchantId}</dd></div>
      <div><dt>Order</dt><dd><copy-value .value=${payment.orderId} .what=${'order'}></copy-value></dd></div>
      <div><dt>Customer</dt><dd><copy-value .value=${payment.label} .what=${'customer'}></copy-value></dd></div>
      <div><dt>Payment id</dt><dd><copy-value .value=${payment.id} .what=${'payment id'}></copy-value></dd></div>
    </dl>
    ${
      payment.orderAlreadyPaidBy
        ? html`<p class="notice" data-tone="bad">The order was paid before, by <a href=${paymentAddress(payment.orderAlreadyPaidBy)}>another payment</a>.</p>`
        : nothing
    }
  </div>`;
}

export function recordsOf(payment: Payment): TemplateResult {
  const { attempts, evidence, decisions, refunds } = payment;
  return html`${section('Money that came', evidence.length, evidenceList(payment))}
    ${section('Decisions', decisions.length, decisionList(payment))} ${section('Refunds', refunds.length, refundList(payment))}
    ${section('Attempts', attempts.length, attemptList(payment))}`;
}

const section = (title: string, size: number, content: TemplateResult) =>
  size === 0 ? nothing : html`<section class="card"><h2>${title}</h2>${content}</section>`;

const evidenceList = ({ evidence }: Payment) =>
  html`<ul class="records">
    ${evidence.map(
      ({ amount, currency, counted, method, upstreamId, takenAt, disposition, movedTo, reportedBy }) =>
        html`<li>
          <p class="record-line"><b>${money(amount, currency)}</b> ${methods[method]} ${counted ? nothing : pill({ words: 'Not counted', tone: 'bad' })}</p>
          <p class="record-meta">${time(takenAt)} · <copy-value .value=${upstreamId} .what=${'id at the payment service'}></copy-value></p>
          ${
            disposition
              ? html`<p class="record-meta">Decided: ${dispositions[disposition].toLowerCase()}${
                  movedTo ? html` (<a href=${paymentAddress(movedTo)}>the other payment</a>)` : nothing
                }</p>`
              : nothing
          }
          ${reportedBy ? html`<p class="record-meta">${reporters[reportedBy]}</p>` : nothing}
        </li>`,
    )}
  </ul>`;

const reporters = {
  shop: 'Reported by the shop after a restore, and not by the payment service',
  operator: 'Its amount was typed in by an operator',
} as const;

const outcomes = { paid: 'Paid', not_paid: 'Not paid', returned: 'Returned', accepted: 'Accepted as enough' } as const;

const decisionList = ({ decisions }: Payment) =>
  html`<ul class="records">
    ${decisions.map(
      ({ outcome, amount, currency, decidedBy, decidedAt, note, supersededAt }) =>
        html`<li data-over=${supersededAt ? 'true' : 'false'}>
          <p class="record-line"><b>${outcomes[outcome]}</b>${outcome === 'not_paid' ? nothing : html` ${money(amount, currency)}`}
            ${supersededAt ? pill({ words: 'No longer counts', tone: 'quiet' }) : nothing}</p>
          <p class="record-meta">${time(decidedAt)} · ${personOf(decidedBy)}</p>
          <p class="quote">${note}</p>
        </li>`,
    )}
  </ul>`;

const refundStatuses = {
  running: { words: 'Running', tone: 'warn' },
  done: { words: 'Done', tone: 'good' },
  declined: { words: 'Declined', tone: 'bad' },
  needs_review: { words: 'Needs review', tone: 'bad' },
} as const;

const refundList = ({ refunds }: Payment) =>
  html`<ul class="records">
    ${refunds.map(
      ({ amount, currency, how, status, requestedBy, requestedAt, reference, note }) =>
        html`<li>
          <p class="record-line"><b>${money(amount, currency)}</b> ${how === 'by_hand' ? 'by hand' : 'by the payment service'} ${pill(refundStatuses[status])}</p>
          <p class="record-meta">${time(requestedAt)} · ${personOf(requestedBy)}${reference ? html` · <copy-value .value=${reference} .what=${'reference'}></copy-value>` : nothing}</p>
          ${note ? html`<p class="quote">${note}</p>` : nothing}
        </li>`,
    )}
  </ul>`;

const attemptList = ({ attempts }: Payment) =>
  html`<ul class="records">
    ${attempts.map(
      ({ method, status, startedAt, endedAt, lastCharacters, submittedReference }) =>
        html`<li>
          <p class="record-line"><b>${methods[method]}</b>${lastCharacters ? html` …${lastCharacters}` : nothing}: ${attemptStatuses[status]}</p>
          <p class="record-meta">${time(startedAt)}${endedAt ? html` to ${time(endedAt)}` : nothing}</p>
          ${submittedReference ? html`<p class="record-meta">Transaction number <copy-value .value=${submittedReference} .what=${'transaction number'}></copy-value></p>` : nothing}
        </li>`,
    )}
  </ul>`;

/** What is needed seldom. */
export function detailsOf({ payment }: PaymentDetail): TemplateResult {
  const { description, createdAt, expiresAt, paidAt, metadata, methods: offered } = payment;
  const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<details class="card more-facts">
    <summary>More about it</summary>
    <dl class="facts">
      ${description ? fact('Description', description) : nothing} ${fact('Created', time(createdAt))} ${fact('Expires', time(expiresAt))}
      ${paidAt ? fact('Paid', time(paidAt)) : nothing} ${fact('Offered', offered.map((method) => methods[method]).join(', '))}
      ${Object.entries(metadata).map(([name, value]) => fact(`Metadata: ${inWords(name)}`, value))}
      ${fact('Webhooks', html`<a href=${addressOf('webhooks', null, { payment: payment.id })}>What the shop was sent</a>`)}
    </dl>
  </details>`;
}
