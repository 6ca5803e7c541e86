/** A click that arrives twice or three times with the same code or number is one try, wherever tries are counted. On both engines. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { submitCardCode } from '../../../server/methods/card/sms-confirmation.ts';
import { submitPayCode } from '../../../server/methods/pay-code/submit-code.ts';
import { submitTransfer } from '../../../server/methods/wallet/submit-transfer.ts';
import { createCardTestBed } from '../../support/card-test-bed.ts';
import { engines } from '../../support/engines.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { createWalletTestBed, manyNumbers } from '../../support/wallet-test-bed.ts';

const limits = { wrongPerAddress: 4, wrongPerCustomer: 6, shownPerAddress: 1000, wrongPerMerchant: 10_000, floorMs: 0 };

/**
 * Sends one click several times at once. The payment service answers the one that went on when all others were refused, so none of
 * them comes so late that it is another try.
 */
async function click(times: number, send: (beforeAnswer: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const othersRefused = Promise.withResolvers<void>();
  const codes: string[] = [];
  const clicks = Array.from({ length: times }, () =>
    send(() => othersRefused.promise).catch((cause) => {
      codes.push(cause.code);
      if (codes.length === times - 1) othersRefused.resolve();
    }),
  );
  await Promise.all(clicks);
  // A click is refused by the limits where the others, which are taken back, have used them up for a moment.
  for (const code of codes) assert.ok(code === 'payment_processing' || code === 'too_many_attempts', code);
}

for (const engine of engines)
  describe(`a click that comes more than once (${engine.name})`, { skip: engine.skip }, () => {
    it('with a pay code is one try of its payment, its customer and its address', async (t) => {
      const database = await engine.create();
      const bed = await createPayCodeTestBed({ databaseUrl: database.url, settings: { limits } });
      t.after(async () => {
        await bed.close();
        await database.drop();
      });
      const clickOn = async (id: string, times: number, ip: string) => {
        const payment = (await bed.store.payment(id)) ?? assert.fail();
        await click(times, async (beforeAnswer) => {
          const { client, settings } = bed.parts.account(payment.merchantId) ?? assert.fail();
          const waiting = {
            ...client,
            getCode: (...call: Parameters<typeof client.getCode>) => beforeAnswer().then(() => client.getCode(...call)),
          };
          await submitPayCode({ ...bed.parts, account: () => ({ client: waiting, settings }) }, payment, 'WRONG123', { ip });
        });
      };
      const refusal = (id: string, ip: string) =>
        bed.submit(id, 'WRONG200', { ip }).then(
          ({ problem }) => problem?.code,
          ({ code }) => code,
        );
      const ids: string[] = [];
      for (let n = 0; n < 3; n += 1) ids.push(await bed.pay({ label: 'impatient' }));
      const [one = '', two = '', three = ''] = ids;
      for (const [id, times] of [
        [one, 2],
        [two, 3],
        [three, 2],
      ] as const)
        await clickOn(id, times, '203.0.113.1');
      // Of the address's four tries three are used, of the customer's six; of the first payment's three one.
      assert.equal(await refusal(two, '203.0.113.1'), 'code_invalid');
      assert.equal(await refusal(two, '203.0.113.1'), 'too_many_attempts');
      assert.equal(await refusal(one, '203.0.113.2'), 'code_invalid');
      assert.equal(await refusal(one, '203.0.113.3'), 'code_invalid');
      assert.equal(await refusal(three, '203.0.113.4'), 'too_many_attempts');
    });

    it('with an SMS code is one try of that SMS', async (t) => {
      const database = await engine.create();
      const bed = await createCardTestBed({ databaseUrl: database.url });
      t.after(async () => {
        await bed.close();
        await database.drop();
      });
      const id = await bed.pay();
      await bed.card(id);
      const payment = (await bed.store.payment(id)) ?? assert.fail();
      for (const [times, left] of [
        [2, 2],
        [3, 1],
      ] as const) {
        await click(times, async (beforeAnswer) => {
          const { client, ...account } = bed.parts.account(payment.merchantId) ?? assert.fail();
          const waiting = {
            ...client,
            cardsVerify: (...call: Parameters<typeof client.cardsVerify>) =>
              beforeAnswer().then(() => client.cardsVerify(...call)),
          };
          const deps = { ...bed.parts, account: () => ({ ...account, client: waiting }) };
          await submitCardCode(deps, payment, '000000');
        });
        const { nextAction } = await bed.payments.view(id);
        assert.equal(nextAction.kind === 'enter_card_code' && nextAction.attemptsLeft, left);
      }
      assert.equal((await bed.code(id)).status, 'succeeded');
    });

    it('with a transaction number is one wrong number of its customer', async (t) => {
      const database = await engine.create();
      const numbers = { ...manyNumbers, wrongPerCustomer: 4 };
      const bed = await createWalletTestBed({ databaseUrl: database.url, settings: { limits: numbers } });
      t.after(async () => {
        await bed.close();
        await database.drop();
      });
      await bed.control('postbacks', { url: null });
      const chosen = async () => {
        const id = await bed.pay({ label: 'impatient' });
        await bed.choose(id);
        return id;
      };
      for (const [times, transactionNumber] of [
        [2, '8400000100'],
        [3, '8400010200'],
      ] as const) {
        const id = await chosen();
        const payment = (await bed.store.payment(id)) ?? assert.fail();
        await click(times, async (beforeAnswer) => {
          const { client, ...account } = bed.parts.account(payment.merchantId) ?? assert.fail();
          const waiting = {
            ...client,
            activate: (...call: Parameters<typeof client.activate>) => beforeAnswer().then(() => client.activate(...call)),
          };
          const deps = { ...bed.parts, account: () => ({ ...account, client: waiting }) };
          await submitTransfer(deps, payment, { transactionNumber }, '203.0.113.1');
        });
        assert.equal((await bed.payments.view(id)).problem?.code, 'transfer_not_found');
      }
      // Two of four are used, and the first one beyond has a turn: so three more are sent.
      const last = await chosen();
      for (const number of ['8400020300', '8400030400', '8400040500'])
        assert.equal((await bed.submit(last, number)).problem?.code, 'transfer_not_found');
      await assert.rejects(bed.submit(last, '8400050600'), { code: 'too_many_attempts' });
    });
  });
