/** What forms have in common: where the focus goes, what Escape closes, and that no outcome is lost from sight. */
import { assert } from '@open-wc/testing';
import { ConsoleHarness } from './support/console-harness.ts';
import { problem } from './support/fake-operator-api.ts';
import { anna, approval, detail, dispose, eventDetail, flag, resolvePaid } from './support/operator-data.ts';

const address = '#/payments/pay_1';

const pressEscape = (field: Element) =>
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));

it('a form that is closed gives the focus back to the button that opened it', async () => {
  for (const [opener, data] of [
    ['Close the flag', detail({ flags: [flag] })],
    ['Confirm', detail({ approvals: [{ ...approval, requestedBy: 'operator:Boris' }], acts: [] })],
  ] as const) {
    const page = await ConsoleHarness.open(address, (api) => {
      api.detail = data;
    });
    await page.press(opener);
    const field = await page.find('textarea');
    await page.until(() => page.focused === field, 'the focus in the form');
    pressEscape(field);
    await page.until(() => page.focused?.textContent?.trim().startsWith(opener), `the focus on “${opener}”`);
    assert.lengthOf(page.all('textarea'), 0);
  }
  const page = await ConsoleHarness.open('#/postbacks');
  await page.press('Match to a payment');
  pressEscape(await page.find('match-form textarea'));
  await page.until(() => page.focused?.textContent?.startsWith('Match to a payment'), 'the focus on the button');
});

it('Escape clears a search inside of a form, and does not throw away what was typed around it', async () => {
  const page = await ConsoleHarness.open(address, (api) => {
    api.detail = detail({ acts: [dispose] });
  });
  await page.press('Decide about');
  (await page.find<HTMLInputElement>('input[value=moved]')).click();
  await page.type('textarea', 'It is for the other order');
  await page.type('payment-picker input', 'PD-OTHE');
  pressEscape(await page.find('payment-picker input'));
  await page.root.updateComplete;
  assert.equal((await page.find<HTMLTextAreaElement>('textarea')).value, 'It is for the other order');
});

it('a form stays while its request runs, so that its outcome is seen', async () => {
  for (const [opener, button, data] of [
    ['Record as paid', 'Do it', detail()],
    ['Close the flag', 'Do it: Close the flag', detail({ flags: [flag], acts: [] })],
  ] as const) {
    const page = await ConsoleHarness.open(address, (api) => {
      api.detail = data;
    });
    await page.press(opener);
    if (opener === 'Record as paid') {
      await page.type('input[name=amount]', '6000');
      await page.type('input[name=upstreamId]', '0815');
    }
    await page.type('textarea', 'Seen in the cabinet');
    let answer = () => {};
    page.api.gate = new Promise((resolve) => {
      answer = resolve;
    });
    page.api.replies.push(problem(422, 'invalid_request', { detail: 'the number is unknown' }));
    await page.press(button);
    await page.until(() => page.api.posts.length === 1, 'the request');
    pressEscape(await page.find('textarea'));
    answer();
    await page.says('The number is unknown. Nothing was done; what you typed is kept.');
  }
});

it('an act is sent from a page without TLS, where a browser has no randomUUID', async () => {
  const own = Object.getOwnPropertyDescriptor(crypto, 'randomUUID');
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
  try {
    const page = await ConsoleHarness.open(address, (api) => {
      api.detail = detail({ flags: [flag], acts: [resolvePaid] });
    });
    await page.press('Close the flag');
    await page.type('textarea', 'The surplus goes back');
    await page.press('Do it: Close the flag');
    await page.says('Done: the flag is closed.');
    assert.match(page.api.posts[0]?.key ?? '', /^[0-9a-f]{32}$/);
  } finally {
    if (own) Object.defineProperty(crypto, 'randomUUID', own);
    else Reflect.deleteProperty(crypto, 'randomUUID');
  }
});

/** As if the page came to the front again, when it looks at once for what is new. */
const comeBack = () => document.dispatchEvent(new Event('visibilitychange'));
const pauses = () => new Promise((resolve) => setTimeout(resolve, 100));

it('a page does not go on with a key that is over', async () => {
  const page = await ConsoleHarness.open('#/queue');
  await page.says('Underpaid');
  page.api.isKeyRevoked = true;
  comeBack();
  await page.says('Your key is not accepted any more.');
  await pauses();
  const before = page.api.received.length;
  comeBack();
  await pauses();
  assert.equal(page.api.received.length, before, 'no more wrong keys');
  page.api.isKeyRevoked = false;
  await page.signIn();
  await page.says(`${anna.name} may act`);
  comeBack();
  await page.until(() => page.api.received.length > before + 1, 'the queue is read again');
});

it('a webhook is read again only while a try is about to be made, because each reading is noted', async () => {
  const read = (page: ConsoleHarness) => page.api.received.filter(({ path }) => path.endsWith('/events/evt_1')).length;
  for (const [changes, times] of [
    [{ status: 'delivered', nextTryAt: null }, 1],
    [{ status: 'pending', nextTryAt: new Date(Date.now() + 3_600_000).toISOString() }, 1],
    [{ status: 'pending', nextTryAt: new Date(Date.now() + 2_000).toISOString() }, 2],
  ] as const) {
    const page = await ConsoleHarness.open('#/webhooks/evt_1', (api) => {
      api.event = eventDetail({ id: 'evt_1', ...changes });
    });
    await page.says('Deliveries');
    comeBack();
    await pauses();
    assert.equal(read(page), times, JSON.stringify(changes));
  }
});
