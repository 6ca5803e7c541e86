/**
 * Codes by SMS, and paying by an SMS: what to send, the code that comes back, the payment that follows, and every way it can end.
 */
import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { HttpResponse } from 'msw';
import type { PaymentView } from '#contract';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { checking, openPayment, paid, seen, sendingSms, sendSms, smsStates, waitingForSms } from './support/payment-view.ts';

const offering = (changes: Partial<PaymentView> = {}) =>
  openPayment({ nextAction: { kind: 'enter_code', canBuyBySms: true, canPayBySms: true }, ...changes });

describe('paying by SMS', () => {
  let bff: FakeBff;
  let customer: PayDeskHarness;
  const open = async (view: PaymentView, locale = 'en') => {
    sessionStorage.clear();
    bff = new FakeBff(view);
    customer = await PayDeskHarness.open(bff, { locale });
  };
  const moved = (view: Partial<PaymentView>) => () => HttpResponse.json(bff.move(view));
  const sent = () => bff.posts.map(({ path, body }) => [path, body]);
  const click = async (words: string) => {
    // A request of the test before may still be on its way; until it ends, nothing can be started here, as in a second tab.
    await customer.until(() => customer.buttonNamed(words)?.disabled === false, words);
    customer.buttonNamed(words)?.click();
    await customer.checkout.updateComplete;
  };

  /** Emulates a phone until the test is over. */
  const ownMatch = window.matchMedia;
  const onPhone = () => {
    window.matchMedia = (query) => (query === '(pointer: coarse)' ? ownMatch('all') : ownMatch.call(window, query));
  };
  afterEach(() => {
    window.matchMedia = ownMatch;
  });

  describe('the ways to get a pay code', () => {
    it('are offered below the button, and only where the payment allows them', async () => {
      await open(offering());
      await customer.until(() => customer.buttonNamed('Buy a code by SMS') && customer.buttonNamed('Pay by SMS'), 'both');
      expect(customer.text, 'what an SMS costs').to.contain('phone bill');
      await open(openPayment());
      await customer.until(() => customer.root.querySelector('pay-code-options')?.matches(':defined'), 'the options');
      expect(customer.text).to.not.match(/Buy a code|Pay by SMS/);
    });

    for (const [words, path, next] of [
      ['Buy a code by SMS', '/checkout/sms-code/start', sendingSms()],
      ['Pay by SMS', '/checkout/reversed-sms/start', waitingForSms()],
    ] as const)
      it(`start with one request, and lead to the SMS to send: ${words}`, async () => {
        await open(offering());
        bff.replies.push(moved(next));
        await customer.type('HALFTY');
        await customer.until(() => customer.buttonNamed(words), words);
        customer.buttonNamed(words)?.focus();
        customer.buttonNamed(words)?.click();
        customer.buttonNamed(words)?.click();
        await customer.until(() => customer.heading === 'Send this SMS', 'the SMS');
        expect(sent()).to.deep.equal([[path, {}]]);
        await customer.until(() => customer.focused?.textContent === 'Send this SMS', 'the focus on what is new');
        // What was typed before is not the code that comes back.
        expect(customer.root.querySelector('input')?.value ?? '').to.equal('');
      });

    it('show their own busy text, and not that a code is checked', async () => {
      await open(offering());
      bff.replies.push(() => new Promise(() => {}));
      await click('Pay by SMS');
      await customer.until(() => bff.posts.length === 1 && customer.polite === 'Preparing your SMS…', 'the word');
      expect(customer.text).to.not.contain('Checking your code');
    });

    it('send the customer’s consent while a transfer is still being looked for', async () => {
      await open(
        openPayment({
          methods: ['pay_code'],
          nextAction: { kind: 'confirm', reason: 'second_payment', options: [{ kind: 'enter_code', canBuyBySms: true }] },
        }),
      );
      await click('Pay another way anyway');
      bff.replies.push(moved(sendingSms()));
      await click('Buy a code by SMS');
      await customer.until(() => bff.posts.length === 1, 'the request');
      expect(sent()).to.deep.equal([['/checkout/sms-code/start', { acknowledge: true }]]);
    });

    it('explain that no more codes are available, and do not mention wrong codes', async () => {
      await open(offering());
      bff.replies.push(() => bff.refuse(429, { code: 'too_many_attempts', reference: 'req-1' }));
      await click('Pay by SMS');
      await customer.until(() => customer.note.includes('No more SMS can be prepared'), 'the words');
    });

    it('stay on the same screen and explain why, where none is available now', async () => {
      await open(offering());
      bff.replies.push(() => bff.refuse(503, { code: 'provider_unavailable', reference: 'req-1' }));
      await click('Pay by SMS');
      await customer.until(() => customer.note.includes('can’t be checked right now'), 'the reason');
      expect(customer.buttonNamed('Pay by SMS')).to.not.equal(undefined);
    });
  });

  describe('a code by SMS', () => {
    it('shows text and number, each to be copied exactly, and the price', async () => {
      await open(sendingSms({}, { text: 'DPAY  abc.1', price: 3075 }));
      const written: string[] = [];
      Object.defineProperty(navigator, 'clipboard', {
        configurable: true,
        value: { writeText: async (text: string) => void written.push(text) },
      });
      for (const button of customer.root.querySelectorAll<HTMLButtonElement>('.copy')) button.click();
      await customer.until(() => written.length === 2, 'the copies');
      expect(written).to.deep.equal(['DPAY  abc.1', '7255']);
      expect(customer.text).to.contain('30.75 PLN').and.contain('5.75 PLN will be lost');
    });

    it('is shown as a QR code where the device is not a phone', async () => {
      await open(sendingSms());
      await customer.until(() => customer.root.querySelector('svg[role=img]'), 'the picture');
      expect(customer.root.querySelector('a[href^="sms:"]')).to.equal(null);
      const [ground, ink] = ['rect', 'path'].map(
        (name) => getComputedStyle(customer.root.querySelector(`.qr-picture ${name}`) ?? document.body).fill,
      );
      expect([ground, ink]).to.deep.equal(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    });

    it('is shown as a link to the SMS app on a phone', async () => {
      onPhone();
      await open(sendingSms());
      const link = customer.root.querySelector<HTMLAnchorElement>('a[href^="sms:"]');
      expect(link?.textContent).to.equal('Open the SMS app · 25.00\u00a0PLN');
      // It is what comes first: the button that pays with the code looks quieter until the customer is back.
      expect([link?.className, customer.root.querySelector('button.submit')?.className]).to.deep.equal([
        'submit',
        'submit quiet',
      ]);
      expect(link?.getAttribute('href')).to.equal('sms:7255?&body=DPAY.ABC123');
      expect(customer.root.querySelector('.qr')).to.equal(null);
    });

    it('invites nobody to send it again: once the customer comes back from the SMS app, one line says where it went', async () => {
      onPhone();
      await open(sendingSms());
      const link = customer.root.querySelector<HTMLAnchorElement>('a[href^="sms:"]');
      link?.addEventListener('click', (event) => event.preventDefault());
      link?.click();
      expect(customer.heading, 'the app has not covered the page yet').to.equal('Send this SMS');
      document.dispatchEvent(new Event('visibilitychange'));
      await customer.until(() => customer.heading === 'Sent to 7255', 'the line');
      await customer.until(() => customer.focused === customer.field, 'the focus on the field');
      expect(customer.text).to.not.contain('DPAY.ABC123');
      expect(customer.root.querySelector('button.submit')?.className).to.equal('submit');
      await click('Show');
      expect(customer.text).to.contain('DPAY.ABC123');
      const again = customer.root.querySelector<HTMLAnchorElement>('a[href^="sms:"]');
      expect([again?.textContent, again?.part.value]).to.deep.equal(['Send the SMS again · 25.00\u00a0PLN', 'secondary']);
      await click('Hide');
      expect(customer.text).to.not.contain('DPAY.ABC123');
    });

    it('is still known to be sent after a phone has unloaded the page, and unknown for another SMS', async () => {
      onPhone();
      await open(sendingSms());
      const link = customer.root.querySelector<HTMLAnchorElement>('a[href^="sms:"]');
      link?.addEventListener('click', (event) => event.preventDefault());
      link?.click();
      Object.defineProperty(document, 'hidden', { configurable: true, value: true });
      try {
        document.dispatchEvent(new Event('visibilitychange'));
      } finally {
        Reflect.deleteProperty(document, 'hidden');
      }
      customer = await PayDeskHarness.open(new FakeBff(sendingSms()), { locale: 'en' });
      expect(customer.heading).to.equal('Sent to 7255');
      const next = sendingSms();
      if (next.attempt) next.attempt.id = 'att_2';
      customer = await PayDeskHarness.open(new FakeBff(next), { locale: 'en' });
      expect(customer.heading).to.equal('Send this SMS');
    });

    it('is not what the filled button sends once something is typed or the customer confirms', async () => {
      onPhone();
      await open(sendingSms());
      customer.root.querySelector<HTMLButtonElement>('button.submit')?.click();
      await customer.until(() => customer.text.includes('Type the code from the SMS first'), 'the words');
      expect(customer.root.querySelector('a[href^="sms:"]')?.className).to.contain('secondary');
      expect(customer.root.querySelector('button.submit')?.className).to.equal('submit');
      expect(customer.text, 'nobody knows that it was sent').to.contain('DPAY.ABC123');
    });

    it('is typed like any code, autofilled by the phone, and pays', async () => {
      await open(sendingSms());
      expect(customer.field.autocomplete).to.equal('one-time-code');
      await customer.type('good-0001');
      expect(customer.field.value).to.equal('GOOD 0001');
      bff.replies.push(moved(paid()));
      await customer.press('Enter');
      await customer.until(() => customer.heading === 'Paid', 'success');
      expect(sent()).to.deep.equal([['/checkout/pay-code', { code: 'GOOD0001', seen }]]);
    });

    it('is not sent when it cannot be a code; the error is shown and announced, and does not mention charges', async () => {
      await open(sendingSms());
      customer.button.click();
      await customer.until(() => customer.assertive === 'Type the code from the SMS first.', 'the announcement');
      await customer.pay('AB');
      await customer.until(() => customer.note.includes('doesn’t look like the code'), 'the words');
      await customer.until(() => customer.focused === customer.field, 'the focus');
      expect(customer.text).to.not.contain('charged');
      expect(bff.posts).to.be.empty;
    });

    for (const [code, words] of [
      ['code_invalid', 'Compare it with the SMS'],
      ['code_used', 'from your newest SMS'],
      ['code_value_too_low', 'which number the SMS went to'],
    ] as const)
      it(`stays on the screen after ${code}, with a text for a customer who has paid for an SMS`, async () => {
        await open(sendingSms());
        bff.replies.push(() => bff.refuse(409, { code, field: 'code', reference: 'req-1' }));
        await customer.pay('WRONG001');
        await customer.until(() => customer.note.includes(words), words);
        expect(customer.assertive).to.contain(words);
        expect(customer.field.value).to.equal('WRON G001');
        expect(customer.focused).to.equal(customer.field);
        expect(customer.text).to.contain('Sent to 7255').and.not.contain('nothing was charged');
      });

    it('announces after a reload what was wrong, with a text that is true for an SMS', async () => {
      const announced = new Set<string>();
      bff = new FakeBff(sendingSms({ problem: { code: 'code_invalid', field: 'code', reference: 'req-1' } }));
      customer = await PayDeskHarness.place(bff);
      const watching = new MutationObserver(() => announced.add(customer.assertive));
      watching.observe(customer.root, { subtree: true, childList: true, characterData: true });
      await customer.until(() => customer.assertive.includes('Compare it with the SMS'), 'the words');
      watching.disconnect();
      expect([...announced].join()).to.not.contain('nothing was charged');
      customer.checkout.locale = 'pl';
      await customer.until(() => customer.assertive.includes('Porównaj'), 'the same in Polish');
    });

    it('asks for consent where the SMS cost more than is due, and uses the code only then', async () => {
      await open(sendingSms({}, { price: 3075 }));
      bff.replies.push(() => bff.refuse(409, { code: 'code_value_too_high', field: 'code', reference: 'req-1' }));
      await customer.pay('GOOD0001');
      await customer.until(() => customer.note.includes('If you use it, the rest is lost'), 'the question');
      bff.replies.push(moved(paid()));
      await click('Use it and lose the rest');
      await customer.until(() => customer.heading === 'Paid', 'success');
      expect(bff.posts.at(-1)?.body).to.deep.equal({ code: 'GOOD0001', seen, acceptExcess: true });
    });

    it('shows help two minutes after the payment’s own start of the wait, so that a reload changes nothing', async () => {
      await open(sendingSms());
      expect(customer.text).to.not.contain('No code yet?');
      await open(sendingSms({}, {}, 2.1));
      expect(customer.text).to.contain('No code yet?').and.contain('up to 30 minutes');
      // Nobody knows that it was sent, but whoever comes back now looks for the code.
      expect(customer.text).to.contain('Send this SMS').and.not.contain('DPAY.ABC123');
    });

    it('shows and announces the help while the page is open', async () => {
      // Enough seconds before the help for a busy machine to draw the form, which shows the SMS until then.
      await open(sendingSms({}, {}, 2 - 8 / 60));
      await customer.until(() => customer.text.includes('DPAY.ABC123'), 'the SMS');
      expect(customer.text).to.not.contain('No code yet?');
      await customer.until(() => customer.text.includes('up to 30 minutes'), 'the help');
      expect(customer.text, 'what is perhaps being copied stays').to.contain('DPAY.ABC123');
      expect(customer.polite).to.equal('No code yet?');
    });

    it('locks after too many wrong codes, and does not mention charges', async () => {
      await open(sendingSms());
      const retryAt = new Date(Date.now() + 900_000).toISOString();
      bff.replies.push(() => bff.refuse(429, { code: 'too_many_attempts', retryAt, reference: 'req-1' }));
      await customer.pay('WRONG001');
      await customer.until(() => customer.note.includes('The one in your SMS was not used'), 'the words');
      expect(customer.text).to.not.contain('charged');
    });

    it('is shown as unused when the time is up: the customer paid for an SMS, and the code can still pay', async () => {
      await open(sendingSms());
      await customer.until(() => bff.polls.length > 0, 'the long poll');
      bff.move(smsStates()['no code before the time was up']?.() ?? {});
      await customer.until(() => customer.text.includes('keep the code you get back: it was not used'), 'the words');
      expect(customer.text).to.not.contain('charged').and.not.contain('Already paid?');
    });

    it('can be left for another method', async () => {
      await open(sendingSms());
      bff.replies.push(moved(openPayment({ methods: ['pay_code'] })));
      await click('Pay another way');
      await customer.until(() => customer.root.querySelector('pay-code-form'), 'the form');
      expect(sent()).to.deep.equal([['/checkout/abandon', {}]]);
    });

    it('is shown whatever method the page prefers, because it has begun', async () => {
      await open(sendingSms({ methods: ['card', 'wallet', 'pay_code'] }));
      customer.checkout.methods = 'wallet';
      await customer.checkout.updateComplete;
      expect(customer.heading).to.equal('Send this SMS');
    });
  });

  describe('an SMS that pays', () => {
    it('is waited for with a countdown, and followed without a click', async () => {
      await open(waitingForSms());
      expect(customer.root.querySelector('pay-sms-form .waits')?.textContent).to.equal('Waiting for your SMS…');
      expect(customer.text).to.match(/Time left: 1[34]:\d\d/);
      expect(customer.root.querySelector('input')).to.equal(null);
      await customer.until(() => bff.polls.length > 0, 'the long poll');
      bff.move(paid());
      await customer.until(() => customer.heading === 'Paid', 'success');
      expect(bff.posts).to.be.empty;
    });

    it('is checked for when the customer confirms that it is sent', async () => {
      await open(waitingForSms());
      bff.replies.push(() => HttpResponse.json(bff.view));
      await click('I have sent it');
      await customer.until(() => bff.posts.length === 1, 'the request');
      expect(sent()).to.deep.equal([['/checkout/recheck', {}]]);
      await customer.until(() => customer.text.includes('Waiting for your SMS…'), 'the wait');
    });

    it('is not sent again: once the customer says that it is sent, the wait comes first', async () => {
      onPhone();
      await open(waitingForSms());
      expect(customer.root.querySelector('a.submit')?.textContent).to.contain('Open the SMS app');
      expect(customer.text).to.not.contain('Waiting for your SMS…');
      customer.buttonNamed('I have sent it')?.focus();
      bff.replies.push(() => HttpResponse.json(bff.view));
      await click('I have sent it');
      await customer.until(() => customer.heading === 'Sent to 7255', 'the line');
      expect(customer.root.querySelector('a[href^="sms:"]')).to.equal(null);
      await customer.until(() => customer.text.includes('Waiting for your SMS…'), 'the wait');
      expect([customer.focused?.textContent, customer.focused?.part.value]).to.deep.equal(['Check now', 'submit']);
      await click('Show');
      expect(customer.root.querySelector('a[href^="sms:"]')?.textContent).to.contain('Send the SMS again');
    });

    it('that cannot be checked for now should not be sent again', async () => {
      await open(waitingForSms());
      bff.replies.push(() => bff.refuse(503, { code: 'busy', reference: 'req-1' }));
      await click('I have sent it');
      await customer.until(() => customer.text.includes('Don’t send it again'), 'the words');
      expect(customer.assertive).to.contain('Don’t send it again');
      expect(customer.text).to.not.match(/try again/i);
    });

    it('is checked for by the page’s own button', async () => {
      await open(waitingForSms());
      customer.checkout.noSubmitButton = true;
      const { sent: went, problem } = await customer.checkout.submit();
      expect([went, problem]).to.deep.equal([true, null]);
      expect(sent()).to.deep.equal([['/checkout/recheck', {}]]);
    });

    it('may still arrive after a long wait, which is explained with what to do next', async () => {
      await open(waitingForSms(1.5 / 60));
      await customer.until(() => customer.text.includes('We are still waiting. You can close this page'), 'the words');
      expect(customer.text).to.not.contain('Time left');
      expect(customer.polite).to.contain('We are still waiting');
      expect(customer.buttonNamed('I have sent it')).to.not.equal(undefined);
      bff.move(paid());
      await customer.until(() => customer.heading === 'Paid', 'success');
    });

    it('explains what leaving does, and is checked once more when the customer leaves', async () => {
      await open(waitingForSms());
      expect(customer.text).to.contain('the code in this SMS stops working');
      bff.replies.push(moved(checking()));
      await click('Pay another way');
      await customer.until(() => customer.heading === 'We are checking your payment', 'the check');
      expect(sent()).to.deep.equal([['/checkout/abandon', {}]]);
      bff.move(openPayment());
      await customer.until(() => customer.root.querySelector('pay-code-form'), 'the form');
    });

    it('still counts after the time is up, and the customer is not asked to start again', async () => {
      await open(waitingForSms());
      await customer.until(() => bff.polls.length > 0, 'the long poll');
      bff.move({ status: 'expired', nextAction: { kind: 'wait', reason: 'sms_late', since: new Date().toISOString() } });
      await customer.until(() => customer.text.includes('If you sent the SMS, it still counts'), 'the words');
      expect(customer.heading).to.equal('The time to pay is up');
      expect(customer.text).to.not.contain('Nothing was charged').and.not.contain('start again');
      bff.move({ ...paid(), paidLate: true });
      await customer.until(() => customer.heading === 'Paid', 'success');
    });
  });

  it('reports neither the text to send nor what was typed to the page', async () => {
    const events: Event[] = [];
    const names = ['pay-ready', 'pay-status-change', 'pay-change', 'pay-before-submit', 'pay-pending', 'pay-failure'];
    const record = (event: Event) => events.push(event);
    for (const name of names) document.addEventListener(name, record);
    try {
      await open(waitingForSms());
      await open(sendingSms());
      bff.replies.push(() => bff.refuse(409, { code: 'code_invalid', field: 'code', reference: 'req-1' }));
      await customer.pay('WRONG001');
      await customer.until(() => customer.has('error'), 'the refusal');
    } finally {
      for (const name of names) document.removeEventListener(name, record);
    }
    expect(events.map(({ type }) => type)).to.include.members(['pay-change', 'pay-failure']);
    const contents = events.flatMap((event) => Object.values(event)).map((value) => JSON.stringify(value));
    expect(contents.join()).to.not.match(/DPAY|9XQ2|WRON|7255/);
  });

  it('does not take the focus of a page that opens with it', async () => {
    await open(sendingSms());
    expect(customer.focused).to.equal(null);
  });

  it('fits a narrow phone with a long text', async () => {
    onPhone();
    await setViewport({ width: 320, height: 640 });
    await open(sendingSms({}, { ...sendSms(), text: 'EXTRAORDINARILYLONGKEYWORDWITHOUTANYBREAK ABCD1234EFGH5678' }), 'my');
    const { right } = customer.checkout.getBoundingClientRect();
    for (const element of customer.root.querySelectorAll('pay-sms-form *'))
      expect(element.getBoundingClientRect().right, element.className.toString()).to.be.at.most(right + 1);
  });
});
