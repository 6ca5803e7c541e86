/** Every cell of the life of a payment: the legal moves and where they lead, and that all others are refused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PaymentStatus } from '../../../server/contract/index.ts';
import { can, type PaymentEvent, transition } from '../../../server/payments/model/payment-state.ts';

const events: PaymentEvent[] = [
  'start',
  'submit',
  'ask',
  'refuse',
  'abandon',
  'discount',
  'cancel',
  'expire',
  'review',
  'paid_enough',
  'paid_short',
  'paid_while_busy',
  'paid_doubtful',
  'accept',
  'refund',
  'refund_done',
  'refund_refused',
  'refund_refused_short',
  'resolve_paid',
  'resolve_not_paid',
  'resolve_not_paid_late',
  'resolve_returned',
];

/** Written down a second time, by hand, from the papers: `status event result`. */
const legal = `
open start awaiting_customer
open submit processing
open discount open
open cancel canceled
open expire expired
open paid_enough succeeded
open paid_short underpaid
open paid_doubtful needs_review
awaiting_customer submit processing
awaiting_customer refuse open
awaiting_customer abandon open
awaiting_customer cancel canceled
awaiting_customer expire expired
awaiting_customer paid_enough succeeded
awaiting_customer paid_short underpaid
awaiting_customer paid_doubtful needs_review
processing refuse open
processing ask awaiting_customer
processing review needs_review
processing paid_enough succeeded
processing paid_short underpaid
processing paid_doubtful needs_review
processing paid_while_busy processing
needs_review resolve_paid succeeded
needs_review resolve_not_paid open
needs_review resolve_not_paid_late expired
needs_review resolve_returned refunded
needs_review paid_enough succeeded
needs_review paid_short underpaid
needs_review paid_doubtful needs_review
succeeded refund refunding
succeeded paid_enough succeeded
succeeded paid_short succeeded
succeeded paid_doubtful succeeded
underpaid accept succeeded
underpaid refund refunding
underpaid paid_enough succeeded
underpaid paid_short underpaid
underpaid paid_doubtful needs_review
refunding refund_done refunded
refunding refund_refused succeeded
refunding refund_refused_short underpaid
refunding review needs_review
refunding paid_enough refunding
refunding paid_short refunding
refunding paid_doubtful refunding
refunded paid_enough needs_review
refunded paid_short needs_review
refunded paid_doubtful needs_review
canceled paid_enough succeeded
canceled paid_short underpaid
canceled paid_doubtful needs_review
expired paid_enough succeeded
expired paid_short underpaid
expired paid_doubtful needs_review
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

  it('ends no processing payment by time or by wish', () => {
    for (const event of ['expire', 'cancel', 'abandon', 'start', 'submit'] as const)
      assert.equal(can('processing', event), false);
  });

  it('takes money in every status', () => {
    for (const from of PaymentStatus.options) {
      for (const evidence of ['paid_enough', 'paid_short', 'paid_doubtful'] as const)
        assert.ok(can(from, evidence), `${from} ${evidence}`);
    }
  });
});
