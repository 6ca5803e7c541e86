/** Paying with a code: one submit is one request with one result; and what is kept when it fails. */
import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import { FakeBff, problemResponse } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { checking, openPayment, paid, refused, seen } from './support/payment-view.ts';

describe('paying', () => {
  let bff: FakeBff;
  let customer: PayDeskHarness;
  beforeEach(async () => {
    sessionStorage.clear();
    bff = new FakeBff();
    customer = await PayDeskHarness.open(bff);
  });

  const succeed = () => HttpResponse.json(bff.move(paid()));
  const misses = () => bff.refuse(422, { code: 'code_invalid', reference: 'req-1' }, refused('code_invalid'));

  it('sends the code without separators, with the client secret and an Idempotency-Key', async () => {
    bff.replies.push(succeed);
    await customer.pay('good 0001');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(bff.posts).to.have.length(1);
    const [sent] = bff.posts;
    expect(sent?.path).to.equal('/checkout/pay-code');
    expect(sent?.body).to.deep.equal({ code: 'GOOD0001', seen });
    expect(sent?.secret).to.equal(bff.secret);
    expect(sent?.key).to.have.length.above(20);
  });

  it('shows a receipt, with the last characters of the code only', async () => {
    bff.replies.push(succeed);
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('receipt'), 'the receipt');
    for (const fact of ['25.00 PLN', 'Nova Books', '10482', 'Pay code ···· 0001', 'PD-7Q4K-19TZ'])
      expect(customer.text).to.contain(fact);
    const back = customer.root.querySelector<HTMLAnchorElement>('a[part=submit]');
    expect(back?.textContent).to.equal('Back to Nova Books');
    expect(back?.href).to.equal('https://shop.example/thanks');
    expect(customer.root.innerHTML).to.not.contain('GOOD');
  });

  it('shows on the button the amount it will charge', () => {
    expect(customer.button.querySelector('.idle')?.textContent).to.equal('Pay 25.00\u00a0PLN');
  });

  it('sends once for a double click, and for Enter and a click', async () => {
    let answer = () => {};
    bff.replies.push(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(misses());
        }),
    );
    await customer.type('GOOD0001');
    customer.button.click();
    customer.button.click();
    await customer.press('Enter');
    await customer.until(() => bff.posts.length > 0, 'the request');
    await customer.click();
    await customer.nothingMore();
    expect(bff.posts).to.have.length(1);
    answer();
    await customer.until(() => customer.has('error'), 'the answer');
    await customer.nothingMore();
    expect(bff.posts).to.have.length(1);
  });

  it('keeps field and focus while the code is checked, and announces the check', async () => {
    bff.replies.push(() => new Promise(() => {}));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.button.getAttribute('aria-disabled') === 'true', 'a busy button');
    expect(customer.focused).to.equal(customer.field);
    expect(customer.field.readOnly).to.be.true;
    expect(customer.polite).to.equal('Checking your code…');
    expect(customer.checkout.matches(':state(busy)')).to.be.true;
  });

  it('shows a decline in place: the reason, what to do, the typed code kept and focused', async () => {
    bff.replies.push(misses);
    await customer.type('GOOD0001');
    customer.button.focus();
    await customer.click();
    await customer.until(() => customer.has('error'), 'the refusal');
    expect(customer.note).to.contain('nothing was charged').and.to.contain('Check O/0 and I/1');
    expect(customer.field.value).to.equal('GOOD 0001');
    expect(customer.field.getAttribute('aria-invalid')).to.equal('true');
    expect(customer.focused).to.equal(customer.field);
    expect(customer.assertive).to.equal(customer.note);
  });

  it('keeps the typed code when the language changes', async () => {
    bff.replies.push(misses);
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('error'), 'the refusal');
    customer.checkout.locale = 'my';
    await customer.until(() => customer.note.replaceAll('\u2060', '').includes('ငွေ မဖြတ်ထားပါ'), 'Burmese');
    expect(customer.field.value).to.equal('GOOD 0001');
    customer.checkout.locale = 'en';
    await customer.until(() => customer.note.includes('nothing was charged'), 'English');
    expect(customer.field.value).to.equal('GOOD 0001');
  });

  it('keeps the typed code when it is refused after a while of checking', async () => {
    bff.replies.push(() => HttpResponse.json(bff.move(checking())));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'We are checking your payment', 'checking');
    bff.move(refused());
    await customer.until(() => customer.has('error'), 'the refusal');
    expect(customer.field.value).to.equal('GOOD 0001');
    expect(customer.note).to.contain('already been used');
  });

  it('locks the button with a countdown after too many wrong codes, and unlocks it again', async () => {
    const soon = new Date(Date.now() + 1500).toISOString();
    bff.replies.push(() => bff.refuse(429, { code: 'too_many_attempts', retryAt: soon, reference: 'req-2' }));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('countdown'), 'the countdown');
    expect(customer.button.disabled).to.be.true;
    expect(customer.button.querySelector('.idle')?.textContent).to.match(/Try again in 0:0[12]/);
    await customer.press('Enter');
    expect(bff.posts).to.have.length(1);
    await customer.until(() => !customer.button.disabled, 'the end of the countdown');
    await customer.until(() => customer.polite === 'You can try again now.', 'a word about it');
  });

  it('shows a reference to quote where the code is not the cause', async () => {
    bff.replies.push(() => bff.refuse(503, { code: 'provider_unavailable', reference: 'req-77' }));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('error'), 'the fault');
    expect(customer.text).to.contain('req-77');
    expect(customer.field.getAttribute('aria-invalid')).to.equal('false');
  });

  it('is red only where the code is at fault', async () => {
    const colour = () => getComputedStyle(customer.root.querySelector('[part=error]') as Element).color;
    bff.replies.push(() => bff.refuse(422, { code: 'code_invalid', reference: 'r' }));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('error'), 'the refusal');
    const red = colour();
    bff.replies.push(() => bff.refuse(503, { code: 'provider_unavailable', reference: 'req-77' }));
    await customer.pay('GOOD0002');
    await customer.until(() => customer.text.includes('req-77'), 'the fault');
    expect([red, colour()]).to.deep.equal(['rgb(179, 38, 30)', 'rgb(138, 90, 0)']);
  });

  it('clears the code from memory on success', async () => {
    bff.replies.push(succeed);
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'Paid', 'success');
    bff.move({ status: 'open', nextAction: { kind: 'enter_code' } });
    await customer.checkout.refresh();
    await customer.until(() => customer.has('input'), 'the field');
    expect(customer.field.value).to.equal('');
  });
});

const loses = () => HttpResponse.error();

describe('the Idempotency-Key of a submit', () => {
  let bff: FakeBff;
  let customer: PayDeskHarness;
  beforeEach(async () => {
    sessionStorage.clear();
    bff = new FakeBff();
    customer = await PayDeskHarness.open(bff);
  });
  const keys = () => bff.posts.map(({ key }) => key);
  const settled = (count: number) => customer.until(() => bff.posts.length === count && customer.has('error'), `answer ${count}`);

  it('stays the same across a lost connection, changes after a definite answer', async () => {
    const miss = () => bff.refuse(422, { code: 'code_invalid', reference: 'r' }, refused('code_invalid'));
    bff.replies.push(loses, loses, miss, miss);
    await customer.pay('GOOD0001');
    await settled(2);
    expect(customer.note).to.contain('won’t be charged twice');
    await customer.press('Enter');
    await settled(3);
    expect(new Set(keys()).size).to.equal(1);
    await customer.press('Enter');
    await settled(4);
    expect(keys()[3]).to.not.equal(keys()[0]);
  });

  it('stays the same across a reload, and nothing else is stored', async () => {
    bff.replies.push(loses, loses);
    await customer.pay('GOOD0001');
    await settled(2);
    expect(JSON.stringify({ ...sessionStorage, ...localStorage }))
      .to.not.contain('GOOD')
      .and.not.contain(bff.secret);
    customer.checkout.remove();
    customer = await PayDeskHarness.open(bff);
    await customer.pay('GOOD0001');
    await customer.until(() => bff.posts.length === 3, 'the next request');
    expect(new Set(keys()).size).to.equal(1);
  });

  it('is renewed at once when it belonged to another code', async () => {
    bff.replies.push(
      loses,
      loses,
      () => problemResponse(422, { code: 'idempotency_conflict', reference: 'r' }, bff.view),
      () => HttpResponse.json(bff.move(paid())),
    );
    await customer.pay('GOOD0001');
    await settled(2);
    await customer.type('2');
    await customer.press('Enter');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(new Set(keys().slice(0, 3)).size).to.equal(1);
    expect(keys()[3]).to.not.equal(keys()[0]);
  });

  it('stays the same while the BFF still processes it', async () => {
    const retryAt = new Date(Date.now() + 1000).toISOString();
    bff.replies.push(() => problemResponse(409, { code: 'idempotency_conflict', retryAt, reference: 'r' }, bff.view));
    await customer.pay('GOOD0001');
    await settled(1);
    expect(customer.note).to.contain('won’t be charged twice');
    await customer.press('Enter');
    await customer.until(() => bff.posts.length === 2, 'the next request');
    expect(keys()[1]).to.equal(keys()[0]);
  });

  it('differs for another payment in the same tab', async () => {
    bff.replies.push(loses, loses);
    await customer.pay('GOOD0001');
    await settled(2);
    const other = new FakeBff(openPayment({ id: 'pay_another000000000' }), 'https://other.example');
    const second = await PayDeskHarness.open(other);
    await second.pay('GOOD0001');
    await second.until(() => other.posts.length === 1, 'its request');
    expect(other.posts[0]?.key).to.not.equal(keys()[0]);
  });

  it('works where storage is blocked', async () => {
    const { get } = Object.getOwnPropertyDescriptor(window, 'sessionStorage') ?? {};
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
    try {
      bff.replies.push(() => HttpResponse.json(bff.move(paid())));
      await customer.pay('GOOD0001');
      await customer.until(() => customer.heading === 'Paid', 'success');
    } finally {
      if (get) Object.defineProperty(window, 'sessionStorage', { configurable: true, get });
    }
  });
});

describe('a lost answer', () => {
  it('is resolved by reading: the payment had succeeded', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => {
      bff.move(paid());
      return HttpResponse.error();
    });
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(bff.posts).to.have.length(1);
  });

  it('is resolved by reading: the payment had been declined', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => {
      bff.move(refused());
      return HttpResponse.error();
    });
    await customer.pay('USED0001');
    await customer.until(() => customer.note.includes('already been used'), 'the refusal');
  });

  it('is retried automatically once, with the same key and code, where the BFF never received the request', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(loses, () => HttpResponse.json(bff.move(paid())));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(bff.posts.map(({ body }) => body)).to.deep.equal([
      { code: 'GOOD0001', seen },
      { code: 'GOOD0001', seen },
    ]);
    expect(new Set(bff.posts.map(({ key }) => key)).size).to.equal(1);
  });

  it('is not retried automatically while the BFF cannot be read, nor twice: the code stays in the field', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.unreachable = true;
    bff.replies.push(loses, loses, loses, loses);
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('error'), 'the words');
    expect(bff.posts).to.have.length(1);
    bff.unreachable = false;
    window.dispatchEvent(new Event('online'));
    await customer.nothingMore();
    expect(bff.posts).to.have.length(1);
    expect(customer.field.value).to.equal('GOOD 0001');
    await customer.press('Enter');
    await customer.until(() => bff.posts.length > 1 && customer.has('error'), 'the words');
    await customer.nothingMore();
    expect(bff.posts).to.have.length(3);
  });

  it('is not retried automatically where the amount has changed, to which the customer has not agreed', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => {
      bff.move({ due: 9900 });
      return HttpResponse.error();
    });
    await customer.pay('GOOD0001');
    await customer.until(() => customer.text.includes('99.00'), 'the new amount');
    await customer.nothingMore();
    expect(bff.posts).to.have.length(1);
    expect(customer.field.value).to.equal('GOOD 0001');
  });

  for (const [what, reply] of [
    ['a page of a proxy', () => HttpResponse.html('<h1>502 Bad Gateway</h1>', { status: 502 })],
    ['JSON of somebody else', () => HttpResponse.json({ error: 'nope' }, { status: 500 })],
    ['a success that is none', () => HttpResponse.json({ ok: true })],
  ] as const)
    it(`never becomes a success: ${what}`, async () => {
      const bff = new FakeBff(openPayment());
      const customer = await PayDeskHarness.open(bff);
      bff.replies.push(reply, reply);
      await customer.pay('GOOD0001');
      await customer.until(() => customer.has('error'), 'an error');
      expect(customer.note).to.contain('won’t be charged twice');
      expect(customer.field.value).to.equal('GOOD 0001');
    });

  it('with a problem code of a newer BFF is shown as an internal error', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => HttpResponse.json({ code: 'moon_phase', reference: 'r9' }, { status: 409 }));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('error'), 'an error');
    expect(customer.note).to.contain('on our side');
  });
});
