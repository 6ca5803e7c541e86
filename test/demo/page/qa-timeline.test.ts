/** The timeline of one payment on the QA page: screens, events, calls, upstream calls and webhooks on one axis, as text for a report. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoKeys } from '../../../server/demo-keys.ts';
import { axeFaults } from '../../support/axe.ts';
import { setUpDemo } from '../../support/demo-harness.ts';
import { showState } from '../../support/show-state.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('the timeline of the QA page', () => {
  const harness = setUpDemo({
    context: { permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1280, height: 800 } },
  });

  it('tells the story of a paid payment in order, without the payment before and without a secret', async () => {
    const { page, demo } = harness;
    await page.goto(`${demo.urls.qa}#width=phone`);
    const checkout = page.frameLocator('qa-preview[size=phone] iframe').locator('pay-desk');
    await checkout.and(page.frameLocator('qa-preview[size=phone] iframe').locator('[data-status=open]')).waitFor();
    await page.getByRole('button', { name: 'Cancel this payment' }).click();
    await page.getByRole('list', { name: 'Log entries' }).getByText('payment.canceled').waitFor();

    await showState(page, 'succeeded');
    await page.getByRole('radio', { name: 'Timeline' }).check();
    const list = page.getByRole('list', { name: 'Timeline of this payment' });
    const rows = list.locator('li[data-lane]');
    const lines = () =>
      rows.evaluateAll((all) =>
        all.map(
          (row) =>
            `${(row as HTMLElement).dataset.lane} ${row.querySelector('.what')?.textContent} ${row.querySelector('.outcome')?.textContent}`,
        ),
      );
    // In the order of a payment: each of the five kinds, in the places where it must be.
    const story = [
      /^http POST \/v1\/payments 201/,
      /^screen code-form · enter_code open/,
      /^event pay-before-submit/,
      /^http POST \/checkout\/pay-code 200/,
      /^upstream use_code demo-enter ····\d{4}/,
      /^event pay-success/,
      /^webhook payment.succeeded accepted/,
    ];
    await waitFor(async () => (await lines()).some((line) => story.at(-1)?.test(line)));
    const told = await lines();
    // The webhook and the checkout learn the outcome beside each other.
    const places = story.map((part) => told.findIndex((line) => part.test(line)));
    assert.ok(!places.includes(-1), `${places}\n${told.join('\n')}`);
    assert.deepEqual(
      places.slice(0, 6),
      places.slice(0, 6).sort((one, other) => one - other),
      told.join('\n'),
    );
    assert.ok((places[6] ?? 0) > (places[4] ?? 0), told.join('\n'));
    assert.ok(told.some((line) => /^screen succeeded/.test(line)));
    assert.ok(!told.some((line) => /canceled/.test(line)), told.join('\n'));
    const times = await list.locator('time').allTextContents();
    assert.deepEqual(
      times,
      times.toSorted((one, other) => Number(one) - Number(other)),
    );
    assert.deepEqual(await axeFaults(page), []);

    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    const copied = async () => page.evaluate(() => navigator.clipboard.readText());
    await waitFor(async () => /^Pay Desk, payment pay_/.test(await copied()));
    const text = await copied();
    assert.match(text, /^State: Paid$/m);
    assert.match(text, /^ +\+\d+\.\d{3} {2}paycodes {3}use_code demo-enter ····\d{4} {2}→/m);
    const secret = await checkout.evaluate((element) => (element as HTMLElement & { clientSecret: string }).clientSecret);
    const code = demo.paycodes.ledger().uses[0]?.code ?? assert.fail('no use');
    for (const hidden of [code, secret, demoKeys.apiKey, demoKeys.webhookSecret]) assert.ok(!text.includes(hidden));

    // The kinds and the filter apply to it as to the log.
    await page.getByRole('button', { name: 'HTTP', exact: true }).click();
    await waitFor(async () => !(await lines()).some((line) => line.startsWith('http')));
    await page.getByRole('searchbox', { name: 'Filter the log' }).fill('use_code');
    await waitFor(async () => (await rows.count()) === 1);
  });
});
