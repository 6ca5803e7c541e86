/** The customer's view has the pictures of the merchant and of brands, if the merchants file has them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CreatedPayment, PaymentView } from '../../../server/contract/index.ts';
import { engines } from '../../support/engines.ts';
import { createRunningServer } from '../../support/running-server.ts';

const brands = { payme: 'https://shop.example/payme.svg' };

for (const logoUrl of ['https://shop.example/logo.svg', undefined])
  it(`the view of a merchant with${logoUrl ? '' : 'out'} a logo and pictures of brands`, async () => {
    const database = await engines[0]?.create();
    assert.ok(database);
    const running = await createRunningServer(database.url, {}, { ...(logoUrl && { logoUrl, brands }) });
    try {
      const order = { amount: 2_500, currency: 'PLN', orderId: 'order-1', label: 'reader' };
      const created = await running.merchant('/v1/payments', order, { 'idempotency-key': 'once' });
      const { clientSecret } = (await created.json()) as CreatedPayment;
      const view = (await (await running.customer(clientSecret, '/checkout')).json()) as PaymentView;
      assert.equal(view.merchantLogoUrl, logoUrl);
      assert.deepEqual(view.brands, logoUrl && brands);
      assert.equal('brands' in view, logoUrl !== undefined, 'absent and not null');
      assert.equal('merchantLogoUrl' in view, logoUrl !== undefined, 'absent and not null');
    } finally {
      await running.close();
      await database.drop();
    }
  });
