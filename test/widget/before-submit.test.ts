/** The page can have the submit wait for it, learns when a request runs, and which field has the focus, but never what is typed. */
import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import type { PayBeforeSubmitEvent, PayBusyEvent, PayFailureEvent, PayFieldEvent } from '../../widget/index.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { openPayment, paid } from './support/payment-view.ts';

/** `Promise.withResolvers`, which our target does not have. */
function promised() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('pay-before-submit that waits', () => {
  const waitingPage = async (promise: (event: PayBeforeSubmitEvent) => Promise<unknown>) => {
    const bff = new FakeBff();
    bff.replies.push(() => HttpResponse.json(bff.move(paid())));
    const customer = await PayDeskHarness.open(bff);
    const failures: string[] = [];
    customer.checkout.addEventListener('pay-failure', (event: PayFailureEvent) => failures.push(event.problem.code));
    customer.checkout.addEventListener('pay-before-submit', (event) => event.waitUntil(promise(event)), { once: true });
    return { bff, customer, failures };
  };

  it('sends nothing before every promise is fulfilled, and shows that it is busy', async () => {
    const page = promised();
    const { bff, customer } = await waitingPage(() => page.promise);
    const other = promised();
    customer.checkout.addEventListener('pay-before-submit', (event) => event.waitUntil(other.promise), { once: true });
    await customer.pay('GOOD0001');
    page.resolve();
    await customer.nothingMore();
    expect(bff.posts).to.deep.equal([]);
    expect(customer.button.getAttribute('aria-disabled')).to.equal('true');
    other.resolve();
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(bff.posts).to.have.length(1);
  });

  it('sends nothing where a promise is rejected; the customer and the page learn why, and the next click pays', async () => {
    const { bff, customer, failures } = await waitingPage(() => Promise.reject(new Error('sold out')));
    await customer.type('GOOD0001');
    const { sent, problem } = await customer.checkout.submit();
    expect([sent, problem?.code, problem?.recoverable]).to.deep.equal([false, 'before_submit_rejected', true]);
    expect(bff.posts).to.deep.equal([]);
    // The texts of rare problems come with the later screens.
    const text = 'The shop stopped this, so nothing was charged. Try again, or ask the shop.';
    await customer.until(() => customer.note === text, text);
    expect(customer.assertive).to.contain('The shop stopped this');
    expect(failures).to.deep.equal(['before_submit_rejected']);
    expect(customer.field.value).to.equal('GOOD 0001');
    await customer.press('Enter');
    await customer.until(() => customer.heading === 'Paid', 'success');
  });

  it('sends nothing where the page takes longer than 20 seconds', async () => {
    const { bff, customer, failures } = await waitingPage(() => new Promise(() => {}));
    await customer.type('GOOD0001');
    const { setTimeout: real } = window;
    const limits: number[] = [];
    const quick = (run: () => void, ms: number, ...rest: unknown[]) => real(run, limits.push(ms) && ms / 1000, ...rest);
    window.setTimeout = quick as typeof setTimeout;
    const submitted = customer.checkout.submit();
    window.setTimeout = real;
    const { sent, problem } = await submitted;
    expect([sent, problem?.code]).to.deep.equal([false, 'before_submit_timeout']);
    expect([bff.posts, failures, limits]).to.deep.equal([[], ['before_submit_timeout'], [20_000]]);
    expect(customer.note).to.equal('The shop didn’t answer in time, so nothing was charged. Try again.');
  });

  it('sends nothing when the element has left the page meanwhile', async () => {
    const page = promised();
    const { bff, customer } = await waitingPage(() => page.promise);
    await customer.type('GOOD0001');
    const submitted = customer.checkout.submit();
    customer.checkout.remove();
    page.resolve();
    expect((await submitted).problem?.code).to.equal('network');
    await customer.nothingMore();
    expect(bff.posts).to.deep.equal([]);
  });

  it('sends nothing when another amount is due by then: the customer confirmed the old one', async () => {
    const bff = new FakeBff(openPayment({ status: 'awaiting_customer' }));
    const customer = await PayDeskHarness.open(bff);
    const page = promised();
    customer.checkout.addEventListener('pay-before-submit', (event) => event.waitUntil(page.promise), { once: true });
    bff.gate = new Promise((open) => customer.checkout.addEventListener('pay-before-submit', () => open()));
    void customer.checkout.refresh();
    await customer.type('GOOD0001');
    bff.move({ amount: 3000, due: 3000 });
    const submitted = customer.checkout.submit();
    await customer.until(() => customer.checkout.view?.due === 3000, 'the new amount');
    page.resolve();
    const { sent, problem } = await submitted;
    expect([sent, problem?.code, bff.posts]).to.deep.equal([false, 'payment_changed', []]);
    expect(customer.note).to.contain('The amount has changed, so nothing was charged');
  });

  it('refuses a promise after the event', async () => {
    const { customer } = await waitingPage(async () => {});
    let late: PayBeforeSubmitEvent | undefined;
    customer.checkout.addEventListener('pay-before-submit', (event) => {
      late = event;
    });
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(() => late?.waitUntil(Promise.resolve())).to.throw('after the event');
  });
});

describe('pay-busy, pay-focus, pay-blur and pay-escape', () => {
  it('report what happens in order, and nothing that was typed', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    const events: string[] = [];
    const everything: unknown[] = [];
    for (const name of ['pay-busy', 'pay-focus', 'pay-blur', 'pay-escape'])
      document.addEventListener(name, (event) => {
        const { field, busy } = event as PayFieldEvent & PayBusyEvent;
        everything.push(...Object.values(event));
        events.push([name, field, busy].filter((part) => part !== undefined).join(' '));
      });
    bff.replies.push(() => HttpResponse.json(bff.move(paid())));
    await customer.type('G');
    await customer.press('Escape');
    customer.field.blur();
    await customer.type('OOD0001');
    await customer.press('Enter');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(events.slice(0, 6)).to.deep.equal([
      'pay-focus pay_code',
      'pay-escape pay_code',
      'pay-blur pay_code',
      'pay-focus pay_code',
      'pay-busy true',
      'pay-busy false',
    ]);
    expect(JSON.stringify(everything)).to.not.match(/OOD|0001/);
  });
});
