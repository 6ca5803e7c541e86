/** Following a payment whose outcome is unknown: by polling with a backoff, not in a hidden tab, and always to a result. */
import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import { type After, PaymentPoller } from '../../widget/session/poller.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { checking, openPayment, paid } from './support/payment-view.ts';

/** On the prototype, which the widget reads because markup can replace a document's own property. */
const ofTheBrowser = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden') as PropertyDescriptor;
const hide = (hidden: boolean) => {
  Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
};
const show = () => Object.defineProperty(Document.prototype, 'hidden', ofTheBrowser);

it('a payment that is checked for a long time is shown to take longer than usual', async () => {
  const since = new Date(Date.now() - 11 * 60_000).toISOString();
  const nextAction = { kind: 'wait', reason: 'unknown_outcome', since } as const;
  const customer = await PayDeskHarness.open(new FakeBff(openPayment({ ...checking(), nextAction })));
  expect(customer.text).to.contain('taking longer than usual').and.to.contain('11 min ago');
  expect(customer.text).to.not.contain('a few minutes');
});

describe('a payment that is being checked', () => {
  let bff: FakeBff;
  let customer: PayDeskHarness;
  beforeEach(async () => {
    bff = new FakeBff(openPayment(checking()));
    customer = await PayDeskHarness.open(bff);
  });
  afterEach(show);

  it('shows that it is checked and since when, not to pay again, and the reference to quote', () => {
    expect(customer.heading).to.equal('We are checking your payment');
    for (const words of ['2 min ago', 'PD-7Q4K-19TZ', 'Please don’t pay again', '25.00 PLN'])
      expect(customer.text).to.contain(words);
  });

  it('is followed by long poll from the known version to success', async () => {
    // More than one where the page itself becomes visible just now.
    await customer.until(() => bff.polls.length > 0, 'a long poll');
    expect(bff.polls[0]?.path).to.equal('/checkout?since=1&wait=20');
    bff.move(paid());
    await customer.until(() => customer.heading === 'Paid', 'success');
    const before = bff.polls.length;
    await customer.nothingMore();
    expect(bff.polls).to.have.length(before);
  });

  it('is read at once when the customer asks for it', async () => {
    await customer.until(() => bff.polls.length > 0, 'a long poll');
    bff.view = { ...bff.view, ...paid(), version: 7 };
    customer.buttonNamed('Check now')?.click();
    await customer.until(() => customer.heading === 'Paid', 'success');
  });

  it('is not polled in a hidden tab, and is read at once when the tab is shown again', async () => {
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    hide(true);
    bff.view = { ...bff.view, ...paid(), version: 7 };
    await customer.nothingMore();
    expect(bff.polls).to.have.length(1);
    hide(false);
    await customer.until(() => customer.heading === 'Paid', 'success');
  });

  it('catches up when the connection is back', async () => {
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    window.dispatchEvent(new Event('online'));
    await customer.until(() => bff.polls.length === 2, 'another poll');
  });

  it('is not polled while the element is removed from the page, and is polled again when it is back', async () => {
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    const place = customer.checkout.parentElement;
    customer.checkout.remove();
    bff.move(paid());
    await customer.nothingMore();
    expect(customer.checkout.view?.status).to.equal('processing');
    place?.append(customer.checkout);
    await customer.until(() => customer.heading === 'Paid', 'success');
  });

  it('is opened by another secret only when the removed element is back, and tells other tabs nothing before', async () => {
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    const place = customer.checkout.parentElement;
    customer.checkout.remove();
    const otherTab = new BroadcastChannel(`pay-desk:${bff.view.id}`);
    const heard: unknown[] = [];
    otherTab.onmessage = ({ data }) => heard.push(data);
    const before = bff.requests.length;
    Object.assign(bff, { secret: 'cs_test_2' });
    bff.move(paid());
    customer.checkout.clientSecret = 'cs_test_2';
    await customer.checkout.updateComplete;
    await customer.nothingMore();
    otherTab.postMessage({ asks: true, version: 0 });
    await customer.nothingMore();
    expect([bff.requests.length, heard]).to.deep.equal([before, []]);
    otherTab.close();
    place?.append(customer.checkout);
    await customer.until(() => customer.heading === 'Paid', 'success');
  });
});

/** A clock that the test moves: timers are kept until the test calls them. */
function fakeTime() {
  let due: (() => void) | null = null;
  const waits: number[] = [];
  const after: After = (call, ms) => {
    waits.push(Math.round(ms / 10) * 10);
    due = call;
    return () => {
      if (due === call) due = null;
    };
  };
  const pass = () => {
    const call = due;
    due = null;
    call?.();
  };
  return { after, pass, waits, idle: () => due === null };
}

describe('polling a payment', () => {
  const pollers: PaymentPoller[] = [];
  afterEach(() => {
    for (const poller of pollers.splice(0)) poller.stop();
    show();
  });

  function startPoller(random = 0.5) {
    const time = fakeTime();
    const reads: AbortSignal[] = [];
    const poller = new PaymentPoller(
      (signal) => reads.push(signal),
      time.after,
      () => random,
    );
    poller.start();
    pollers.push(poller);
    return { time, reads, poller };
  }

  it('backs off 1, 2, 3, 5, 8, 10, 10 s, each spread by a quarter, and starts afresh after an answer', () => {
    const { time, poller } = startPoller();
    for (let miss = 0; miss < 7; miss += 1) {
      poller.missed();
      time.pass();
    }
    poller.next(0);
    time.pass();
    poller.missed();
    expect(time.waits).to.deep.equal([1000, 2000, 3000, 5000, 8000, 10_000, 10_000, 1000, 1000]);
  });

  it('spreads many customers', () => {
    for (const [random, expected] of [
      [0, 750],
      [1, 1250],
    ] as const) {
      const { time, poller } = startPoller(random);
      poller.missed();
      expect(time.waits).to.deep.equal([expected]);
    }
  });

  it('is paused in a hidden tab, and starts afresh at once when the tab is shown', () => {
    const { time, reads, poller } = startPoller();
    poller.next(5000);
    time.pass();
    hide(true);
    expect(reads.map(({ aborted }) => aborted)).to.deep.equal([true]);
    poller.missed();
    time.pass();
    expect(reads).to.have.length(1);
    hide(false);
    expect(reads.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
    poller.missed();
    expect(time.waits.at(-1)).to.equal(1000);
  });

  it('is due where the window has the focus again after more than a minute, and not before', () => {
    const { reads, poller } = startPoller();
    const { now } = Date;
    try {
      poller.next(null);
      Date.now = () => now() + 59_000;
      window.dispatchEvent(new Event('focus'));
      expect(reads).to.be.empty;
      Date.now = () => now() + 61_000;
      window.dispatchEvent(new Event('focus'));
      expect(reads).to.have.length(1);
    } finally {
      Date.now = now;
    }
  });

  it('stops with the checkout', () => {
    const { time, reads, poller } = startPoller();
    poller.next(5000);
    time.pass();
    poller.next(5000);
    poller.stop();
    expect(reads[0]?.aborted).to.be.true;
    expect(time.idle()).to.be.true;
    window.dispatchEvent(new Event('online'));
    expect(reads).to.have.length(1);
  });
});

describe('following a payment while the BFF is unavailable', () => {
  it('keeps showing that the payment is checked, and shows the result when the BFF is back', async () => {
    const bff = new FakeBff(openPayment(checking()));
    const customer = await PayDeskHarness.open(bff);
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    bff.unreachable = true;
    bff.move(paid());
    await customer.nothingMore();
    expect(customer.heading).to.equal('We are checking your payment');
    bff.unreachable = false;
    window.dispatchEvent(new Event('online'));
    await customer.until(() => customer.heading === 'Paid', 'success');
  });
});

describe('an open payment', () => {
  afterEach(show);

  it('is shown as canceled by the merchant when the window gets the focus again', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.move({ status: 'canceled', nextAction: { kind: 'none' } });
    const { now } = Date;
    Date.now = () => now() + 61_000;
    try {
      window.dispatchEvent(new Event('focus'));
    } finally {
      Date.now = now;
    }
    await customer.until(() => customer.heading === 'This payment was canceled', 'the news');
  });

  it('is shown as canceled by the merchant when the tab is shown again', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    hide(true);
    bff.move({ status: 'canceled', nextAction: { kind: 'none' } });
    await customer.nothingMore();
    expect(customer.has('input')).to.be.true;
    hide(false);
    await customer.until(() => customer.heading === 'This payment was canceled', 'the news');
  });

  it('is read when its time is up, and expires only when the server answers so', async () => {
    const bff = new FakeBff(openPayment({ expiresAt: new Date(Date.now() + 300).toISOString() }));
    const customer = await PayDeskHarness.open(bff);
    bff.move({ status: 'expired', nextAction: { kind: 'none' } });
    await customer.until(() => customer.heading === 'The time to pay is up', 'the end');
  });

  it('is read again when the tab is shown: another tab may have paid it', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.move(paid());
    document.dispatchEvent(new Event('visibilitychange'));
    await customer.until(() => customer.heading === 'Paid', 'success');
  });

  it('keeps what was typed after a refresh', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    await customer.type('GOOD0001');
    bff.move({ due: 2000 });
    await customer.checkout.refresh();
    await customer.until(() => customer.text.includes('20.00 PLN'), 'the new amount');
    expect(customer.field.value).to.equal('GOOD 0001');
  });

  it('does not use a code for another amount than the customer saw: shows the new one, and sends that with the next click', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    const changed = () => bff.refuse(409, { code: 'payment_changed', reference: 'r' }, { amount: 3000, due: 3000 });
    bff.replies.push(changed, () => HttpResponse.json(bff.move(paid())));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.note.includes('The amount has changed'), 'the reason');
    expect(customer.button.querySelector('.idle')?.textContent).to.equal('Pay 30.00\u00a0PLN');
    expect(customer.field.value).to.equal('GOOD 0001');
    await customer.press('Enter');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(bff.posts.map(({ body }) => Object(body).seen)).to.deep.equal([
      { due: 2500, currency: 'PLN' },
      { due: 3000, currency: 'PLN' },
    ]);
  });

  it('ignores an answer that is older than the one it shows', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    const old = bff.view;
    bff.move(paid());
    await customer.checkout.refresh();
    bff.view = old;
    await customer.checkout.refresh();
    expect(customer.checkout.view?.status).to.equal('succeeded');
  });
});
