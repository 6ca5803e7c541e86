/** A link that an operator makes opens the payment that they typed in. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLinkMaker } from '../../../server/links/make-link.ts';
import { parseLinkParameters, parseLinkPayment } from '../../../server/links/read-link.ts';
import { verifyLink } from '../../../server/links/signed-link.ts';
import type { ProblemError } from '../../../server/payments/model/errors.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const clock = createFakeClock();
const shop = { id: 'books', name: 'Books', test: true, allowedOrigins: [], returnUrls: {} };
const keys = [
  { kid: 'first', key: 'a-link-key-of-more-than-32-characters' },
  { kid: 'next', key: 'another-link-key-of-more-than-32-signs' },
];
const merchants = new Map([
  ['books', { ...shop, linkKeys: keys }],
  ['rival', { ...shop, id: 'rival', linkKeys: [] }],
]);
const makeLink = createLinkMaker({ merchants, clock, publicUrl: new URL('https://pay.example/ignored') });
const make = (changes: Partial<Parameters<typeof makeLink>[0]> = {}) =>
  makeLink({ merchant: 'books', orderId: 'A-17/é', label: 'customer 7', amount: 250_000, currency: 'PLN', ...changes });
const read = (link: string) => parseLinkParameters(new URL(link).search.slice(1));

it('the link is signed by the first key, opens for a day, and is for what was typed', () => {
  const { link, expiresAt } = make();
  assert.ok(link.startsWith('https://pay.example/plugin/?merchant=books&kid=first&'), link);
  const merchant = verifyLink(merchants, read(link), clock.now());
  const { orderId, label, amount, currency } = parseLinkPayment(merchant, read(link));
  assert.deepEqual(
    { orderId, label, amount, currency },
    { orderId: 'A-17/é', label: 'customer 7', amount: 250_000, currency: 'PLN' },
  );
  assert.equal(Date.parse(expiresAt), (Math.floor(clock.now() / 1000) + 86_400) * 1000);
  assert.throws(() => verifyLink(merchants, read(link), Date.parse(expiresAt)), { code: 'payment_expired' });
});

it('a currency without fractions keeps its zeros', () => {
  const { link } = make({ amount: 2_500, currency: 'JPY', expiresIn: 60 });
  assert.equal(read(link).get('fixed_amount'), '2500');
});

it('a fraction of a unit, and a merchant without a link key, are refused by name', () => {
  for (const [wrong, field] of [
    [{ amount: 250_050 }, 'amount'],
    [{ amount: 50 }, 'amount'],
    [{ merchant: 'rival' }, 'merchant'],
    [{ merchant: 'nobody' }, 'merchant'],
  ] as const)
    assert.throws(
      () => make(wrong),
      (error: ProblemError) => error.code === 'invalid_request' && error.extras.field === field,
    );
});
