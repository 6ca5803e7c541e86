/** Every cell of the state table of a payment: the allowed events and their results, and that all others are refused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PaymentStatus } from '../../../server/contract/index.ts';
import { can, type PaymentEvent, transition } from '../../../server/payments/model/payment-state.ts';

const events: PaymentEvent[] = [
  'show_instructions',
  'submit',
  'request_action',
  'decline',
  'abandon',
  'discount',
  'cancel',
  'expire',
  'review',
  'paid_enough',
  'paid_partially',
  'paid_in_flight',
  'paid_unassigned',
  'accept',
  'refund',
  'refund_done',
  'refund_declined',
  'refund_declined_short',
  'returned',
  'reopen',
  'reverse',
  'resolve_paid',
  'resolve_paid_short',
  'resolve_not_paid',
  'resolve_not_paid_late',
  'resolve_returned',
];

/** The table once more, written by hand from the documents: `status event result`. */
const legal = `
open show_instructions awaiting_customer
open reopen needs_review
expired reopen needs_review
refunded reopen needs_review
refunded reverse needs_review
succeeded returned refunded
succeeded reopen needs_review
succeeded reverse needs_review
underpaid returned refunded
underpaid reopen needs_review
underpaid reverse needs_review
open submit processing
open discount open
open cancel canceled
open expire expired
open paid_enough succeeded
open paid_partially underpaid
open paid_unassigned needs_review
awaiting_customer submit processing
awaiting_customer decline open
awaiting_customer abandon open
awaiting_customer cancel canceled
awaiting_customer expire expired
awaiting_customer paid_enough succeeded
awaiting_customer paid_partially underpaid
awaiting_customer paid_unassigned needs_review
processing decline open
processing request_action awaiting_customer
processing review needs_review
processing paid_enough succeeded
processing paid_partially underpaid
processing paid_unassigned needs_review
processing paid_in_flight processing
needs_review resolve_paid succeeded
needs_review resolve_paid_short underpaid
needs_review accept succeeded
needs_review refund refunding
needs_review resolve_not_paid open
needs_review resolve_not_paid_late expired
needs_review resolve_returned refunded
needs_review paid_enough succeeded
needs_review paid_partially underpaid
needs_review paid_unassigned needs_review
succeeded refund refunding
succeeded paid_enough succeeded
succeeded paid_partially succeeded
succeeded paid_unassigned succeeded
underpaid accept succeeded
underpaid refund refunding
underpaid paid_enough succeeded
underpaid paid_partially underpaid
underpaid paid_unassigned needs_review
refunding refund_done refunded
refunding refund_declined succeeded
refunding refund_declined_short underpaid
refunding review needs_review
refunding paid_enough refunding
refunding paid_partially refunding
refunding paid_unassigned refunding
refunded paid_enough needs_review
refunded paid_partially needs_review
refunded paid_unassigned needs_review
canceled paid_enough succeeded
canceled paid_partially underpaid
canceled paid_unassigned needs_review
expired paid_enough succeeded
expired paid_partially underpaid
expired paid_unassigned needs_review
`;

const cells = new Map(
  legal
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([from, event, to]) => [`${from} ${event}`, to]),
);

describe('the life of a payment', () => {
  for (const from of PaymentStatus.options) {
    for (const event of events) {
      const to = cells.get(`${from} ${event}`);
      if (to) {
        it(`${from} –${event}→ ${to}`, () => {
          assert.equal(can(from, event), true);
          assert.equal(transition(from, event), to);
        });
      } else {
        it(`${from} cannot ${event}`, () => {
          assert.equal(can(from, event), false);
          assert.throws(() => transition(from, event), new RegExp(`${from} cannot ${event}`));
        });
      }
    }
  }

  it('ends no processing payment by expiry or on request', () => {
    for (const event of ['expire', 'cancel', 'abandon', 'show_instructions', 'submit'] as const)
      assert.equal(can('processing', event), false);
  });

  it('accepts money in every status', () => {
    for (const from of PaymentStatus.options) {
      for (const evidence of ['paid_enough', 'paid_partially', 'paid_unassigned'] as const)
        assert.ok(can(from, evidence), `${from} ${evidence}`);
    }
  });
});
