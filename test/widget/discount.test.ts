/** Discount codes, and codes that are worth too much: the amount due is always shown, and nothing is lost without consent. */
import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import type { PaymentView } from '#contract';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { discounted, openPayment, paid, seen, transferring } from './support/payment-view.ts';

let bff: FakeBff;
let customer: PayDeskHarness;
const open = async (view: PaymentView, locale = 'en', theme: 'light' | 'dark' = 'light') => {
  sessionStorage.clear();
  bff = new FakeBff(view);
  customer = await PayDeskHarness.open(bff, { locale, theme });
  await customer.until(() => customer.root.querySelector('pay-discount:defined'), 'the discount’s part');
};
const moved = (view: Partial<PaymentView>) => () => HttpResponse.json(bff.move(view));
const click = async (words: string) => {
  await customer.until(() => customer.buttonNamed(words), words);
  customer.buttonNamed(words)?.click();
  await customer.checkout.updateComplete;
};
const large = () => customer.root.querySelector('[part=amount]')?.textContent?.trim();

describe('a discount', () => {
  it('is typed like any code: the new and the old amount are shown and announced before anything is charged', async () => {
    await open(openPayment());
    bff.replies.push(moved(discounted()));
    await customer.pay('SAVE10PC');
    await customer.until(() => large() === '22.50 PLN', 'the new amount');
    await customer.until(() => customer.polite === 'Discount applied. To pay: 22.50 PLN', 'the announcement');
    for (const fact of [
      'Amount 25.00 PLN',
      'Discount ···· 10PC −2.50 PLN',
      'Pay code for the remaining 22.50 PLN',
      'Pay 22.50 PLN',
    ])
      expect(customer.text).to.contain(fact);
    // The field is for the code that pays the rest.
    expect(customer.field.value).to.equal('');
    expect(customer.focused).to.equal(customer.field);
  });

  it('has its style sheet in a second checkout of the page, although the browser finds no idle moment', async () => {
    await open(discounted());
    const idle = window.requestIdleCallback;
    window.requestIdleCallback = () => 0;
    try {
      await open(discounted());
      await customer.until(() => customer.root.querySelector('.drop'), 'the button that removes it');
      expect(customer.root.querySelector<HTMLElement>('.drop')?.offsetHeight).to.be.at.least(44);
    } finally {
      window.requestIdleCallback = idle;
    }
  });

  it('is not announced again when the page is opened with it', async () => {
    await open(discounted());
    await customer.nothingMore();
    expect(customer.text).to.contain('22.50 PLN');
    expect(customer.polite).to.equal('');
  });

  it('can be removed while it is not used', async () => {
    await open(discounted());
    bff.replies.push(moved(openPayment()));
    await click('Remove discount');
    await customer.until(() => large() === '25.00 PLN', 'the whole amount');
    await customer.until(() => customer.polite === 'Discount removed. To pay: 25.00 PLN', 'the announcement');
    expect(bff.posts.map(({ method, path }) => [method, path])).to.deep.equal([['DELETE', '/checkout/discount']]);
    expect(customer.buttonNamed('Remove discount')).to.equal(undefined);
  });

  it('cannot be removed once it is used, and is shown with every form', async () => {
    await open(
      transferring({
        amount: 650_000,
        discount: 50_000,
        discountCode: { lastCharacters: '10PC', removable: false },
      }),
    );
    expect(customer.text).to.contain('6,500 MMK').and.contain('−500 MMK');
    expect(customer.buttonNamed('Remove discount')).to.equal(undefined);
  });

  it('that is being used is shown so, with the right amounts', async () => {
    await open(discounted());
    bff.replies.push(() => bff.refuse(409, { code: 'discount_taken', reference: 'req-1' }, {}));
    await click('Remove discount');
    await customer.until(() => customer.note.includes('already has a discount'), 'the words');
    expect(large()).to.equal('22.50 PLN');
  });

  it('that somebody else has used is dropped: the whole amount is due again, shown and announced', async () => {
    await open(discounted());
    bff.replies.push(() => bff.refuse(409, { code: 'discount_lost', reference: 'req-1' }, openPayment()));
    await customer.pay('GOOD0001');
    await customer.until(() => large() === '25.00 PLN', 'the whole amount');
    await customer.until(() => customer.text.includes('Discount removed. To pay: 25.00 PLN'), 'the words');
    expect(customer.note).to.contain('The discount code can’t be used any more');
    // The new code is not marked as wrong.
    expect([customer.field.value, customer.field.ariaInvalid]).to.deep.equal(['GOOD 0001', 'false']);
  });

  it('of the whole amount pays at once, and the receipt shows that nothing was to pay', async () => {
    await open(openPayment());
    const methods: (string | null)[] = [];
    customer.checkout.addEventListener('pay-success', ({ method }) => methods.push(method));
    // No attempt has paid it, only the discount code.
    bff.replies.push(moved({ ...discounted({ ...paid(), discount: 2500, due: 0, amountPaid: 0, attempt: null }) }));
    await customer.pay('SAVE100P');
    await customer.until(() => customer.has('receipt'), 'the receipt');
    expect(customer.heading).to.equal('Covered by your discount');
    expect(large()).to.equal(undefined);
    for (const fact of ['−25.00 PLN', 'Pay code ···· 10PC']) expect(customer.text).to.contain(fact);
    expect(methods).to.deep.equal(['pay_code']);
  });

  it('of the whole amount is followed to its end while it is being used', async () => {
    await open(discounted());
    bff.move({ discount: 2500, due: 0, nextAction: { kind: 'wait', reason: 'checking', since: new Date().toISOString() } });
    await customer.checkout.refresh();
    await customer.until(() => customer.heading === 'We are checking your payment', 'the check');
    await customer.until(() => bff.polls.length > 0, 'the long poll');
    bff.move({ ...paid(), amountPaid: 0 });
    await customer.until(() => customer.heading === 'Covered by your discount', 'success');
  });

  it('is on the receipt: amount, discount, paid', async () => {
    await open(openPayment());
    bff.move(discounted({ ...paid(), amountPaid: 2250 }));
    await customer.checkout.refresh();
    await customer.until(() => customer.has('receipt'), 'the receipt');
    expect(large()).to.equal('22.50 PLN');
    for (const fact of ['Amount25.00 PLN', 'Discount ···· 10PC−2.50 PLN']) expect(customer.text).to.contain(fact);
  });

  it('of another payment on the same page is not announced for this one', async () => {
    await open(openPayment());
    bff.view = discounted({ id: 'pay_another000000000' });
    customer.checkout.clientSecret = 'cs_test_2';
    Object.assign(bff, { secret: 'cs_test_2' });
    await customer.until(() => large() === '22.50 PLN', 'the other payment');
    await customer.nothingMore();
    expect(customer.polite).to.equal('');
  });
});

describe('a code that is worth more than is due', () => {
  const asking = async (locale = 'en', theme: 'light' | 'dark' = 'light') => {
    await open(openPayment({ nextAction: { kind: 'enter_code', excessConsent: true, canBuyBySms: true } }), locale, theme);
    bff.replies.push(() => bff.refuse(409, { code: 'code_value_too_high', field: 'code', reference: 'req-1' }));
    await customer.pay('RICH0001');
    await customer.until(() => customer.root.querySelector('.consent'), 'the question');
  };

  it('asks the customer in place, with what would be lost and two answers', async () => {
    await asking();
    // Question and buttons are drawn by two elements.
    await customer.until(() => customer.note.includes('If you use it'), 'the question in words');
    expect(customer.note).to.equal('This code is worth more than 25.00 PLN. If you use it, the rest is lost.');
    expect(customer.assertive).to.equal(customer.note);
    const shown = [...customer.root.querySelectorAll('button')].filter((button) => button.checkVisibility());
    expect(shown.map((button) => button.textContent?.trim())).to.deep.equal(['Use another code', 'Use it and lose the rest']);
  });

  it('is used with that consent, once', async () => {
    await asking();
    bff.replies.push(moved(paid()));
    await click('Use it and lose the rest');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(bff.posts.map(({ body }) => body)).to.deep.equal([
      { code: 'RICH0001', seen },
      { code: 'RICH0001', seen, acceptExcess: true },
    ]);
  });

  it('is not used by submitting it once more, nor by the page’s own button', async () => {
    await asking();
    const again = () =>
      bff.replies.push(() => bff.refuse(409, { code: 'code_value_too_high', field: 'code', reference: 'req-2' }));
    again();
    await customer.press('Enter');
    await customer.until(() => bff.posts.length === 2 && customer.root.querySelector('.consent'), 'the question again');
    again();
    await customer.checkout.submit();
    for (const { body } of bff.posts) expect(body).to.deep.equal({ code: 'RICH0001', seen });
  });

  it('can be replaced by another code, to which the consent does not apply', async () => {
    await asking();
    await click('Use another code');
    await customer.until(() => customer.field.value === '', 'the empty field');
    expect(customer.focused).to.equal(customer.field);
    await customer.until(() => !customer.root.querySelector('.consent'), 'the end of the question');
    await customer.pay('GOOD0001');
    await customer.until(() => bff.posts.length === 2, 'the other code');
    expect(bff.posts.at(-1)?.body).to.deep.equal({ code: 'GOOD0001', seen });
  });

  it('drops the question once another code is typed', async () => {
    await asking();
    await customer.type('9');
    await customer.until(() => !customer.root.querySelector('.consent'), 'the end of the question');
    expect(customer.button.checkVisibility()).to.equal(true);
  });

  it('is declined where the merchant does not accept it', async () => {
    await open(openPayment());
    bff.replies.push(() => bff.refuse(409, { code: 'code_value_too_high', field: 'code', reference: 'req-1' }));
    await customer.pay('RICH0001');
    await customer.until(() => customer.note.includes('so it was not used'), 'the refusal');
    expect(customer.root.querySelector('.consent')).to.equal(null);
  });

  for (const locale of ['en', 'my', 'ru', 'uz', 'pl'])
    for (const theme of ['light', 'dark'] as const)
      it(`asks accessibly, ${locale}, ${theme}`, async () => {
        await asking(locale, theme);
        await customer.rest();
        await expect(customer.checkout.parentElement).to.be.accessible({
          ignoredRules: ['region', 'page-has-heading-one', 'landmark-one-main'],
        });
      });
});
