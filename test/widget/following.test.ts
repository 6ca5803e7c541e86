/** Following a payment whose outcome is being found out: patient, never in a hidden tab, and never a dead end. */
import { expect } from '@open-wc/testing';
import { followPayment } from '../../widget/payment-follower.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { checking, openPayment, paid } from './support/payment-view.ts';

const hide = (hidden: boolean) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
};
const show = () => Reflect.deleteProperty(document, 'hidden');

it('a payment that is checked for long is said to take longer than usual', async () => {
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

  it('says so, since when, that nothing should be paid again, and what to quote', () => {
    expect(customer.heading).to.equal('We are checking your payment');
    for (const words of ['2 min ago', 'PD-7Q4K-19TZ', 'Please don’t pay again', '25.00 PLN'])
      expect(customer.text).to.contain(words);
  });

  it('is followed by long poll from the version at hand, to success', async () => {
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    expect(bff.polls[0]?.path).to.equal('/checkout?since=1&wait=20');
    bff.move(paid());
    await customer.until(() => customer.heading === 'Paid', 'success');
    await customer.nothingMore();
    expect(bff.polls).to.have.length(1);
  });

  it('asks at once when the customer wants to know now', async () => {
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    bff.view = { ...bff.view, ...paid(), version: 7 };
    customer.root.querySelector<HTMLButtonElement>('[part=secondary]')?.click();
    await customer.until(() => customer.heading === 'Paid', 'success');
  });

  it('is not asked for in a hidden tab, and at once when it is shown again', async () => {
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

  it('is left alone when the desk is taken away, and taken up again when it is put back', async () => {
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    const place = customer.desk.parentElement;
    customer.desk.remove();
    bff.move(paid());
    await customer.nothingMore();
    expect(customer.desk.view?.status).to.equal('processing');
    place?.append(customer.desk);
    await customer.until(() => customer.heading === 'Paid', 'success');
  });
});

describe('following through faults', () => {
  it('backs off 1, 2, 3, 5, 8, 10, 10 s, each spread by a quarter, and starts afresh after an answer', async () => {
    const paused: number[] = [];
    const answers = [false, false, false, false, false, false, false, true, false];
    let asked = 0;
    await new Promise<void>((done) => {
      const stop = followPayment(
        async () => answers[asked++] ?? false,
        async (ms) => {
          paused.push(ms);
          if (paused.length === answers.length) {
            stop();
            done();
          }
        },
        () => 0.5,
      );
    });
    expect(paused).to.deep.equal([1000, 2000, 3000, 5000, 8000, 10_000, 10_000, 1000, 1000]);
  });

  it('spreads many customers', async () => {
    for (const [random, expected] of [
      [0, 750],
      [1, 1250],
    ] as const) {
      const pause = await new Promise<number>((done) => {
        const stop = followPayment(
          async () => false,
          async (ms) => {
            stop();
            done(ms);
          },
          () => random,
        );
      });
      expect(pause).to.equal(expected);
    }
  });

  it('shows checking all the while, and the end when the BFF is back', async () => {
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

  it('is read again when the tab is shown: another tab may have paid it', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.move(paid());
    document.dispatchEvent(new Event('visibilitychange'));
    await customer.until(() => customer.heading === 'Paid', 'success');
  });

  it('keeps what was typed over a refresh', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    await customer.type('GOOD0001');
    bff.move({ due: 2000 });
    await customer.desk.refresh();
    await customer.until(() => customer.text.includes('20.00 PLN'), 'the new amount');
    expect(customer.field.value).to.equal('GOOD 0001');
  });

  it('never goes back to an older answer that was overtaken', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    const old = bff.view;
    bff.move(paid());
    await customer.desk.refresh();
    bff.view = old;
    await customer.desk.refresh();
    expect(customer.desk.view?.status).to.equal('succeeded');
  });
});
