/**
 * The card form on a shop's page: in a frame of the BFF's origin, and for customer and shop as if it were a part of the checkout.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import { waitFor } from '../support/wait-for.ts';
import { goodCard, setUpCardFrame } from './card-frame-harness.ts';
import { setUpShopPage } from './shop-page-harness.ts';

describe('the card form on a shop’s page', () => {
  const harness = setUpShopPage();
  const setCard = (...changes: Parameters<typeof setUpCardFrame> extends [unknown, ...infer Rest] ? Rest : never) =>
    setUpCardFrame(harness, ...changes);

  /** Records the events that the page gets, with their own fields. */
  const listen = () =>
    harness.page.evaluate(() => {
      const events: string[] = [];
      Object.assign(window, { events });
      const names = ['pay-change', 'pay-before-submit', 'pay-success', 'pay-failure', 'pay-load-error', 'pay-status-change'];
      for (const name of names)
        document.addEventListener(name, (event) => {
          const { complete, problem, status } = event as Event & {
            complete?: boolean;
            problem?: { code: string };
            status?: string;
          };
          events.push([name, complete, problem?.code, status].filter((part) => part !== undefined).join(' '));
        });
    });
  const events = () => harness.page.evaluate(() => (window as unknown as { events: string[] }).events);
  const submit = () =>
    harness.page.evaluate(async () => {
      const checkout = document.querySelector('pay-desk') as PayDesk;
      const { sent, problem, view } = await checkout.submit();
      return { sent, problem: problem?.code ?? null, status: view.status };
    });

  it('is a document of the BFF without a secret in its URL; the shop’s document has no card field', async () => {
    const card = await setCard();
    await card.open();
    const frame = await card.frame();
    assert.equal(frame.url(), `${harness.bff}/frame/card/?merchant=demo`);
    assert.equal(await frame.evaluate(() => window.origin), harness.bff);
    const fields = await harness.page.evaluate(() => {
      const checkout = document.querySelector('pay-desk');
      return checkout?.shadowRoot?.querySelectorAll('input, pay-card-form').length;
    });
    assert.equal(fields, 0);
    const kept = () => frame.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));
    assert.ok(!(await kept()).includes(card.clientSecret));
    assert.deepEqual(harness.complaints, []);
  });

  it('pays with the card and then the code, one request of the frame each; the page gets the same events as for any method', async () => {
    const card = await setCard();
    await card.open();
    await card.frame();
    await listen();
    await card.type();
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await card.form.getByLabel('SMS code').pressSequentially(goodCard.code);
    await card.form.getByRole('button', { name: 'Pay 5,000 UZS' }).click();
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    assert.deepEqual(
      card.posts.map(({ path, body, origin }) => [path, body, origin]),
      [
        ['card', { number: goodCard.number, expire: '0399', seen: { due: 500_000, currency: 'UZS' } }, harness.bff],
        ['card/code', { code: goodCard.code }, harness.bff],
      ],
    );
    const all = await events();
    assert.deepEqual(
      all.filter((name) => !name.startsWith('pay-change')),
      [
        'pay-before-submit',
        'pay-status-change awaiting_customer',
        'pay-before-submit',
        'pay-status-change succeeded',
        'pay-success',
      ],
    );
    assert.deepEqual(all.filter((name) => name.startsWith('pay-change')).slice(0, 2), ['pay-change false', 'pay-change true']);
    assert.equal(await harness.page.locator('iframe').count(), 0);
    assert.deepEqual(harness.complaints, []);
  });

  it('is submitted by Enter too', async () => {
    const card = await setCard();
    await card.open();
    await card.type();
    await harness.page.keyboard.press('Enter');
    await card.form.getByLabel('SMS code').pressSequentially(`${goodCard.code}\n`);
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    assert.deepEqual(
      card.posts.map(({ path }) => path),
      ['card', 'card/code'],
    );
  });

  it('sends nothing where the page prevents it, and sends once it no longer does', async () => {
    const card = await setCard();
    await card.open();
    await harness.page.evaluate(() => {
      document.addEventListener(
        'pay-before-submit',
        (event) => {
          event.preventDefault();
          document.title = 'prevented';
        },
        { once: true },
      );
    });
    await card.type();
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await waitFor(async () => (await harness.page.title()) === 'prevented');
    assert.deepEqual(card.posts, []);
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await card.form.getByLabel('SMS code').waitFor();
    assert.equal(card.posts.length, 1);
  });

  it('is submitted by the page’s own button, which gets the result', async () => {
    const card = await setCard();
    await card.open('no-submit-button');
    await card.form.getByLabel('Card number').waitFor();
    assert.equal(await card.form.getByRole('button', { name: 'Get SMS code' }).count(), 0);
    assert.deepEqual(await submit(), { sent: false, problem: 'card_number', status: 'open' });
    await card.form.locator('[aria-invalid=true]').first().waitFor();
    await waitFor(async () => (await card.frame()).evaluate(() => document.hasFocus()));
    await card.type();
    assert.deepEqual(await submit(), { sent: true, problem: null, status: 'awaiting_customer' });
    await card.form.getByLabel('SMS code').pressSequentially('111111');
    assert.deepEqual(await submit(), { sent: true, problem: 'sms_code_wrong', status: 'awaiting_customer' });
    await card.form.getByLabel('SMS code').fill(goodCard.code);
    assert.deepEqual(await submit(), { sent: true, problem: null, status: 'succeeded' });
  });

  it('reports other actions to the checkout around it: another code was sent', async () => {
    const card = await setCard();
    await card.open();
    await card.type();
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await card.form.getByLabel('SMS code').waitFor();
    const { nextAction } = card.view();
    assert.ok(nextAction.kind === 'enter_card_code');
    nextAction.resendAt = new Date(0).toISOString();
    await harness.page.evaluate(() => (document.querySelector('pay-desk') as PayDesk).refresh());
    await (await card.frame()).evaluate(() => (document.querySelector('pay-card-element') as unknown as PayDesk).refresh());
    await card.form.getByRole('button', { name: 'Send a new code' }).click();
    await waitFor(() =>
      harness.page.evaluate(() => {
        const action = (document.querySelector('pay-desk') as PayDesk).view?.nextAction;
        return action?.kind === 'enter_card_code' && action.resent;
      }),
    );
    assert.deepEqual(
      card.posts.map(({ path }) => path),
      ['card', 'card/resend'],
    );
  });

  it('opens with the customer’s consent after a transfer that may still be found, and the consent is sent to the BFF', async () => {
    const card = await setCard();
    const confirm = { kind: 'confirm', reason: 'second_payment', options: [card.view().nextAction] };
    Object.assign(card.view(), { nextAction: confirm });
    await card.open();
    await harness.page.getByRole('button', { name: 'Pay another way' }).click();
    await card.type();
    await harness.page.keyboard.press('Enter');
    await card.form.getByLabel('SMS code').waitFor();
    assert.deepEqual(
      card.posts.map(({ body }) => body),
      [{ number: goodCard.number, expire: '0399', acknowledge: true, seen: { due: 500_000, currency: 'UZS' } }],
    );
  });

  it('is cleared by the page, and when the page is left', async () => {
    const card = await setCard();
    await card.open();
    const number = () => card.form.getByLabel('Card number').inputValue();
    for (const leave of [
      () => (document.querySelector('pay-desk') as PayDesk).clear(),
      () => dispatchEvent(new Event('pagehide')),
    ]) {
      await card.type();
      assert.equal(await number(), '8600 4954 7331 6478');
      await harness.page.evaluate(leave);
      await waitFor(async () => (await number()) === '');
    }
  });

  it('is shown again after the frame alone was reloaded', async () => {
    const card = await setCard();
    await card.open();
    const frame = await card.frame();
    await frame.evaluate(() => location.reload());
    await waitFor(async () => (await card.form.getByLabel('Card number').count()) === 1);
    await card.type();
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await card.form.getByLabel('SMS code').waitFor();
  });

  it('leaves no submit without a result: where the frame is gone, the checkout reads the payment', async () => {
    const card = await setCard();
    const sent: string[] = [];
    // The BFF has received it and still processes it.
    await harness.context.route(`${harness.bff}/checkout/card`, (route) => void sent.push(route.request().url()));
    const submitting = () => {
      const answer = submit();
      let early: unknown;
      answer.then(
        (result) => (early = result),
        (error) => (early = error),
      );
      return waitFor(async () => {
        assert.equal(early, undefined, 'an answer although nothing was sent');
        return sent.length > 0 && { answer };
      });
    };
    await harness.page.clock.install();
    await card.open();
    const unanswered = { sent: true, problem: null, status: 'open' };
    await card.type();
    const { answer: reloaded } = await submitting();
    await (await card.frame()).evaluate(() => location.reload());
    assert.deepEqual(await reloaded, unanswered);

    sent.length = 0;
    await card.type();
    const { answer: removed } = await submitting();
    await harness.page.locator('pay-desk iframe').evaluate((iframe) => iframe.remove());
    await harness.page.clock.fastForward(20_000);
    assert.deepEqual(await removed, unanswered);
  });

  it('continues at the code when the whole page is reloaded', async () => {
    const card = await setCard();
    await card.open();
    await card.type();
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await card.form.getByLabel('SMS code').waitFor();
    await harness.page.reload();
    await card.form.getByLabel('SMS code').pressSequentially(`${goodCard.code}\n`);
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
  });
});
