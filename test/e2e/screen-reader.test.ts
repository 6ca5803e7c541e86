/**
 * What a screen reader gets: Chromium's accessibility tree of the shop's page, and the announcements of the live regions, in
 * order.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CDPSession } from 'playwright-core';
import { waitFor } from '../support/wait-for.ts';
import { whenDrawn } from '../support/when-drawn.ts';
import { openPayment, states } from '../widget/support/payment-view.ts';
import { setUpShopPage } from './shop-page-harness.ts';
import { stubPayment } from './stub-payment.ts';

type Node = Awaited<ReturnType<typeof readTree>>[number];

/** The accessibility tree, in reading order. */
async function readTree(cdp: CDPSession) {
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inOrder = (id: string): typeof nodes => {
    const node = byId.get(id);
    return node ? [node, ...(node.childIds ?? []).flatMap(inOrder)] : [];
  };
  return inOrder(nodes[0]?.nodeId ?? '')
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description, properties = [] }) => ({
      role: String(role?.value),
      name: String(name?.value ?? '')
        .replace(/[\s\u2068\u2069]+/g, ' ')
        .trim(),
      description: String(description?.value ?? ''),
      ...Object.fromEntries(properties.map((property) => [property.name, property.value.value])),
    })) as {
    role: string;
    name: string;
    description: string;
    level?: number;
    live?: string;
    invalid?: string;
    focused?: boolean;
  }[];
}

/** What a screen reader announces, line by line: text as it is, controls and headings with their role. */
const aloud = (nodes: Node[]) =>
  nodes.flatMap(({ role, name, level }) => {
    if (role === 'StaticText') return name ? [name] : [];
    if (role === 'heading') return [`heading ${level}: ${name}`];
    return ['button', 'link', 'textbox', 'radio', 'group', 'banner', 'contentinfo', 'image', 'status', 'alert'].includes(role)
      ? [`${role}: ${name}`.replace(/: $/, '')]
      : [];
  });

describe('with a screen reader', () => {
  const harness = setUpShopPage();

  const open = async (clientSecret: string) => {
    await harness.openShop(`<h1>Shop</h1><pay-desk api-base="${harness.bff}" client-secret="${clientSecret}" locale="en"></pay-desk>
      <a href="#" id="end">End</a>`);
    await whenDrawn(harness.page);
    const cdp = await harness.context.newCDPSession(harness.page);
    const tree = () => readTree(cdp);
    /** Between the shop's heading and its link; the text of a button or heading is not repeated. */
    const checkout = async () => {
      const lines = aloud(await tree());
      const ours = lines.slice(lines.lastIndexOf('Shop') + 1, lines.indexOf('link: End'));
      return ours.filter((line, at) => !ours.slice(Math.max(0, at - 2), at).some((before) => before.endsWith(`: ${line}`)));
    };
    return { tree, checkout };
  };

  /** Everything that is announced from now on, with its live region. */
  const listen = () =>
    harness.page.locator('pay-desk').evaluate(({ shadowRoot }) => {
      const announcements: string[] = [];
      Object.assign(window, { announcements });
      for (const region of shadowRoot?.querySelectorAll('[aria-live=polite], [aria-live=assertive]') ?? [])
        new MutationObserver(() => {
          if (region.textContent) announcements.push(`${region.getAttribute('aria-live')}: ${region.textContent.trim()}`);
        }).observe(region, { childList: true, characterData: true, subtree: true });
    });
  const announcements = () => harness.page.evaluate(() => (window as unknown as { announcements: string[] }).announcements);

  it('the first screen is read in visual order: merchant, order, amount, the field with its hint, the button', async () => {
    const { checkout, tree } = await open(await stubPayment(harness, openPayment()));
    assert.deepEqual(await checkout(), [
      'Nova Books',
      'Order 10482',
      '25.00',
      'PLN',
      'Pay code',
      'textbox: Pay code',
      'button: Paste',
      'From your voucher or SMS. Spaces don’t matter.',
      'button: Pay 25.00 PLN',
      'Your code is used only if it fits this order.',
      'status',
      'alert',
    ]);
    const field = (await tree()).find(({ role }) => role === 'textbox');
    assert.equal(field?.description, 'From your voucher or SMS. Spaces don’t matter.');
    assert.equal(field?.invalid, 'false');
  });

  it('methods are radios in a named group', async () => {
    const { tree } = await open(await stubPayment(harness, states.choosing?.() ?? openPayment()));
    const nodes = (await tree()).filter(({ role }) => role === 'group' || role === 'radio').map(({ role, name }) => [role, name]);
    assert.deepEqual(nodes, [
      ['group', 'How would you like to pay?'],
      ['radio', 'Pay code'],
      ['radio', 'Mobile wallet'],
    ]);
  });

  it('a receipt is a heading, the amount, and pairs of name and value', async () => {
    const { checkout } = await open(await stubPayment(harness, states.paid?.() ?? openPayment()));
    const lines = await checkout();
    assert.deepEqual(lines.slice(0, 5), ['Nova Books', 'Order 10482', 'heading 2: Paid', '25.00', 'PLN']);
    for (const pair of [
      ['To', 'Nova Books'],
      ['Order', '10482'],
      ['With', 'Pay code ···· 0001'],
      ['Reference', 'PD-7Q4K-19TZ'],
    ])
      assert.equal(lines[lines.indexOf(pair[0] ?? '') + 1], pair[1]);
    assert.deepEqual(
      lines.filter((line) => /^(button|link):/.test(line)),
      ['button: Copy the reference', 'link: Back to Nova Books', 'button: Save receipt'],
    );
  });

  describe('in each state', () => {
    harness.keepPage();
    for (const [name, view] of Object.entries(states))
      it(`the page keeps its heading outline, and has one live region of each kind: ${name}`, async () => {
        const { tree } = await open(await stubPayment(harness, view()));
        const nodes = await tree();
        const levels = nodes.filter(({ role }) => role === 'heading').map(({ level }) => level);
        assert.deepEqual(levels, isForm(name, nodes) ? [1] : [1, 2]);
        assert.deepEqual(nodes.flatMap(({ live }) => live ?? []).sort(), ['assertive', 'polite', ...timers(nodes)].sort());
        // Landmarks are the page's: a checkout in its body must not be a second banner.
        assert.deepEqual(
          nodes.filter(({ role }) => ['banner', 'contentinfo', 'main', 'navigation'].includes(role)),
          [],
        );
        for (const { role, name: words } of nodes)
          if (['button', 'link', 'textbox', 'radio', 'heading'].includes(role))
            assert.notEqual(words, '', `a ${role} has no name`);
      });
  });

  it('an error is announced at once and bound to the field; a change is announced once', async () => {
    const { page } = harness;
    const { clientSecret } = await harness.payment();
    const { tree } = await open(clientSecret);
    await listen();
    const field = page.getByRole('textbox', { name: 'Pay code' });
    const bound = async () => (await tree()).find(({ role }) => role === 'textbox');
    const empty = 'Type your pay code first.';
    const used = 'This code has already been used, so nothing was charged. Check the letters, or use another code.';

    await field.press('Enter');
    await waitFor(async () => (await bound())?.description === empty);
    assert.equal((await bound())?.invalid, 'true');
    await field.pressSequentially('used0001');
    await field.press('Enter');
    await waitFor(async () => (await bound())?.description === used);
    assert.equal((await bound())?.focused, true);
    await field.fill('GOOD0001');
    await field.press('Enter');
    await page.getByRole('heading', { name: 'Paid' }).waitFor();
    await waitFor(async () => (await announcements()).includes('polite: Paid'));
    assert.deepEqual(await announcements(), [
      `assertive: ${empty}`,
      'polite: Checking your code…',
      `assertive: ${used}`,
      'polite: Checking your code…',
      'polite: Paid',
    ]);
  });
});

/** The countdowns, which must not be announced. */
const timers = (nodes: Node[]) => nodes.filter(({ role, live }) => role === 'timer' && live === 'off').map(() => 'off');

/**
 * A form speaks by its labels and has no heading, unless it comes after an end, or there is something to be done before it is
 * filled in.
 */
const isForm = (name: string, nodes: readonly { role: string }[]): boolean =>
  !/time was up|^(an SMS (to|that)|a wrong code from an SMS|no code yet|transferring|transfer (not found|refused))/.test(name) &&
  (/the one wallet|choosing a wallet|wallet without requisites/.test(name) ||
    nodes.some(({ role }) => /^(textbox|radio)$/.test(role)));
