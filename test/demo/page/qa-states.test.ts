/**
 * Every state that the QA page offers is what a customer then sees: reached by one click, and by its address.
 * Most of them take seconds of a real clock, network or service, so `npm test` walks one in six and `npm run test:all` each.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { customerStates } from '../../../demo/page/states/customer-states.ts';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';
import { launchChromium } from '../../support/chromium.ts';
import { patient } from '../../support/patience.ts';
import { walksAll } from '../../support/walks-all.ts';

const frame = 'in the card frame';

/** What the page of a state shows: the status of the desk, and words; those of a card form are in a frame of its own. */
const seen: Record<string, [status: string, words: RegExp, where?: typeof frame]> = {
  loading: ['loading', /The connection is slow/],
  'late-secret': ['loading', /Opening your payment/],
  'load-failure': ['load_error', /This payment link doesn’t work any more/],
  'no-connection': ['load_error', /can’t reach the payment service/],
  'session-expired': ['load_error', /This page was open for too long/],
  'no-method': ['open', /This order can’t be paid here/],
  open: ['open', /Test mode: no real money moves/],
  live: ['open', /^(?!.*Test mode).*Pay 25\.00/],
  choose: ['open', /Pay code.*Card/],
  long: ['open', /Szczebrzeszyn/],
  'running-out': ['expired', /The time to pay is up/],
  offline: ['open', /No connection\. This page carries on/],
  'two-tabs': ['open', /Checking your code…\s*$/],
  'sms-asked': ['awaiting_customer', /Send this SMS.*PAY\.DEMO.*7255.*25\.00/],
  'sms-wrong': ['awaiting_customer', /This code isn’t right/],
  'sms-none-yet': ['awaiting_customer', /No code yet\?/],
  'sms-paid': ['succeeded', /Paid/],
  'sms-over': ['expired', /keep the code you get back: it was not used/],
  'sms-dear': ['awaiting_customer', /The SMS costs more than 12\.50/],
  'sms-unfit': ['open', /Pay 12\.50(?!.*by SMS)/],
  reversed: ['awaiting_customer', /PAY\.CODE [A-Z0-9]{6}.*Waiting for your SMS.*1[45]:\d\d/],
  'reversed-long': ['awaiting_customer', /We are still waiting/],
  'reversed-paid': ['succeeded', /Paid/],
  'reversed-over': ['expired', /If you sent the SMS, it still counts/],
  'reversed-left': ['open', /Pay code.*Pay by sending an SMS/],
  'reversed-typed': ['open', /doesn’t work here/],
  'code-excess': ['open', /If you use it, the rest is lost.*Use it anyway/],
  'too-many-again': ['open', /Too many codes were wrong.*(29|30):\d\d/],
  discount: ['open', /25\.00.*Discount ···· \w+.*5\.00.*Remove discount/],
  'discount-twice': ['open', /This order already has a discount/],
  'discount-used': ['open', /already been used/],
  'discount-refused': ['open', /27\.77.*The discount no longer counts.*discount code can’t be used any more/],
  'discount-lost': ['open', /discount code can’t be used any more, so the order is not paid yet/, frame],
  'discount-unknown': ['open', /can’t be checked right now/],
  'discount-paid': ['succeeded', /Paid.*Discount/],
  'discount-full': ['succeeded', /Paid/],
  'discount-declined': ['open', /4,500.*Discount ····/],
  'wallet-choose': ['open', /Wave Pay.*KBZPay/],
  transfer: ['awaiting_customer', /Transfer from your Wave Pay app.*324342342/],
  'transfer-picture': ['awaiting_customer', /Choose another picture/],
  'transfer-paid': ['succeeded', /Paid.*Wave Pay/],
  'transfer-accepted': ['processing', /Your transfer was found.*not credited yet/],
  'transfer-pending': ['processing', /Your transfer is being checked/],
  'transfer-not-found': ['awaiting_customer', /can’t find this transfer yet/],
  'transfer-refused': ['awaiting_customer', /doesn’t accept this number/],
  'no-requisites': ['open', /can’t take a transfer right now/],
  'number-taken': ['awaiting_customer', /has already paid for something/],
  'too-many-numbers': ['awaiting_customer', /last number we can take/],
  'second-payment': ['open', /still being looked for/],
  'transfer-expired': ['expired', /it still counts/],
  'card-form': ['open', /Card number(?!.*Your phone)/, frame],
  'card-phone': ['open', /Card number.*Your phone/, frame],
  'card-saved': ['open', /Which card will you pay with\?.*6478.*6311/, frame],
  'card-direct': ['open', /Your card details go straight to Payme/, frame],
  'sms-code': ['awaiting_customer', /Sent to 99890.*New code in/, frame],
  'sms-code-wrong': ['awaiting_customer', /This code isn’t right.*Tries left: 2/, frame],
  'sms-code-worn-out': ['awaiting_customer', /This code no longer works/, frame],
  'sms-code-expired': ['awaiting_customer', /This code no longer works.*Send a new code/, frame],
  'sms-again': ['awaiting_customer', /The old one no longer works.*New code in/, frame],
  'sms-not-sent': ['open', /The SMS could not be sent/, frame],
  'card-wrong': ['open', /doesn’t accept this card number or date/, frame],
  'card-sms-off': ['open', /This card can’t get an SMS/, frame],
  'card-expired': ['open', /This card can’t get an SMS/, frame],
  'card-blocked': ['open', /This card can’t get an SMS/, frame],
  'card-system-error': ['open', /Payme can’t be reached/, frame],
  'too-many-cards': ['open', /one try too many/, frame],
  'card-paid': ['succeeded', /Paid.*6311/],
  'card-no-funds': ['open', /There isn’t enough money on this card/, frame],
  'card-declined': ['open', /The card was declined/, frame],
  'card-declined-slowly': ['open', /The card was declined/, frame],
  'card-checking': ['processing', /Please don’t pay again/],
  'card-stepwise': ['succeeded', /Paid/],
  'card-settled-paid': ['succeeded', /Paid/],
  'card-settled-refused': ['open', /Payme can’t be reached.*nothing was charged/, frame],
  'card-reversed': ['open', /was taken and then returned/, frame],
  'card-review': ['processing', /A person/],
  'wrong-code': ['open', /doesn’t work here/],
  'format-error': ['open', /this one has 3/],
  'used-code': ['open', /already been used/],
  'expired-code': ['open', /This code expired on/],
  'early-code': ['open', /works from/],
  'value-too-low': ['open', /worth less than/],
  'value-too-high': ['open', /worth more than/],
  taken: ['open', /already been used/],
  'provider-down': ['open', /can’t be checked right now/],
  'too-many-tries': ['open', /Too many codes were wrong/],
  'connection-lost': ['open', /The connection was lost/],
  maintenance: ['open', /can’t be checked right now/],
  'slow-click': ['open', /The connection is slow/],
  'slow-answer': ['succeeded', /Paid/],
  checking: ['processing', /Please don’t pay again/],
  'long-wait': ['processing', /1 h ago/],
  'settled-paid': ['succeeded', /Paid/],
  'settled-refused': ['open', /already been used/],
  'needs-review': ['needs_review', /This can take a day/],
  succeeded: ['succeeded', /Paid/],
  'succeeded-late': ['succeeded', /after the time was up/],
  underpaid: ['underpaid', /We received 3,000\sMMK of 6,000\sMMK/],
  refunding: ['refunding', /on its way back/],
  refunded: ['refunded', /Your money was returned/],
  canceled: ['canceled', /This payment was canceled/],
  expired: ['expired', /The time to pay is up/],
};

/** Demos at work at once: most of the time a state waits for a clock, a network or a service. */
const count = 3;

/** A demo of its own, for one clock and one line serve all of it; and one page for all states, since each begins with a payment of its own. */
interface Lane {
  demo: Demo;
  page: Page;
}

describe('on the QA page', { concurrency: count }, () => {
  const all = customerStates.flatMap(([, states]) => states);
  const walked = walksAll ? all : all.filter((_, index) => index % 6 === 0);
  const lanes: Lane[] = [];
  const free: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];
  let browser: Browser;

  before(async () => {
    browser = await launchChromium();
    await Promise.all(Array.from({ length: count }, async () => lanes.push(await openLane(browser))));
    free.push(...lanes);
  });
  after(async () => {
    await browser?.close();
    await Promise.all(lanes.map(({ demo }) => demo.close()));
  });

  it('no state is without a test', () => {
    assert.deepEqual(Object.keys(seen).sort(), all.map(({ id }) => id).sort());
  });

  for (const { id, words, means } of walked) {
    it(`“${words}” is one click away`, async () => {
      const [status, text, where] = seen[id] ?? assert.fail(id);
      const lane = free.pop() ?? (await new Promise<Lane>((resolve) => waiting.push(resolve)));
      try {
        const { page } = lane;
        const name = means === 'real' ? words : `${words} ${means}`;
        await page.getByRole('button', { name, exact: true }).click();
        const desk = phone(page).locator(`pay-desk[data-status=${status}]`);
        if (where === frame) {
          await desk.waitFor();
          await desk.frameLocator('card-frame iframe').locator('body').filter({ hasText: text }).waitFor();
        } else await desk.filter({ hasText: text }).waitFor();
        assert.match(page.url(), new RegExp(`#(.*&)?state=${id}\\b`));
      } finally {
        const next = waiting.shift();
        if (next) next(lane);
        else free.push(lane);
      }
    });
  }
});

async function openLane(browser: Browser): Promise<Lane> {
  const demo = await startDemo({ portBase: 0 });
  const page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(patient(60_000));
  await page.goto(`${demo.urls.qa}#width=phone`);
  await phone(page).locator('pay-desk[data-status=open]').waitFor();
  return { demo, page };
}

const phone = (page: Page) => page.frameLocator('qa-preview[size=phone] iframe');
