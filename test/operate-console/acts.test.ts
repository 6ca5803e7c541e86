/** What an act asks for, and the request that it becomes. */
import { assert } from '@open-wc/testing';
import { fieldsOf, firstTyped, lackOf, requestOf, type Typed } from '../../server/operate/console/acts.ts';
import { duration, money, readAmount } from '../../server/operate/console/format.ts';
import { whatChanged } from '../../server/operate/console/what-changed.ts';
import { anna, dispose, payment, recheck, refundByHand, resolveNotPaid, resolvePaid } from './support/operator-data.ts';

const typed = (changes: Partial<Typed> = {}): Typed => ({
  ...firstTyped(resolvePaid, payment()),
  note: 'Seen in the cabinet',
  ...changes,
});

describe('an amount that is typed in', () => {
  it('is read in the minor units of its currency', () => {
    assert.equal(readAmount('25', 'PLN'), 2_500);
    assert.equal(readAmount(' 25.5 ', 'PLN'), 2_550);
    assert.equal(readAmount('6000', 'MMK'), 600_000);
    assert.equal(readAmount('1.001', 'KWD'), 1_001);
    assert.equal(readAmount('12', 'JPY'), 12);
  });
  it('is refused where it could mean two things or has too many digits', () => {
    for (const [text, currency] of [
      ['1,000', 'PLN'],
      ['1 000', 'PLN'],
      ['1.005', 'PLN'],
      ['1.5', 'JPY'],
      ['-5', 'PLN'],
      ['', 'PLN'],
      ['1e3', 'PLN'],
      ['99999999999.00', 'PLN'],
    ] as const)
      assert.typeOf(readAmount(text, currency), 'string', text);
  });
  it('is written with the digits of its currency', () => {
    assert.equal(money(123_456_789, 'PLN'), '1,234,567.89\u00a0PLN');
    assert.equal(money(5, 'KWD'), '0.005\u00a0KWD');
    assert.equal(money(1_000_000_000_000, 'JPY'), '1,000,000,000,000\u00a0JPY');
  });
});

it('a time that something waits is said in its two largest units', () => {
  assert.deepEqual([5, 61, 8_040, 7_200, 183_600, 172_800].map(duration), [
    '5 s',
    '1 min',
    '2 h 14 min',
    '2 h',
    '2 d 3 h',
    '2 d',
  ]);
});

describe('an act becomes a request', () => {
  const bodyOf = (act: typeof resolvePaid, changes: Partial<Typed> = {}) => {
    const asked = requestOf(act, typed(changes), payment());
    assert.property(asked, 'request', JSON.stringify(asked));
    return 'request' in asked ? asked.request : null;
  };

  it('resolve paid: with the amount, what paid, the note and the version that was seen', () => {
    assert.deepEqual(bodyOf(resolvePaid, { amount: '5999.50', upstreamId: ' 1394 ' }), {
      route: 'resolve',
      body: {
        outcome: 'paid',
        attemptId: 'att_1',
        amount: 599_950,
        currency: 'MMK',
        upstreamId: '1394',
        note: 'Seen in the cabinet',
        version: 7,
      },
    });
  });
  it('resolve not paid: with the amount 0', () => {
    assert.deepEqual(bodyOf(resolveNotPaid), {
      route: 'resolve',
      body: { outcome: 'not_paid', attemptId: 'att_1', amount: 0, currency: 'MMK', note: 'Seen in the cabinet', version: 7 },
    });
  });
  it('an act that reads the payment service asks for a note only', () => {
    assert.deepEqual(fieldsOf({ ...resolvePaid, reads: true }, typed()), ['note']);
  });
  it('a return by hand: in the currency of the act', () => {
    assert.deepEqual(bodyOf(refundByHand, { amount: '25.00' }), {
      route: 'refund',
      body: { byHand: { amount: 2_500, currency: 'PLN', note: 'Seen in the cabinet' }, version: 7 },
    });
  });
  it('uncounted money: with what becomes of it, and the other payment', () => {
    assert.deepEqual(bodyOf(dispose, { disposition: 'moved', toPaymentId: 'pay_other' }), {
      route: 'dispose',
      body: {
        upstreamId: 'wave:1394646480',
        disposition: 'moved',
        toPaymentId: 'pay_other',
        note: 'Seen in the cabinet',
        version: 7,
      },
    });
  });
  it('a recheck: with nothing', () => {
    assert.deepEqual(bodyOf(recheck), { route: 'recheck', body: {} });
  });
  it('not before every field is right', () => {
    const mistakes = (act: typeof resolvePaid, changes: Partial<Typed>) => {
      const asked = requestOf(act, typed(changes), payment());
      return 'mistakes' in asked ? Object.keys(asked.mistakes) : [];
    };
    assert.deepEqual(mistakes(resolvePaid, { amount: '1,000', upstreamId: ' ', note: ' a ' }), ['amount', 'upstreamId', 'note']);
    assert.deepEqual(mistakes(resolvePaid, { amount: '0', upstreamId: 'x' }), ['amount']);
    assert.deepEqual(mistakes(dispose, {}), ['disposition']);
    assert.deepEqual(mistakes(dispose, { disposition: 'moved' }), ['toPaymentId']);
  });
});

it('what a key lacks is said before the press', () => {
  assert.isNull(lackOf(anna, 'accept'));
  assert.include(lackOf({ ...anna, role: 'read', scopes: [] }, 'recheck') ?? '', 'only read');
  assert.include(lackOf({ ...anna, scopes: ['resolve'] }, 'refund_by_hand') ?? '', '“refund”');
  assert.isNull(lackOf({ ...anna, scopes: [] }, 'recheck'));
});

it('what has changed is said in words', () => {
  assert.deepEqual(whatChanged(payment(), payment({ status: 'succeeded', amountPaid: 600_000, attempts: [] })), [
    'Status: Needs review → Paid',
    'Paid: 0.00\u00a0MMK → 6,000.00\u00a0MMK',
  ]);
});
