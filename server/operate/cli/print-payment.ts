/** A payment for people: what it is now, what happened to it, and what can be done about it. */

import type { Payment } from '#contract';
import type { PaymentDetail, PossibleAct } from '#contract/operate';
import { formatAmount } from './amounts.ts';
import { printFacts, printTable } from './table.ts';
import { bold, print, printable } from './terminal.ts';
import { formatTime } from './times.ts';

/** @param withFacts also the facts of each line of the timeline: ids, amounts, statuses */
export function printPayment({ payment, merchantId, timeline, acts, approvals, flags }: PaymentDetail, withFacts: boolean): void {
  const money = (amount: number) => formatAmount(amount, payment.currency);
  print(bold(`${payment.reference}  ${payment.status}${payment.test ? '  (test: no real money)' : ''}`));
  printFacts([
    ['id', payment.id],
    ['merchant', merchantId],
    ['order', payment.orderId],
    ['label', payment.label],
    ['description', payment.description],
    ['due', money(payment.due) + (payment.discount > 0 ? ` (${money(payment.amount)} less a discount)` : '')],
    ['paid', money(payment.amountPaid) + (payment.paidLate ? ', late' : '')],
    ['returned', payment.amountRefunded > 0 ? money(payment.amountRefunded) : null],
    ['version', String(payment.version)],
    ...payment.attempts.flatMap(({ id, method, status, submittedReference }) =>
      submittedReference === null ? [] : [['submitted number', `${submittedReference} (${method}, ${status}, ${id})`] as const],
    ),
    ['order already paid by', payment.orderAlreadyPaidBy ?? null],
  ]);
  print('');
  printTimeline(timeline, withFacts);
  printOpen({ approvals, flags });
  print('');
  print(bold(acts.length > 0 ? 'What can be done' : 'Nothing can be done about it.'));
  for (const act of acts) print(actLines(act).join('\n'));
}

function printTimeline(timeline: PaymentDetail['timeline'], withFacts: boolean): void {
  printTable(
    [
      { title: 'time (UTC)', value: ({ at }) => formatTime(at) },
      { title: 'of', value: ({ kind }) => kind },
      { title: 'what happened', value: ({ title, data }) => (withFacts ? `${title}  ${factsOf(data)}` : title), flexible: true },
    ],
    timeline,
    'Nothing has happened yet.',
  );
}

const factsOf = (data: PaymentDetail['timeline'][number]['data']): string =>
  Object.entries(data)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

function printOpen({ approvals, flags }: Pick<PaymentDetail, 'approvals' | 'flags'>): void {
  for (const { id, summary, requestedBy, note } of approvals.filter(({ status }) => status === 'pending')) {
    print(`\n${bold('Waits for a second person')}: ${printable(summary)}`);
    print(`  requested by ${printable(requestedBy)}: ${printable(note)}`);
    print(`  pay-desk approvals confirm ${id} --note "…"`);
  }
  for (const { id, reason } of flags.filter(({ closedAt }) => closedAt === null)) {
    print(`\n${bold('Flag')}: ${printable(reason)}`);
    print(`  pay-desk flags close ${id} --note "…"`);
  }
}

/** An act in words: what will happen, and what cannot be undone. */
export function actLines({ act, title, consequence, irreversible, attemptId, upstreamId, ...rest }: PossibleAct): string[] {
  const amount = rest.amount === undefined ? null : formatAmount(rest.amount, rest.currency ?? null);
  const about = [attemptId && `attempt ${attemptId}`, upstreamId && `money ${upstreamId}`, amount].filter(Boolean).join(', ');
  return [
    `  ${printable(title)} (${act})${about && `: ${printable(about)}`}`,
    `    ${printable(consequence)}`,
    ...(irreversible === null ? [] : [`    What cannot be undone: ${printable(irreversible)}`]),
    ...(rest.secondPerson ? ['    A second person has to confirm it.'] : []),
  ];
}

/** A payment in one line, before somebody decides about it. */
export const paymentLine = (payment: Payment): string => {
  const paid = formatAmount(payment.amountPaid, payment.currency);
  const facts = [
    payment.reference,
    `order ${payment.orderId}`,
    payment.status,
    `${formatAmount(payment.due, payment.currency)} due, ${paid} paid`,
    `version ${payment.version}`,
  ];
  return printable(facts.join(' · '));
};
