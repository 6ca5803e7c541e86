/** Paying by card: the card, the code of its SMS, saved cards, and every answer that can follow. */
import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import type { PaymentView, Problem } from '#contract';
import { CardHarness } from './support/card-harness.ts';
import { FakeBff } from './support/fake-bff.ts';
import { byCard, cardCode, cardPayment, enterCard, enterCardCode, savedCards } from './support/payment-view.ts';

/** What the customer saw that they pay. */
const seen = { due: 500_000, currency: 'UZS' };

const dangerColor = ({ root }: CardHarness) => {
  const probe = document.createElement('span');
  probe.style.color = 'var(--_color-danger)';
  root.querySelector('.root')?.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

describe('paying by card', () => {
  let bff: FakeBff;
  let customer: CardHarness;
  const open = async (view: PaymentView, options = {}) => {
    sessionStorage.clear();
    bff = new FakeBff(view);
    customer = await CardHarness.open(bff, options);
  };
  const moved = (view: Partial<PaymentView>) => () => HttpResponse.json(bff.move(view));
  const sent = () => bff.posts.map(({ method, path, body }) => [method, path, body]);
  const paid = (): Partial<PaymentView> => ({
    status: 'succeeded',
    amountPaid: 500_000,
    paidAt: soon(0),
    attempt: byCard('paid'),
    nextAction: { kind: 'none' },
  });
  const codeRequested = (own = {}): Partial<PaymentView> => ({
    status: 'awaiting_customer',
    attempt: byCard('awaiting_customer'),
    nextAction: enterCardCode(own),
  });

  describe('with a typed card', () => {
    beforeEach(() => open(cardPayment()));

    it('goes from the card to the code to the receipt, in two clicks', async () => {
      bff.replies.push(moved(codeRequested()), moved(paid()));
      await customer.enterCard();
      await customer.until(() => customer.heading === 'Enter the code from the SMS', 'the code');
      for (const fact of ['5,000 UZS', 'Code sent to +998 90 ••• •• 66', 'card •• 6311']) expect(customer.text).to.contain(fact);
      expect(customer.polite).to.equal('Enter the code from the SMS');
      await customer.until(() => customer.focused === customer.input('sms-code'), 'the focus');
      await customer.typeOn('666666');
      expect(customer.button.querySelector('.idle')?.textContent).to.equal('Pay 5,000\u00a0UZS');
      await customer.press('Enter');
      await customer.until(() => customer.heading === 'Paid', 'success');
      await customer.until(() => customer.text.includes('Card ···· 6311'), 'the receipt');
      expect(sent()).to.deep.equal([
        ['POST', '/checkout/card', { number: '8600069195406311', expire: '0399', seen }],
        ['POST', '/checkout/card/code', { code: '666666' }],
      ]);
      expect(new Set(bff.posts.map(({ key }) => key)).size).to.equal(2);
    });

    it('shows at each field what is missing, focuses the first, and sends nothing', async () => {
      await customer.click();
      await customer.until(() => customer.assertive !== '', 'the announcement');
      expect(customer.assertive).to.equal('Type the card number first.');
      expect(customer.under('card-number')).to.equal('Type the card number first.');
      expect(customer.under('card-expire')).to.contain('Type month and year');
      await customer.until(() => customer.focused === customer.input('card-number'), 'the focus');
      await customer.typeOn('8600');
      expect(customer.under('card-number')).to.contain('16 digits');
      expect(bff.posts).to.have.length(0);
    });

    for (const [problem, field, words] of [
      [{ code: 'card_number', field: 'number' }, 'card-number', 'Payme doesn’t accept this card number or date'],
      [{ code: 'card_expiry', field: 'expire' }, 'card-expire', 'This date doesn’t fit the card'],
      [{ code: 'card_number' }, 'card-number', 'Payme doesn’t accept'],
    ] as const)
      it(`shows ${problem.code} at its field and announces it, keeps what was typed, and focuses the field`, async () => {
        bff.replies.push(() => bff.refuse(422, { ...problem, reference: 'r' }));
        await customer.enterCard();
        await customer.until(() => customer.under(field).includes(words), words);
        const input = customer.input(field);
        expect(input.getAttribute('aria-invalid')).to.equal('true');
        await customer.until(() => customer.focused === input && customer.assertive.includes(words), 'focus and announcement');
        expect(customer.input('card-number').value).to.equal('8600 0691 9540 6311');
      });

    for (const [code, words] of [
      ['card_declined', 'The card was declined, so nothing was charged'],
      ['card_sms_disabled', 'its SMS service is off, or it has expired or is blocked. Nothing was charged'],
      ['insufficient_funds', 'There isn’t enough money on this card, so nothing was charged'],
      ['sms_not_sent', 'The SMS could not be sent, so nothing was charged'],
      ['payment_reversed', 'was taken and returned to your card. You can pay again'],
      ['payment_changed', 'The amount has changed, so nothing was charged'],
      ['provider_unavailable', 'Payme can’t be reached right now, so nothing was charged'],
      ['idempotency_conflict', 'you won’t be charged twice'],
    ] as const)
      it(`shows ${code} above the button and announces it, with the text for cards`, async () => {
        const problem: Problem = { code, reference: 'r', ...(code === 'idempotency_conflict' && { retryAt: soon(5) }) };
        bff.replies.push(() => bff.refuse(409, problem));
        await customer.enterCard();
        await customer.until(() => customer.text.includes(words), words);
        await customer.until(() => customer.assertive.includes(words), 'the announcement');
        expect(customer.text).to.not.contain('the same code');
        expect(customer.input('card-number').getAttribute('aria-invalid')).to.equal('false');
        const panel = customer.root.querySelector('.problem');
        if (code === 'payment_reversed') expect(panel?.textContent).to.contain('5,000\u00a0UZS was taken');
        // Money that came back is told first, and is no fault; the others stand by the button, apart from every field.
        const isFirst = panel?.nextElementSibling?.contains(customer.input('card-number'));
        expect([isFirst, panel?.nextElementSibling === customer.button]).to.deep.equal(
          code === 'payment_reversed' ? [true, false] : [false, true],
        );
        expect(panel && getComputedStyle(panel).color).to.not.equal(dangerColor(customer));
        expect(customer.button.disabled).to.equal(false);
      });

    it('says where no other way to pay is left that this order cannot be paid here, instead of asking again', async () => {
      bff.replies.push(() => bff.refuse(409, { code: 'method_unavailable', reference: 'r' }));
      await customer.enterCard();
      await customer.until(() => customer.heading === 'This order can’t be paid here', 'the end');
      await customer.until(() => customer.text.includes('Back to Nova Books'), 'the way back');
    });

    it('explains after a lost answer that the customer cannot pay twice, and retries with the same Idempotency-Key', async () => {
      bff.replies.push(
        () => HttpResponse.error(),
        () => HttpResponse.error(),
        moved(codeRequested()),
      );
      await customer.enterCard();
      await customer.until(() => customer.text.includes('The connection was lost. Try again'), 'the words');
      expect(customer.text).to.not.contain('the same code');
      await customer.click();
      await customer.until(() => customer.heading === 'Enter the code from the SMS', 'the code');
      expect(new Set(bff.posts.map(({ key }) => key)).size).to.equal(1);
    });

    it('locks after too many tries, and announces when the lock is over', async () => {
      bff.replies.push(() => bff.refuse(429, { code: 'too_many_attempts', retryAt: soon(4), reference: 'r' }));
      await customer.enterCard();
      await customer.until(() => customer.has('countdown') && customer.button.disabled, 'the wait');
      await customer.until(() => !customer.button.disabled, 'its end');
      await customer.until(() => customer.polite === 'You can try again now.', 'the announcement');
    });

    it('forgets the card when its step is done, when it is cleared, and when the page is left', async () => {
      await customer.typeIn('card-number', '8600069195406311');
      customer.checkout.clear();
      await customer.checkout.updateComplete;
      await customer.until(() => customer.input('card-number').value === '', 'nothing');
      await customer.typeIn('card-number', '8600069195406311');
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      await customer.until(() => customer.input('card-number').value === '', 'nothing');
      bff.replies.push(moved(codeRequested()), moved(cardPayment()));
      await customer.enterCard();
      await customer.until(() => customer.heading === 'Enter the code from the SMS', 'the code');
      customer.buttonNamed('Use another card')?.click();
      await customer.until(() => customer.root.getElementById('card-number'), 'the card');
      expect(customer.input('card-number').value + customer.input('card-expire').value).to.equal('');
    });

    it('names Payme as the receiver of the card details, and links its terms', () => {
      expect(customer.text).to.contain('go to Payme through our secure server and are not kept').and.contain('Powered by Payme');
      const link = customer.root.querySelector<HTMLAnchorElement>('pay-card-form a');
      expect([link?.href, link?.target, link?.rel]).to.deep.equal([
        'https://payme.example/offer',
        '_blank',
        'noopener noreferrer',
      ]);
    });

    it('moves the focus from the button to the code of the SMS, and marks a wrong code to be typed anew', async () => {
      bff.replies.push(moved(codeRequested()), () =>
        bff.refuse(409, { code: 'sms_code_wrong', reference: 'r' }, codeRequested()),
      );
      await customer.typeIn('card-number', '8600069195406311');
      await customer.typeIn('card-expire', '0399');
      customer.button.focus();
      await customer.click();
      await customer.until(() => customer.focused?.id === 'sms-code', 'the focus');
      await customer.typeOn('111111');
      customer.button.focus();
      await customer.click();
      await customer.until(() => customer.under('sms-code').includes('This code isn’t right'), 'the reason');
      await customer.until(() => customer.focused === customer.input('sms-code'), 'the focus again');
      expect(customer.input('sms-code').selectionEnd).to.equal(6);
      expect(customer.input('sms-code').selectionStart).to.equal(0);
    });

    it('keeps what was typed when the language changes', async () => {
      await customer.typeIn('card-number', '8600069195406311');
      customer.checkout.locale = 'ru';
      await customer.until(() => customer.text.includes('Номер карты'), 'Russian');
      expect(customer.input('card-number').value).to.equal('8600 0691 9540 6311');
    });
  });

  it('shows no link where the offer is not a web address', async () => {
    await open(cardPayment({}, { offerUrl: 'javascript:alert(1)' }));
    expect(customer.root.querySelectorAll('pay-card-form a')).to.have.length(0);
  });

  it('asks for the phone and for saving where they are wanted, and sends them', async () => {
    await open(cardPayment({}, { askPhone: true, canSave: true }));
    await customer.enterCard();
    await customer.until(() => customer.under('card-phone').startsWith('Type an Uzbek phone number'), 'the words');
    await customer.until(() => customer.focused === customer.input('card-phone'), 'the focus');
    expect(customer.input('card-phone').autocomplete).to.equal('tel');
    await customer.typeOn('+998 90 130-45-27');
    expect(customer.text).to.contain('Next time at Nova Books you won’t have to type it');
    customer.root.querySelector<HTMLInputElement>('[type=checkbox]')?.click();
    await customer.click();
    await customer.until(() => bff.posts.length === 1, 'the request');
    expect(bff.posts[0]?.body).to.deep.equal({
      number: '8600069195406311',
      expire: '0399',
      save: true,
      phone: '+998901304527',
      seen,
    });
  });

  it('sends the customer’s consent to a second payment', async () => {
    const options = [enterCard(), { kind: 'enter_code' as const }];
    await open(
      cardPayment({ methods: ['card', 'pay_code'], nextAction: { kind: 'confirm', reason: 'second_payment', options } }),
    );
    customer.root.querySelector<HTMLButtonElement>('.secondary')?.click();
    await customer.until(() => customer.root.getElementById('card-number'), 'the card');
    await customer.enterCard();
    await customer.until(() => bff.posts.length === 1, 'the request');
    expect(bff.posts[0]?.body).to.deep.include({ acknowledge: true });
  });

  describe('with the SMS code', () => {
    const enter = async (code: string) => {
      await customer.typeIn('sms-code', code);
      await customer.press('Enter');
    };

    it('shows at the field how many tries are left after a wrong code', async () => {
      await open(cardCode());
      bff.replies.push(() =>
        bff.refuse(422, { code: 'sms_code_wrong', field: 'code', reference: 'r' }, codeRequested({ attemptsLeft: 2 })),
      );
      await enter('111111');
      await customer.until(() => customer.under('sms-code').includes('Tries left: 2.'), 'the words');
      expect(customer.under('sms-code')).to.contain('nothing was charged');
      expect(customer.assertive).to.contain('Tries left: 2.');
      await customer.until(() => customer.focused === customer.input('sms-code'), 'the focus');
    });

    it('rejects at the field what cannot be a code, before anything is sent', async () => {
      await open(cardCode());
      await customer.click();
      await customer.until(() => customer.assertive === 'Type the code from the SMS first.', 'the announcement');
      await enter('12');
      await customer.until(() => customer.under('sms-code').startsWith('The code has 4 to 8 digits'), 'the words');
      expect(bff.posts).to.have.length(0);
    });

    it('shows that an expired code no longer works, and offers a new one', async () => {
      await open(cardCode({}, { resendAt: soon(-1) }));
      bff.replies.push(
        () =>
          bff.refuse(
            422,
            { code: 'sms_code_expired', field: 'code', reference: 'r' },
            codeRequested({ resendAt: soon(-1), attemptsLeft: 0 }),
          ),
        moved(codeRequested({ resendAt: soon(60), resent: true })),
      );
      await enter('666666');
      await customer.until(() => customer.under('sms-code').includes('no longer works, so nothing was charged'), 'the words');
      // It is the only way on, so it is the button, and the field takes nothing.
      expect(customer.button.querySelector('.idle')?.textContent).to.equal('Send a new code');
      expect(customer.text).to.not.contain('Pay 5,000');
      expect(customer.input('sms-code').disabled).to.equal(true);
      await customer.checkout.submit();
      expect(sent()).to.have.length(1);
      await customer.until(() => customer.focused === customer.button, 'the focus');
      customer.button.click();
      await customer.until(() => customer.under('sms-code').startsWith('A new code was sent'), 'the news');
      await customer.until(() => customer.polite.startsWith('A new code was sent'), 'the announcement');
      expect(sent().at(-1)).to.deep.equal(['POST', '/checkout/card/resend', {}]);
      expect(customer.text).to.match(/New code in (1:00|0:5\d)/);
      await customer.until(() => customer.focused === customer.input('sms-code'), 'the focus, not lost with the button');
      expect(customer.input('sms-code').value).to.equal('');
    });

    it('counts down on the button until a new code can be had for one that is spent, and pays nothing meanwhile', async () => {
      await open(cardCode({}, { resendAt: soon(6), attemptsLeft: 0 }));
      expect(customer.button.disabled).to.equal(true);
      expect(customer.button.textContent).to.match(/New code in 0:0\d/);
      await customer.until(() => customer.button.querySelector('.idle')?.textContent === 'Send a new code', 'the button');
      expect(customer.button.disabled).to.equal(false);
      expect(bff.posts).to.have.length(0);
    });

    it('leads to another card where no code is left and no more are sent', async () => {
      await open(cardCode({}, { resendAt: null, attemptsLeft: 0 }));
      expect([...customer.root.querySelectorAll('.submit')].map(({ textContent }) => textContent?.trim())).to.deep.equal([
        'Use another card',
      ]);
    });

    it('shows that a new code may be on its way where Payme’s answer was lost', async () => {
      await open(cardCode({}, { resendAt: soon(-1) }));
      bff.replies.push(moved(codeRequested({ resendAt: soon(60), resent: 'maybe' })));
      customer.buttonNamed('Send a new code')?.click();
      await customer.until(() => customer.under('sms-code').startsWith('A new code may be on its way'), 'the words');
      expect(customer.polite).to.contain('may be on its way');
    });

    it('takes the code of the SMS before, while another SMS has to wait', async () => {
      await open(cardCode({}, { resendAt: soon(-1) }));
      const retryAt = soon(600);
      const refusal = { code: 'too_many_attempts', retryAt, reference: 'r' } as const;
      bff.replies.push(() => bff.refuse(429, refusal, codeRequested({ resendAt: retryAt })), moved(codeRequested()));
      customer.buttonNamed('Send a new code')?.click();
      await customer.until(() => /New code in (10:00|9:\d\d)/.test(customer.text), 'the wait for the SMS');
      expect(customer.under('sms-code')).to.equal('Another code has to wait. The last one still works.');
      expect(customer.button.disabled).to.equal(false);
      expect(customer.text).to.not.contain('Try again in');
      await enter('666666');
      await customer.until(() => sent().length === 2, 'the code');
    });

    it('counts down to the next one by the server’s clock, and offers it then', async () => {
      const ahead = 3_600_000;
      await open(
        cardCode({ now: soon(ahead / 1000), expiresAt: soon(3 * (ahead / 1000)) }, { resendAt: soon(ahead / 1000 + 8) }),
      );
      await customer.until(() => /New code in 0:0\d/.test(customer.text), 'the countdown');
      expect(customer.buttonNamed('Send a new code')).to.equal(undefined);
      await customer.until(() => customer.buttonNamed('Send a new code'), 'the button');
      await customer.until(() => customer.polite === 'You can ask for a new code now.', 'the announcement');
    });

    it('shows when no more codes are sent, and works without a phone number from Payme', async () => {
      await open(cardCode({}, { phone: null, resendAt: null }));
      expect(customer.text).to.contain('No more codes can be sent').and.contain('We asked Payme to send a code');
      expect(customer.buttonNamed('Send a new code')).to.equal(undefined);
    });

    it('lets the customer choose another card', async () => {
      await open(cardCode());
      bff.replies.push(moved(cardPayment()));
      customer.buttonNamed('Use another card')?.focus();
      customer.buttonNamed('Use another card')?.click();
      await customer.until(() => customer.focused?.id === 'card-number', 'the card, with the focus that the button had');
      expect(sent()).to.deep.equal([['POST', '/checkout/abandon', {}]]);
    });

    it('explains why the card is asked for again after the bank declined it', async () => {
      await open(cardCode());
      bff.replies.push(() =>
        bff.refuse(402, { code: 'insufficient_funds', reference: 'r' }, cardPayment({ attempt: byCard('declined') })),
      );
      await enter('666666');
      await customer.until(() => customer.root.getElementById('card-number'), 'the card');
      await customer.until(() => customer.assertive.includes('There isn’t enough money'), 'the announcement');
      expect(customer.text).to.contain('There isn’t enough money on this card');
    });

    it('shows that the payment is being checked while the answer is slow, and then its result', async () => {
      await open(cardCode());
      bff.replies.push(
        moved({
          status: 'processing',
          attempt: byCard('processing'),
          nextAction: { kind: 'wait', reason: 'checking', since: soon(0) },
        }),
      );
      await enter('666666');
      await customer.until(() => customer.heading === 'We are checking your payment', 'the check');
      await customer.until(() => bff.polls.length > 0, 'the long poll');
      bff.move(paid());
      await customer.until(() => customer.heading === 'Paid', 'success');
    });
  });

  describe('with a saved card', () => {
    it('preselects the first card, and pays with its id', async () => {
      await open(cardPayment({}, { saved: savedCards }));
      expect(customer.card.map(({ value, checked }) => [value, checked])).to.deep.equal([
        ['card_1', true],
        ['card_2', false],
        ['', false],
      ]);
      for (const fact of ['Uzcard ending in 6311', 'Humo ending in 0101', 'Another card']) expect(customer.text).to.contain(fact);
      expect(customer.root.getElementById('card-number')).to.equal(null);
      const label = () => customer.button.querySelector('.idle')?.textContent;
      expect(label()).to.equal('Pay 5,000\u00a0UZS · •••• 6311ending in 6311');
      bff.replies.push(moved(paid()));
      customer.card[1]?.click();
      await customer.until(() => label()?.includes('•••• 0101'), 'the other card on the button');
      await customer.click();
      await customer.until(() => customer.heading === 'Paid', 'success');
      expect(sent()).to.deep.equal([['POST', '/checkout/card/saved', { cardId: 'card_2', seen }]]);
    });

    it('shows the new amount where the shop has changed it, and pays that one with the next click', async () => {
      await open(cardPayment({}, { saved: savedCards }));
      const changed = { amount: 600_000, due: 600_000 };
      bff.replies.push(() => bff.refuse(409, { code: 'payment_changed', reference: 'r' }, changed), moved(paid()));
      await customer.click();
      await customer.until(() => customer.text.includes('The amount has changed'), 'the reason');
      expect(customer.button.querySelector('.idle')?.textContent).to.contain('Pay 6,000\u00a0UZS');
      await customer.click();
      await customer.until(() => customer.heading === 'Paid', 'success');
      expect(sent().map(([, , body]) => Object(body).seen.due)).to.deep.equal([500_000, 600_000]);
    });

    it('asks for an SMS where the merchant wants one', async () => {
      await open(cardPayment({}, { saved: savedCards, confirmSaved: true, askPhone: true }));
      expect(customer.button.querySelector('.idle')?.textContent).to.equal('Get SMS code');
      bff.replies.push(moved(codeRequested()));
      await customer.typeIn('card-phone', '901304527');
      await customer.click();
      await customer.until(() => customer.heading === 'Enter the code from the SMS', 'the code');
      expect(bff.posts[0]?.body).to.deep.equal({ cardId: 'card_1', phone: '+998901304527', seen });
    });

    it('can be replaced by another card', async () => {
      await open(cardPayment({}, { saved: savedCards }));
      customer.card[2]?.click();
      await customer.until(() => customer.root.getElementById('card-number'), 'the fields');
      expect(customer.button.querySelector('.idle')?.textContent).to.equal('Get SMS code');
      await customer.enterCard();
      await customer.until(() => bff.posts.length === 1, 'the request');
      expect(bff.posts[0]?.path).to.equal('/checkout/card');
    });

    it('is removed after a confirmation, and kept when the customer declines it', async () => {
      await open(cardPayment({}, { saved: savedCards }));
      const remove = () => customer.buttonNamed('Remove the card ending in 6311');
      customer.buttonNamed('Manage')?.click();
      await customer.until(remove, 'the buttons');
      const height = () => Math.round(customer.root.querySelector('.cards')?.getBoundingClientRect().height ?? 0);
      const before = height();
      remove()?.focus();
      remove()?.click();
      await customer.until(() => customer.text.includes('Remove •••• 6311?'), 'the question');
      // The list keeps its height, and nothing is paid with the card in question, nor by the page's own button.
      expect(height()).to.equal(before);
      expect(customer.button.disabled).to.equal(true);
      expect((await customer.checkout.submit().catch(() => null))?.sent).to.not.equal(true);
      await customer.until(() => customer.focused === customer.buttonNamed('Remove'), 'the focus');
      customer.buttonNamed('Keep')?.click();
      await customer.until(remove, 'the card');
      expect(customer.card[0]?.checked).to.equal(true);
      expect(bff.posts).to.have.length(0);
      remove()?.click();
      await customer.until(() => customer.buttonNamed('Remove'), 'the question');
      bff.replies.push(moved(cardPayment({}, { saved: savedCards.slice(1) })));
      customer.buttonNamed('Remove')?.click();
      await customer.until(() => customer.checkout.view?.version === 2 && customer.card.length === 2, 'its end');
      expect(sent()).to.deep.equal([['DELETE', '/checkout/card/saved/card_1', null]]);
      expect(customer.card[0]?.checked).to.equal(true);
    });

    it('shows that a saved card cannot be used any more, and the form for another one', async () => {
      await open(cardPayment({}, { saved: savedCards }));
      bff.replies.push(() => bff.refuse(409, { code: 'card_not_saved', reference: 'r' }, cardPayment()));
      await customer.click();
      await customer.until(() => customer.text.includes('This saved card can’t be used any more'), 'the words');
      expect(customer.root.getElementById('card-number')).to.not.equal(null);
    });
  });

  it('uses the card frame only where the BFF has another origin than the page', async () => {
    sessionStorage.clear();
    bff = new FakeBff(cardPayment(), 'https://bff.example');
    customer = await CardHarness.open(bff);
    await customer.until(() => customer.root.querySelector('pay-card-frame'), 'the frame');
    expect(customer.root.querySelectorAll('pay-card-form, #card-number')).to.have.length(0);
  });
});
