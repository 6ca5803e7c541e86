/** One payment: the two steps of an act, what came of it, and what happens when it goes wrong. */
import { assert } from '@open-wc/testing';
import { ConsoleHarness } from './support/console-harness.ts';
import { ok, problem } from './support/fake-operator-api.ts';
import { anna, approval, detail, dispose, flag, fullDetail, payment, resolvePaid } from './support/operator-data.ts';

const address = '#/payments/pay_7q4k19tz00000000';
const fill = async (page: ConsoleHarness) => {
  await page.press('Record as paid');
  await page.type('input[name=amount]', '6000.00');
  await page.type('input[name=upstreamId]', '1394646474');
  await page.type('textarea', 'Seen in the cabinet');
};

describe('an act', () => {
  it('says what will happen and what cannot be undone before the button that does it', async () => {
    const page = await ConsoleHarness.open(address);
    await page.press('Record as paid');
    await page.says('The payment becomes paid, and the shop is sent payment.succeeded.');
    await page.says('What cannot be undone The shop may ship the order.');
    await page.says('Do it: Record as paid');
    assert.equal(page.focused?.getAttribute('name'), 'amount');
    assert.equal(page.api.posts.length, 0);
  });

  it('is sent with what was typed and the version that was seen, and its result is said', async () => {
    const page = await ConsoleHarness.open(address);
    await fill(page);
    page.api.replies.push(ok({ payment: payment({ status: 'succeeded', version: 8 }) }));
    await page.press('Do it');
    await page.says('Done: Record as paid. The payment is now: paid.');
    assert.deepEqual(page.api.posts[0]?.body, {
      outcome: 'paid',
      attemptId: 'att_1',
      amount: 600_000,
      currency: 'MMK',
      upstreamId: '1394646474',
      note: 'Seen in the cabinet',
      version: 7,
    });
    await page.until(() => page.focused?.classList.contains('result'), 'the focus on the result');
  });

  it('has the number that the customer submitted, and warns where another one is typed in', async () => {
    const page = await ConsoleHarness.open(address);
    await page.press('Record as paid');
    assert.equal((await page.find<HTMLInputElement>('input[name=upstreamId]')).value, '1394646474');
    await page.says('The customer submitted 1394646474. Compare it');
    assert.lengthOf(page.all('.wrong'), 0);
    await page.type('input[name=upstreamId]', '1394646475');
    await page.says('The customer submitted 1394646474, and not this number. Look again');
    assert.equal(page.api.posts.length, 0);
  });

  it('is not sent while a field is wrong, and the field gets the focus', async () => {
    const page = await ConsoleHarness.open(address);
    await page.press('Record as paid');
    await page.type('input[name=amount]', '6,000');
    await page.press('Do it');
    await page.says('without separators of thousands');
    await page.until(() => page.focused?.getAttribute('name') === 'amount', 'the focus');
    assert.equal(page.api.posts.length, 0);
  });

  it('whose answer is lost is sent again under the same key, and under another one with other values', async () => {
    const page = await ConsoleHarness.open(address);
    await fill(page);
    page.api.replies.push(null, null, problem(422, 'invalid_request', { detail: 'the number is unknown' }));
    await page.press('Do it');
    await page.says('It is not known whether it was done. Press again');
    await page.press('Do it');
    await page.until(() => page.api.posts.length === 2, 'the second try');
    await page.type('textarea', 'Another note');
    await page.press('Do it');
    await page.says('The number is unknown. Nothing was done; what you typed is kept.');
    const [first, second, third] = page.api.posts.map(({ key }) => key);
    assert.equal(first, second);
    assert.notEqual(second, third);
  });

  it('about a payment that has moved is not done: it says what changed, keeps what was typed, and sends the new version', async () => {
    const page = await ConsoleHarness.open(address);
    await fill(page);
    const moved = payment({ version: 9, amountPaid: 100_000 });
    page.api.detail = detail({ payment: moved });
    page.api.replies.push(problem(409, 'version_conflict', { payment: moved }));
    await page.press('Do it');
    await page.says('The payment has moved since you opened this, so nothing was done.');
    await page.says('Paid: 0.00 MMK → 1,000.00 MMK');
    assert.equal((await page.find<HTMLTextAreaElement>('textarea')).value, 'Seen in the cabinet');
    await page.press('Do it');
    await page.says('Done: Record as paid');
    assert.deepInclude(page.api.posts[1]?.body, { version: 9 });
  });

  it('shows by whom money was reported that the payment service has not reported', async () => {
    const money = {
      attemptId: 'att_1',
      method: 'wallet',
      amount: 600_000,
      currency: 'MMK',
      takenAt: '2026-11-30T12:00:00Z',
      counted: false,
    } as const;
    const page = await ConsoleHarness.open(address, (api) => {
      const evidence = [
        { ...money, upstreamId: 'one', reportedBy: 'shop' as const },
        { ...money, upstreamId: 'two', reportedBy: 'operator' as const },
        { ...money, upstreamId: 'three' },
      ];
      api.detail = detail({ payment: payment({ evidence }) });
    });
    await page.says('Reported by the shop after a restore, and not by the payment service');
    await page.says('Its amount was typed in by an operator');
  });

  it('that is not possible any more stays on the page with what was typed, without its button', async () => {
    const page = await ConsoleHarness.open(address);
    await fill(page);
    const over = payment({ version: 9, status: 'succeeded' });
    page.api.detail = detail({ payment: over, acts: [] });
    page.api.replies.push(problem(409, 'version_conflict', { payment: over }));
    await page.press('Do it');
    await page.says('this is not possible any more');
    await page.says('Status: Needs review → Paid');
    assert.equal((await page.find<HTMLTextAreaElement>('textarea')).value, 'Seen in the cabinet');
    assert.isUndefined(page.all('button').find((button) => button.innerText.startsWith('Do it')));
  });

  it('above the threshold is asked of a second person', async () => {
    const page = await ConsoleHarness.open(address, (api) => {
      api.detail = detail({ acts: [{ ...resolvePaid, secondPerson: true }] });
    });
    await fill(page);
    page.api.replies.push({ status: 202, body: { payment: payment(), approval: { ...approval, requestedBy: 'operator:Anna' } } });
    await page.press('Ask a second person');
    await page.says('Waits for a second person: Record that attempt att_1 has paid 6,000.00 MMK.');
  });

  it('moves uncounted money to a payment that is found inside of the form', async () => {
    const page = await ConsoleHarness.open(address, (api) => {
      api.detail = detail({ acts: [dispose] });
    });
    await page.press('Decide about');
    (await page.find<HTMLInputElement>('input[value=moved]')).click();
    await page.type('payment-picker input', 'PD-OTHE');
    await page.press('Find');
    (await page.find('payment-picker .row')).click();
    await page.type('textarea', 'It is for the other order');
    await page.press('Ask a second person');
    await page.until(() => page.api.posts.length === 1, 'the request');
    assert.deepInclude(page.api.posts[0]?.body, { disposition: 'moved', toPaymentId: 'pay_other', version: 7 });
  });

  it('that the key may not do says what it lacks, and has no button', async () => {
    const page = await ConsoleHarness.open(address, (api) => {
      api.me = { ...anna, role: 'read', scopes: [] };
    });
    await page.press('Record as paid');
    await page.says('Your key may only read.');
    assert.isUndefined(page.all('button').find((button) => button.innerText.startsWith('Do it')));
  });

  it('is closed by Escape, and its button has the focus again', async () => {
    const page = await ConsoleHarness.open(address);
    await page.press('Record as paid');
    const field = await page.find('input[name=amount]');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await page.until(() => page.focused?.classList.contains('act-open'), 'the focus');
    assert.lengthOf(page.all('textarea'), 0);
  });
});

describe('a second person', () => {
  const open = (requestedBy: string) =>
    ConsoleHarness.open(address, (api) => {
      api.detail = detail({ approvals: [{ ...approval, requestedBy }], acts: [] });
    });

  it('confirms what another asked for, with a note', async () => {
    const page = await open('operator:Boris');
    await page.press('Confirm');
    await page.type('textarea', 'I have seen it too');
    await page.press('Do it: Confirm');
    await page.says('Confirmed and done.');
    assert.equal(page.api.posts[0]?.path, '/operate/approvals/apr_1/confirm');
    assert.deepEqual(page.api.posts[0]?.body, { note: 'I have seen it too' });
  });

  it('cannot be the one who asked', async () => {
    const page = await open('operator:Anna');
    await page.says('You asked for this, so another operator has to confirm it.');
    assert.isUndefined(page.all('button').find((button) => button.innerText.startsWith('Confirm')));
  });

  it('reads why nothing is left to confirm where the payment has changed since', async () => {
    const outdated = { ...approval, status: 'outdated' as const, decidedAt: new Date().toISOString() };
    const page = await ConsoleHarness.open(address, (api) => {
      api.detail = detail({ approvals: [outdated], acts: [] });
    });
    await page.says('Out of date');
    await page.says('It was not done: the payment has changed since Boris asked for this.');
    assert.isUndefined(page.all('button').find(({ innerText }) => /^(Confirm|Reject)/.test(innerText)));
  });

  it('who comes too late is told so, and then sees that it is out of date', async () => {
    const page = await open('operator:Boris');
    const text = 'the payment has changed since this was requested, so nothing was done';
    page.api.replies.push({ status: 409, body: { code: 'version_conflict', detail: text, payment: payment() } });
    await page.press('Confirm');
    await page.type('textarea', 'I have seen it too');
    await page.press('Do it: Confirm');
    await page.says('The payment has changed since this was requested, so nothing was done.');
    page.api.detail = detail({ approvals: [{ ...approval, status: 'outdated' }], acts: [] });
    await page.press('Not now');
    await page.says('Out of date');
  });
});

it('a flag is closed with a note', async () => {
  const page = await ConsoleHarness.open(address, (api) => {
    api.detail = detail({ flags: [flag] });
  });
  await page.press('Close the flag');
  await page.type('textarea', 'The surplus goes back');
  await page.press('Do it: Close the flag');
  await page.says('Done: the flag is closed.');
  assert.equal(page.api.posts[0]?.path, '/operate/flags/flg_1/close');
});

it('the timeline says how the status moved, shows facts on request, and is turned round', async () => {
  const page = await ConsoleHarness.open(address, (api) => {
    api.detail = fullDetail();
  });
  await page.says('What happened');
  await page.says('The payment went to review. Processing → Needs review');
  assert.notInclude(page.text, 'duration ms');
  await page.press('Details');
  await page.says('operation requisites status 200 duration ms 412');
  await page.press('Details');
  const first = () => page.root.querySelector('.timeline li')?.textContent ?? '';
  assert.include(first(), 'was delivered');
  await page.press('Newest first');
  await page.until(() => first().includes('The shop created the payment.'), 'the oldest entry first');
  assert.match(page.root.querySelector('.timeline time')?.getAttribute('title') ?? '', / UTC$/);
  await page.press('Oldest first');
});
