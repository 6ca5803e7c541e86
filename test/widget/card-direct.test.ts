/** A card that goes directly to Payme: the browser carries out the steps with Payme, and our server gets only the token. */
import { expect } from '@open-wc/testing';
import { HttpResponse, http } from 'msw';
import type { PaymentView } from '#contract';
import { CardHarness } from './support/card-harness.ts';
import { FakeBff, worker } from './support/fake-bff.ts';
import { byCard, cardPayment } from './support/payment-view.ts';

const direct = { url: 'https://payme.example/api', cashboxId: '5e730e8e0b852a417aa49ceb' };
const card = { number: '860006******6311', expire: '03/99', token: 'token_1', recurrent: false, verify: false };

describe('a card that goes directly to Payme', () => {
  let bff: FakeBff;
  let customer: CardHarness;
  /** The requests Payme got, and what it answers next: a result, an error code, or a text that is neither. */
  let calls: { method: string; params: unknown; auth: string | null }[];
  let answers: (object | number | string)[];

  const open = async (view: PaymentView) => {
    sessionStorage.clear();
    bff = new FakeBff(view);
    calls = [];
    answers = [];
    worker.use(
      http.post(direct.url, async ({ request }) => {
        const { method, params } = JSON.parse(await request.text());
        calls.push({ method, params, auth: request.headers.get('x-auth') });
        const answer = answers.shift() ?? -32400;
        if (typeof answer === 'string') return new HttpResponse(answer);
        if (typeof answer === 'object') return HttpResponse.json({ jsonrpc: '2.0', result: answer });
        return HttpResponse.json({ error: { code: answer, message: '<b>Текст Payme</b>' } });
      }),
    );
    customer = await CardHarness.open(bff);
  };
  const codeRequested = { sent: true, phone: '99890*****66', wait: 60_000 };
  const toCode = async () => {
    answers.push({ card }, codeRequested);
    await customer.enterCard();
    await customer.until(() => customer.heading === 'Enter the code from the SMS', 'the code');
  };
  const enter = async (code: string) => {
    await customer.typeIn('sms-code', code);
    await customer.press('Enter');
  };

  beforeEach(() => open(cardPayment({}, { direct, canSave: true })));

  it('becomes a token at Payme, is confirmed there, and reaches our server as a token only, without number or code', async () => {
    expect(customer.text).to.contain('Your card details go straight to Payme');
    customer.root.querySelector<HTMLInputElement>('[type=checkbox]')?.click();
    await toCode();
    expect(customer.text).to.contain('Code sent to +998 90 ••• •• 66').and.contain('card •• 6311');
    expect(bff.posts).to.have.length(0);
    answers.push({ card: { ...card, token: 'token_2', verify: true } });
    bff.replies.push(() =>
      HttpResponse.json(
        bff.move({ status: 'succeeded', amountPaid: 500_000, attempt: byCard('paid'), nextAction: { kind: 'none' } }),
      ),
    );
    await enter('666666');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(calls).to.deep.equal([
      {
        method: 'cards.create',
        params: { card: { number: '8600069195406311', expire: '0399' }, save: true },
        auth: direct.cashboxId,
      },
      { method: 'cards.get_verify_code', params: { token: 'token_1' }, auth: direct.cashboxId },
      { method: 'cards.verify', params: { token: 'token_1', code: '666666' }, auth: direct.cashboxId },
    ]);
    expect(bff.posts.map(({ path, body }) => [path, body])).to.deep.equal([
      ['/checkout/card/token', { token: 'token_2', save: true, seen: { due: 500_000, currency: 'UZS' } }],
    ]);
  });

  for (const [code, words] of [
    [-31300, 'Payme doesn’t accept this card number or date'],
    [-31301, 'its SMS service is off, or it has expired or is blocked'],
    [-31303, 'There isn’t enough money on this card'],
    [-31400, 'The card was declined'],
    [-31900, 'The card was declined'],
    [-32400, 'Payme can’t be reached right now'],
    ['<html>', 'Payme can’t be reached right now'],
    ['{"result":7}', 'Payme can’t be reached right now'],
  ] as const)
    it(`explains ${code} of Payme with our own text`, async () => {
      answers.push(code);
      await customer.enterCard();
      await customer.until(() => customer.text.includes(words), words);
      await customer.until(() => customer.assertive.includes(words), 'the announcement');
      expect(customer.text).to.not.contain('Текст');
      expect(customer.input('card-number').value).to.equal('8600 0691 9540 6311');
      expect(bff.posts).to.have.length(0);
    });

  for (const [code, words] of [
    [-31103, 'This code isn’t right'],
    [-31200, 'This code isn’t right'],
    [-31101, 'This code no longer works'],
    [-31102, 'This code no longer works'],
  ] as const)
    it(`explains ${code} at the field of the SMS code`, async () => {
      await toCode();
      answers.push(code);
      await enter('111111');
      await customer.until(() => customer.under('sms-code').includes(words), words);
      expect(customer.under('sms-code')).to.not.contain('Tries left');
    });

  it('asks Payme for another code', async () => {
    answers.push({ card }, { ...codeRequested, wait: 0 }, { ...codeRequested, phone: '99890*****67' });
    await customer.enterCard();
    await customer.until(() => customer.buttonNamed('Send a new code'), 'the button');
    customer.buttonNamed('Send a new code')?.click();
    await customer.until(() => customer.text.includes('Code sent to +998 90 ••• •• 67'), 'the other');
    expect(customer.under('sms-code')).to.contain('A new code was sent');
    expect(calls.map(({ method }) => method)).to.deep.equal(['cards.create', 'cards.get_verify_code', 'cards.get_verify_code']);
    expect(bff.posts).to.have.length(0);
  });

  it('is confirmed once: a token whose answer was lost is sent again with the same Idempotency-Key', async () => {
    await toCode();
    answers.push({ card: { ...card, verify: true } });
    bff.replies.push(
      () => HttpResponse.error(),
      () => HttpResponse.error(),
    );
    await enter('666666');
    await customer.until(() => customer.text.includes('The connection was lost'), 'the words');
    bff.replies.push(() =>
      HttpResponse.json(bff.move({ status: 'succeeded', amountPaid: 500_000, nextAction: { kind: 'none' } })),
    );
    await customer.click();
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(calls.filter(({ method }) => method === 'cards.verify')).to.have.length(1);
    expect(new Set(bff.posts.map(({ key, body }) => `${key} ${JSON.stringify(body)}`)).size).to.equal(1);
  });

  it('asks for the card again after the bank declined it', async () => {
    await toCode();
    answers.push({ card: { ...card, verify: true } });
    bff.replies.push(() =>
      bff.refuse(402, { code: 'card_declined', reference: 'r' }, { attempt: byCard('declined'), status: 'open' }),
    );
    await enter('666666');
    await customer.until(() => customer.root.getElementById('card-number'), 'the card');
    expect(customer.text).to.contain('The card was declined, so nothing was charged');
  });

  it('is forgotten when the customer chooses another card', async () => {
    await toCode();
    customer.buttonNamed('Use another card')?.click();
    await customer.until(() => customer.root.getElementById('card-number'), 'the card');
    expect(customer.input('card-number').value).to.equal('');
    expect(bff.posts).to.have.length(0);
  });
});
