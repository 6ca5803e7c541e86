/** A compromised shop's page: it listens to every key and reads everything it can reach, and gets neither card nor code. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitFor } from '../../support/wait-for.ts';
import { goodCard, setUpCardFrame } from '../card-frame-harness.ts';
import { setUpShopPage } from '../shop-page-harness.ts';
import { patchNatives } from './patch-natives.ts';
import { type Spy, spyOnPage } from './spy-on-page.ts';

const { number, expire, code } = goodCard;
/** Card and code: whole, in groups, in parts, and as they are sent. */
const secrets = [number, '8600 4954 7331 6478', '8600 49', '495473', '4954 73', '7331', expire, '0399', code, code.slice(0, 4)];
/** A text that the page types itself, which the spy must find. */
const bait = '4242111122223333';

describe('a hostile page', () => {
  const harness = setUpShopPage();
  const seen = () => harness.page.evaluate(() => [...(window as unknown as { spy: Spy }).spy.seen]);
  const search = () => harness.page.evaluate(() => (window as unknown as { spy: Spy }).spy.search());
  const recorded = () => harness.page.evaluate(() => [...(window as unknown as { recorded: Set<string> }).recorded]);

  it('learns nothing of what is typed into the card frame', async () => {
    const card = await setUpCardFrame(harness);
    await harness.context.addInitScript(spyOnPage, [...secrets, bait]);
    await harness.context.addInitScript(patchNatives, [...secrets, bait, card.clientSecret]);
    const urls: string[] = [];
    harness.context.on('request', (request) => urls.push(request.url()));
    await card.open();
    await harness.page.evaluate(() => document.body.append(document.createElement('input')));
    await harness.page.locator('body > input').pressSequentially(bait);
    await card.type();
    assert.ok((await search()) > 1000);
    await harness.page.keyboard.press('Enter');
    await card.form.getByLabel('SMS code').pressSequentially(code);
    await search();
    await harness.page.keyboard.press('Enter');
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    await search();
    // All of it was typed, and sent by the frame.
    assert.deepEqual(
      card.posts.map(({ body }) => body),
      [{ number, expire: '0399', seen: { due: 500_000, currency: 'UZS' } }, { code }],
    );

    const spied = await seen();
    for (const way of ['keydown', 'input', 'reached'])
      assert.ok(spied.includes(`${way}: ${bait}`), `the spy does not work: ${way}`);
    assert.deepEqual(
      spied.filter((what) => !what.endsWith(bait)),
      [],
    );
    const found = await recorded();
    assert.ok(found.includes(`postMessage: ${card.clientSecret}`), 'the hooks hear nothing at all');
    assert.deepEqual(
      found.filter((what) => !what.endsWith(bait) && !what.endsWith(card.clientSecret)),
      [],
    );
    assert.deepEqual(
      urls.filter((url) => [...secrets, card.clientSecret].some((secret) => decodeURIComponent(url).includes(secret))),
      [],
    );
    // Rejections about members that prototypes do not have are caused by the spy.
    assert.deepEqual(
      harness.complaints.filter((text) => !text.endsWith('Illegal invocation')),
      [],
    );
  });

  it('that pollutes prototypes gets a card form that works', async () => {
    const card = await setUpCardFrame(harness);
    await harness.context.addInitScript(() => {
      if (window !== window.top) return;
      Object.assign(Object.prototype, { polluted: 'yes', type: 'sent', status: 'succeeded', complete: true, problem: null });
    });
    await card.open();
    await card.type();
    await harness.page.keyboard.press('Enter');
    await card.form.getByLabel('SMS code').pressSequentially(`${code}\n`);
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    assert.equal(card.posts.length, 2);
  });

  it('of another origin cannot frame the form, directly or around the shop’s page', async () => {
    const evil = new URL(harness.demo.urls.paycodes).origin;
    const frame = (src: string) => `<!doctype html><iframe src="${src}" style="opacity:.01"></iframe>`;
    const form = `${harness.bff}/frame/card/?merchant=demo`;
    await harness.serve(`${harness.shop}/inner`, frame(form));
    await harness.serve(`${evil}/trap`, frame(form));
    await harness.serve(`${evil}/around`, frame(`${harness.shop}/inner`));
    for (const trap of [`${evil}/trap`, `${evil}/around`]) {
      harness.complaints.length = 0;
      await harness.page.goto(trap);
      await waitFor(async () => harness.complaints.some((text) => /frame-ancestors/.test(text)));
      for (const each of harness.page.frames()) assert.equal(await each.locator('#card').count(), 0);
    }
  });
});
