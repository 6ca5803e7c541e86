/** Texts that an engine cannot store, in any field: never a 5xx, and an accepted text is returned unchanged. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { CreatedPayment, Payment } from '../../server/contract/index.ts';
import { engines } from '../support/engines.ts';
import { createRunningServer } from '../support/running-server.ts';
import { withTestBed } from '../support/with-test-bed.ts';

const texts = ['\0', 'a\0b', '\ud800', 'x\udfff', '\u202e', "';--", '{"a":1}', '%00', '\r\n', '😀', '\\', '\u{10ffff}'];
const fields = ['orderId', 'label', 'description', 'locale', 'phone', 'currency'];

for (const engine of engines) {
  describe(`hostile text (${engine.name})`, { skip: engine.skip }, () => {
    let server: Awaited<ReturnType<typeof createRunningServer>>;
    withTestBed(engine, createRunningServer, (opened) => {
      server = opened;
    });

    it('in a body is refused or stored unchanged', async () => {
      for (const text of texts) {
        const order = () => ({ amount: 2500, currency: 'PLN', orderId: randomUUID() as string, label: 'customer' });
        const bodies = [
          ...fields.map((field) => ({ ...order(), [field]: text })),
          { ...order(), metadata: { [text.slice(0, 40)]: text } },
          { ...order(), items: [{ title: text, price: 1, count: 1, code: text, vatPercent: 0, packageCode: text }] },
          { ...order(), returnUrls: { success: `https://shop.example/${text}` } },
        ];
        for (const body of bodies) {
          const answer = await server.merchant('/v1/payments', body, { 'idempotency-key': randomUUID() });
          const created = (await answer.json()) as CreatedPayment;
          assert.ok(answer.status < 500, `${answer.status} for ${JSON.stringify(body)}`);
          if (answer.status !== 201) continue;
          const read = (await (await server.merchant(`/v1/payments/${created.payment.id}`)).json()) as Payment;
          assert.deepEqual([read.orderId, read.label], [body.orderId, body.label]);
        }
      }
    });

    it('in a URL is refused', async () => {
      for (const path of ['/%00', '?orderId=%00', '?after=%00', '?orderId=%ED%A0%80']) {
        const { status } = await server.merchant(`/v1/payments${path}`);
        assert.ok(status < 500, `${status} for ${path}`);
      }
    });
  });
}
