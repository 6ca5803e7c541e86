/** Signing in, the lists, and what an operator sees when something fails. */
import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ConsoleHarness } from './support/console-harness.ts';
import { problem } from './support/fake-operator-api.ts';
import { event, fullQueue, health, queueItem, summary } from './support/operator-data.ts';

describe('signing in', () => {
  it('refuses what is no key, and a key that the server does not know', async () => {
    const page = ConsoleHarness.place('#/queue');
    await page.signIn('sk_test_demo');
    await page.says('it begins with op_');
    assert.lengthOf(page.api.received, 0);
    await page.signIn('op_wrong');
    await page.says('The server does not know this key');
  });

  it('shows who is signed in, and forgets all on signing out', async () => {
    const page = await ConsoleHarness.open('#/queue');
    await page.says('Anna may act');
    await page.press('Sign out');
    await page.says('Your key');
    assert.lengthOf(page.all('queue-page'), 0);
  });

  it('a key that is not accepted any more leads back to it, and what was typed is kept', async () => {
    const page = await ConsoleHarness.open('#/payments/pay_7q4k19tz00000000');
    await page.press('Record as not paid');
    await page.type('textarea', 'He did not pay');
    page.api.isKeyRevoked = true;
    await page.press('Do it');
    await page.says('Your key is not accepted any more.');
    assert.notInclude(page.text, 'PD-7Q4K-19TZ');
    page.api.isKeyRevoked = false;
    await page.signIn();
    assert.equal((await page.find<HTMLTextAreaElement>('textarea')).value, 'He did not pay');
  });
});

describe('the queue', () => {
  it('says of each what, how long, how much, whose and why, and leads to where it is ended', async () => {
    const page = await ConsoleHarness.open('#/queue');
    await page.says('Needs review The wallet’s transaction number is claimed by another payment');
    await page.says('6,000.00 MMK waits 2 h 14 min PD-7Q4K-19TZ demo order 10482');
    const addresses = page.all('a.row').map((row) => row.getAttribute('href'));
    assert.includeMembers(addresses, ['#/payments/pay_b', '#/webhooks/evt_1', '#/postbacks/pbi_1']);
  });

  it('is filtered by kind, with counts', async () => {
    const page = await ConsoleHarness.open('#/queue');
    await page.says('All 7');
    await page.press('Underpaid 1');
    await page.until(() => page.all('.row').length === 1, 'one row');
    assert.equal(location.hash, '#/queue?kind=underpaid');
  });

  it('is opened by Enter, and the arrow keys lead from row to row', async () => {
    const page = await ConsoleHarness.open('#/queue');
    (await page.find('.row')).focus();
    await sendKeys({ press: 'ArrowDown' });
    assert.equal(page.focused, page.all('.row')[1]);
    await sendKeys({ press: 'Enter' });
    await page.says('What happened');
    assert.equal(location.hash, '#/payments/pay_7q4k19tz00000000');
  });

  it('is read again, keeps the focus and says what has changed', async () => {
    const page = await ConsoleHarness.open('#/queue');
    const second = () => page.all('.row')[1];
    await page.find('.row');
    second()?.focus();
    page.api.queue = [...fullQueue().filter(({ id }) => id !== 'pay_b'), queueItem({ id: 'pay_new', paymentId: 'pay_new' })];
    document.dispatchEvent(new Event('visibilitychange'));
    await page.until(() => page.announced === 'The queue has changed: 1 new, 1 gone. 7 items shown.', 'the announcement');
    assert.include((page.focused as HTMLElement).innerText, 'claimed by another payment');
    page.api.queue = page.api.queue.slice(1);
    document.dispatchEvent(new Event('visibilitychange'));
    await page.until(() => page.announced.includes('0 new, 1 gone'), 'the announcement');
    await page.until(() => page.focused === page.all('.row')[0], 'the focus on the next row');
  });

  it('says at the top that payments are held', async () => {
    const page = await ConsoleHarness.open('#/queue', (api) => {
      api.status = health({ heldSince: '2026-11-29T18:00:00.000Z' });
    });
    await page.says('run pay-desk db verify All 7');
    page.api.status = health();
    document.dispatchEvent(new Event('visibilitychange'));
    await page.until(() => !page.text.includes('db verify'), 'the notice to go');
  });

  it('says that nothing waits', async () => {
    const page = await ConsoleHarness.open('#/queue', (api) => {
      api.queue = [];
    });
    await page.says('Nothing waits for you.');
  });

  it('keeps what it has when the connection is lost, and says so', async () => {
    const page = await ConsoleHarness.open('#/queue');
    await page.find('.row');
    page.api.isLost = true;
    document.dispatchEvent(new Event('visibilitychange'));
    await page.says('No answer from the server.');
    assert.lengthOf(page.all('.row'), 7);
    page.api.isLost = false;
    await page.press('Try again');
    await page.until(() => !page.text.includes('No answer'), 'the notice to go');
  });

  it('closes a flag that belongs to no payment', async () => {
    const page = await ConsoleHarness.open('#/queue');
    await page.press('Difference in the books Payme lists');
    await page.type('textarea', 'It was a test');
    await page.press('Do it: Close');
    await page.until(() => page.api.posts.length === 1, 'the request');
    assert.equal(page.api.posts[0]?.path, '/operate/flags/flg_2/close');
  });
});

describe('the search', () => {
  it('begins at /, and says what the text was understood as', async () => {
    const page = await ConsoleHarness.open('#/queue');
    (await page.find('.row')).focus();
    await sendKeys({ press: '/' });
    await page.until(() => page.focused?.id === 'q', 'the focus in the search');
    await sendKeys({ type: 'PD-7Q4K' });
    await sendKeys({ press: 'Enter' });
    await page.says('“PD-7Q4K” was understood as reference.');
    assert.equal(location.hash, '#/payments?q=PD-7Q4K');
  });

  it('shows more by cursor', async () => {
    const page = await ConsoleHarness.open('#/payments', (api) => {
      api.pageSize = 2;
      api.payments = [1, 2, 3].map((number) => summary({ id: `pay_${number}`, reference: `PD-000${number}-0000` }));
    });
    await page.press('Show more');
    await page.says('PD-0003-0000');
    assert.lengthOf(page.all('.row'), 3);
    assert.lengthOf(page.all('.more'), 0);
  });
});

describe('webhooks', () => {
  it('that wait or were given up come first, of all merchants', async () => {
    const page = await ConsoleHarness.open('#/webhooks');
    await page.says('Not delivered yet, of all merchants');
    await page.says('Given up payment.succeeded');
    await page.says('Waits payment.needs_review');
    await page.says('tea-house PD-3T7W-QX55');
    const merchants = page.all('select[name=merchant] option').map((option) => option.innerText.trim());
    assert.deepEqual(merchants, ['All merchants', 'demo', 'tea-house']);
    assert.isEmpty(page.api.received.filter(({ path }) => path.startsWith('/operate/events?')));
    page.api.events = [];
    document.dispatchEvent(new Event('visibilitychange'));
    await page.says('Every webhook is delivered.');
  });

  it('of all merchants can be picked from, by an operator of all', async () => {
    const page = await ConsoleHarness.open('#/webhooks', (api) => {
      api.me = { ...api.me, merchants: null };
    });
    const select = await page.find<HTMLSelectElement>('select[name=merchant]');
    select.value = 'tea-house';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await page.until(
      () => page.api.received.some(({ path }) => /^\/operate\/events\?.*merchant=tea-house/.test(path)),
      'its log',
    );
  });

  it('of one merchant are its log, and one is sent again', async () => {
    const page = await ConsoleHarness.open('#/webhooks?merchant=demo&status=parked');
    await page.says('500 after 1.8 s 12 tries');
    assert.lengthOf(page.all('.row'), 1);
    (await page.find('.row')).click();
    await page.says('no answer in time after 10.0 s');
    await page.press('Send it again');
    await page.says('It waits to be sent.');
    assert.equal(page.api.posts[0]?.path, '/operate/events/evt_1/replay');
  });

  it('a test says what the shop answered', async () => {
    const page = await ConsoleHarness.open('#/webhooks');
    await page.press('Send a test');
    await page.press('Do it: send a test');
    await page.says('Delivered: 200 after 34 ms.');
    assert.deepEqual(page.api.posts[0]?.body, { merchant: 'demo' });
  });

  it('of a further endpoint say so, and a test goes to the one that is named', async () => {
    const page = await ConsoleHarness.open('#/webhooks?merchant=demo&endpoint=ledger', (api) => {
      api.events = [event({ endpoint: 'ledger' })];
    });
    await page.says('no. 2, to ledger');
    assert.isTrue(page.api.received.some(({ path }) => /^\/operate\/events\?.*endpoint=ledger/.test(path)));
    await page.press('Send a test');
    (await page.find<HTMLInputElement>('.decision input[name=endpoint]')).value = 'ledger';
    await page.press('Do it: send a test');
    await page.says('Delivered: 200 after 34 ms.');
    assert.deepEqual(page.api.posts[0]?.body, { merchant: 'demo', endpoint: 'ledger' });
  });

  it('what the key may not do is said in words', async () => {
    const page = await ConsoleHarness.open('#/webhooks/evt_1');
    page.api.replies.push(problem(403, 'forbidden', { detail: 'This needs the scope “resolve”' }));
    await page.press('Send it again');
    await page.says('Your key may not do this. This needs the scope “resolve”.');
  });
});

describe('postbacks', () => {
  it('an unsigned amount is typed in, and the postback is matched to the payment that was picked', async () => {
    const page = await ConsoleHarness.open('#/postbacks/pbi_1');
    await page.press('Match to a payment');
    await page.press('Find');
    (await page.find('payment-picker .row')).click();
    assert.equal((await page.find<HTMLInputElement>('match-form input[name=amount]')).value, '');
    await page.type('match-form input[name=amount]', '4500');
    await page.type('textarea', 'Same transfer in the cabinet');
    await page.press('Do it: match to PD-7Q4K-19TZ');
    await page.says('Done: matched.');
    assert.deepEqual(page.api.posts[0]?.body, {
      paymentId: 'pay_7q4k19tz00000000',
      note: 'Same transfer in the cabinet',
      amount: 450_000,
      currency: 'MMK',
    });
  });

  it('a signed amount is not typed in', async () => {
    const page = await ConsoleHarness.open('#/postbacks', (api) => {
      api.postbacks = api.postbacks.filter(({ signedAmount }) => signedAmount);
    });
    await page.press('Match to a payment');
    await page.find('match-form');
    assert.lengthOf(page.all('match-form input[name=amount]'), 0);
  });

  it('one is dismissed with a note', async () => {
    const page = await ConsoleHarness.open('#/postbacks');
    await page.press('Dismiss…');
    await page.press('Do it: Dismiss');
    await page.says('Write why, in a note of at least 3 signs.');
    await page.type('textarea', 'A test of theirs');
    await page.press('Do it: Dismiss');
    await page.says('Done: dismissed.');
    assert.equal(page.api.posts[0]?.path, '/operate/postbacks/pbi_1/dismiss');
  });
});

it('health says of each number what is normal', async () => {
  const page = await ConsoleHarness.open('#/health', (api) => {
    const before = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    api.status = health({ database: 'unavailable', heldSince: before(3), merchantsFileRefusedSince: before(5) });
  });
  await page.says('Payments are held after a restore 3 h');
  await page.says('Merchants file is refused 5 h');
  await page.says('Database (PostgreSQL) Does not answer Normal: it answers');
  await page.says('Oldest undelivered webhook 1 h 35 min Normal: delivered within a minute');
  await page.says('Pay code 1,204 30,100.00 PLN');
});
