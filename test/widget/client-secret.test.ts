/** Where the client secret comes from and how long it is kept, and what the console tells the page's developer where it is none. */
import { expect } from '@open-wc/testing';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';

/** What was written to the console while the work ran. */
async function errorsOf(work: () => Promise<unknown>): Promise<unknown[][]> {
  const { error } = console;
  const written: unknown[][] = [];
  console.error = (...words) => void written.push(words);
  try {
    await work();
  } finally {
    console.error = error;
  }
  return written;
}

/** A checkout whose page is asked for the secret; `asked` counts how often. */
async function placeAsking(bff: FakeBff, fetchClientSecret: () => unknown) {
  const customer = await PayDeskHarness.place(bff, { clientSecret: null });
  const page = { customer, asked: 0 };
  customer.checkout.fetchClientSecret = (() => {
    page.asked += 1;
    return fetchClientSecret();
  }) as () => Promise<string>;
  return page;
}

describe('the secret of fetchClientSecret', () => {
  const failure = new Error('404 Not Found');
  for (const [what, fetchClientSecret, words] of [
    ['fails', () => Promise.reject(failure), ['Pay Desk: fetchClientSecret failed:', failure]],
    [
      'throws at once',
      () => {
        throw failure;
      },
      ['Pay Desk: fetchClientSecret failed:', failure],
    ],
    ['returns undefined', async () => undefined, ['Pay Desk: fetchClientSecret returned undefined, not a client secret']],
    ['returns nothing in it', async () => '', ['Pay Desk: fetchClientSecret returned "", not a client secret']],
    [
      'returns the whole answer',
      async () => ({ clientSecret: 'cs_1' }),
      ['Pay Desk: fetchClientSecret returned object, not a client secret'],
    ],
  ] as const)
    it(`is missed in the console where it ${what}`, async () => {
      const bff = new FakeBff();
      const written = await errorsOf(async () => {
        const { customer } = await placeAsking(bff, fetchClientSecret);
        await customer.until(() => customer.checkout.error?.code === 'network', 'the words');
      });
      expect(written[0]).to.deep.equal(words);
      expect(JSON.stringify(written)).to.not.contain('cs_1');
    });

  it('is asked for again where none was obtained', async () => {
    const bff = new FakeBff();
    const answers = [undefined, bff.secret];
    await errorsOf(async () => {
      const page = await placeAsking(bff, async () => answers.shift());
      await page.customer.until(() => page.customer.has('submit'), 'another try');
      await page.customer.click();
      await page.customer.until(() => page.customer.has('input'), 'the field');
      expect(page.asked).to.equal(2);
    });
  });

  it('is kept while there is no connection, however often it is tried again, and when the checkout moves on the page', async () => {
    const bff = new FakeBff();
    bff.unreachable = true;
    const page = await placeAsking(bff, async () => bff.secret);
    const { customer } = page;
    await customer.until(() => customer.has('submit'), 'another try');
    await customer.click();
    window.dispatchEvent(new Event('online'));
    await customer.until(() => bff.reads.length >= 3, 'three tries');
    bff.unreachable = false;
    await customer.checkout.refresh();
    await customer.until(() => customer.has('input'), 'the field');
    const before = bff.reads.length;
    customer.checkout.parentElement?.append(customer.checkout);
    await customer.until(() => bff.reads.length > before, 'another read');
    expect(page.asked).to.equal(1);
  });
});

describe('a client secret of no payment', () => {
  for (const [secret, words] of [
    [
      'cs_unknown',
      `Pay Desk: ${location.origin} knows no payment of this client secret. Is it the clientSecret of POST /v1/payments, from this server?`,
    ],
    ['undefined', 'Pay Desk: the client secret is "undefined". Expected the clientSecret of POST /v1/payments.'],
    ['null', 'Pay Desk: the client secret is "null". Expected the clientSecret of POST /v1/payments.'],
  ] as const)
    it(`is told once in the console: ${secret}`, async () => {
      const written = await errorsOf(async () => {
        const customer = await PayDeskHarness.open(new FakeBff(), { clientSecret: secret });
        await customer.until(() => customer.heading === 'We can’t open this payment', 'the refusal');
        customer.checkout.requestUpdate();
        await customer.checkout.updateComplete;
      });
      expect(written).to.deep.equal([[words]]);
    });

  it('is told where it is empty', async () => {
    const written = await errorsOf(async () => {
      const customer = await PayDeskHarness.place(new FakeBff(), { clientSecret: '' });
      await customer.nothingMore();
    });
    expect(written).to.deep.equal([['Pay Desk: the client secret is empty']]);
  });
});
