/** The events that the page gets: in order, with typed fields, across shadow roots, and never with the input. */
import { expect, fixture, html } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import { PayBeforeSubmitEvent, PayFailureEvent, PayResizeEvent, PaySuccessEvent } from '../../widget/index.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { checking, openPayment, paid, refused } from './support/payment-view.ts';

const names = [
  'pay-ready',
  'pay-load-error',
  'pay-status-change',
  'pay-method-change',
  'pay-change',
  'pay-before-submit',
  'pay-pending',
  'pay-success',
  'pay-failure',
  'pay-cancel',
  'pay-expired',
];

describe('events', () => {
  let events: Event[];
  const record = (event: Event) => events.push(event);
  const summary = () => events.map((event) => ('status' in event ? `${event.type} ${event.status}` : event.type));
  beforeEach(() => {
    events = [];
    for (const name of names) document.addEventListener(name, record);
  });
  afterEach(() => {
    for (const name of names) document.removeEventListener(name, record);
  });

  it('report a payment by code from loading to success', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => HttpResponse.json(bff.move(paid())));
    await customer.pay('G');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(summary()).to.deep.equal([
      'pay-status-change loading',
      'pay-status-change open',
      'pay-ready',
      'pay-change',
      'pay-before-submit',
      'pay-status-change succeeded',
      'pay-success',
    ]);
    const success = events.at(-1);
    expect(success).to.be.instanceOf(PaySuccessEvent);
    const { paymentId, orderId, method, amount, amountPaid, currency, paidLate } = success as PaySuccessEvent;
    expect({ paymentId, orderId, method, amount, amountPaid, currency, paidLate }).to.deep.equal({
      paymentId: 'pay_7q4k19tz00000000',
      orderId: '10482',
      method: 'pay_code',
      amount: 2500,
      amountPaid: 2500,
      currency: 'PLN',
      paidLate: false,
    });
    for (const event of events) expect(event.bubbles && event.composed, event.type).to.be.true;
  });

  it('report an unknown outcome as pending, then as success', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => HttpResponse.json(bff.move(checking())));
    events = [];
    await customer.pay('G');
    await customer.until(() => customer.checkout.dataset.status === 'processing', 'checking');
    bff.move(paid());
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(summary().slice(2)).to.deep.equal([
      'pay-status-change processing',
      'pay-pending',
      'pay-status-change succeeded',
      'pay-success',
    ]);
  });

  it('report each decline once, with its code and without what was typed', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    const miss = () => bff.refuse(409, { code: 'code_used', reference: crypto.randomUUID() }, refused());
    bff.replies.push(miss, miss);
    await customer.pay('USED0001');
    await customer.until(() => customer.has('error'), 'the refusal');
    await customer.press('Enter');
    await customer.until(() => events.filter(({ type }) => type === 'pay-failure').length === 2, 'two failures');
    await customer.nothingMore();
    const failures = events.filter((event) => event instanceof PayFailureEvent);
    expect(failures.map(({ problem }) => problem.code)).to.deep.equal(['code_used', 'code_used']);
    const seen = events.flatMap((event) => Object.values(event)).map((value) => JSON.stringify(value));
    expect(seen.join()).to.not.match(/USED|0001/);
  });

  it('do not report the decline of an earlier attempt as a new failure', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(openPayment(refused())));
    expect(customer.note).to.contain('already been used');
    expect(summary()).to.not.include('pay-failure');
  });

  it('let the page prevent a submit', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    customer.checkout.addEventListener('pay-before-submit', (event) => event.preventDefault());
    await customer.type('GOOD0001');
    const result = await customer.checkout.submit();
    expect(result).to.include({ sent: false, problem: null });
    expect(bff.posts).to.be.empty;
    expect(events.find((event) => event instanceof PayBeforeSubmitEvent)?.method).to.equal('pay_code');
  });

  it('report why a payment cannot be shown', async () => {
    await PayDeskHarness.open(new FakeBff(), { clientSecret: 'cs_of_another' });
    expect(summary()).to.deep.equal(['pay-status-change loading', 'pay-status-change load_error', 'pay-load-error']);
  });

  it('report cancel and expiry', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => HttpResponse.json(bff.move({ status: 'canceled', nextAction: { kind: 'none' } })));
    await customer.checkout.cancel();
    expect(bff.posts[0]?.path).to.equal('/checkout/cancel');
    await customer.until(() => summary().includes('pay-cancel'), 'pay-cancel');
    await PayDeskHarness.open(new FakeBff(openPayment({ status: 'expired', nextAction: { kind: 'none' } })));
    expect(summary().at(-1)).to.equal('pay-expired');
  });

  it('report the height when it changes', async () => {
    const heights: number[] = [];
    const note = (event: Event) => event instanceof PayResizeEvent && heights.push(event.height);
    document.addEventListener('pay-resize', note);
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.move(paid());
    await customer.checkout.refresh();
    await customer.until(
      () => heights.at(-1) === customer.checkout.offsetHeight && customer.heading === 'Paid',
      'the new height',
    );
    document.removeEventListener('pay-resize', note);
  });

  it('reach a page from within a foreign shadow root', async () => {
    const bff = new FakeBff();
    const outer = await fixture<HTMLElement>(html`<section></section>`);
    const shadow = outer.attachShadow({ mode: 'open' });
    const checkout = Object.assign(document.createElement('pay-desk'), {
      apiBase: bff.origin,
      clientSecret: bff.secret,
      locale: 'en',
    });
    shadow.append(checkout);
    const customer = new PayDeskHarness(checkout);
    await customer.until(() => customer.root.querySelector('[part=input]'), 'the field');
    bff.replies.push(() => HttpResponse.json(bff.move(paid())));
    customer.field.value = 'GOOD0001';
    customer.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await checkout.submit();
    expect(summary().at(-1)).to.equal('pay-success');
  });
});

describe('submit()', () => {
  it('resolves for a decline, with its reason', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff, { noSubmitButton: true });
    expect(customer.has('submit')).to.be.false;
    bff.replies.push(() => bff.refuse(409, { code: 'code_used', reference: 'r' }, refused()));
    await customer.type('USED0001');
    const { sent, problem, view } = await customer.checkout.submit();
    expect([sent, problem?.code, view.status]).to.deep.equal([true, 'code_used', 'open']);
    expect(customer.focused).to.equal(customer.field);
    expect(customer.checkout.error?.code).to.equal('code_used');
  });

  it('resolves without sending when the input is incomplete', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    expect(customer.checkout.validate()).to.be.false;
    const { sent, problem } = await customer.checkout.submit();
    expect([sent, problem?.code]).to.deep.equal([false, 'code_format']);
    expect(bff.posts).to.be.empty;
  });

  it('rejects where there is nothing to submit', async () => {
    const over = await PayDeskHarness.open(new FakeBff(openPayment(paid())));
    expect(await over.checkout.submit().catch((error: Error) => error.message)).to.contain('succeeded');
    const off = await PayDeskHarness.open(new FakeBff(), { disabled: true });
    expect(await off.checkout.submit().catch((error: Error) => error.message)).to.contain('disabled');
    expect(off.field.disabled && off.button.disabled).to.be.true;
  });
});
