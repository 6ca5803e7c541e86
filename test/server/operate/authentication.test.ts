/** Who may use the operator's interface, and what is left of those who try. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { usualEngines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

for (const { name, skip, create } of usualEngines) {
  describe(`operators on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    withTestBed({ create }, createOperateTestBed, (opened) => {
      testBed = opened;
    });

    it('are told who they are', async () => {
      const { body } = await testBed.get('/operate/me');
      assert.deepEqual(body, {
        name: 'anna',
        person: null,
        role: 'act',
        scopes: ['resolve', 'refund', 'links'],
        merchants: null,
        merchantIds: ['books', 'rival'],
      });
      const { body: stranger } = await testBed.get('/operate/me', keys.stranger);
      assert.deepEqual([stranger.merchants, stranger.merchantIds], [['rival'], ['rival']]);
    });

    it('need a key', async () => {
      const { status, body, headers } = await testBed.get('/operate/queue', null);
      assert.deepEqual([status, body.code], [401, 'unauthorized']);
      assert.match(String(headers['content-type']), /^application\/problem\+json/);
    });

    it('are told when their key was valid, if it is not any more', async () => {
      const { status, body } = await testBed.get('/operate/queue', keys.expired);
      assert.equal(status, 401);
      assert.match(String(body.detail), /valid until 2020-01-31/);
      const failed = (await testBed.log()).filter(({ action }) => action === 'sign_in_failed');
      assert.equal(failed.at(-1)?.operator, 'expired');
    });

    it('with wrong keys are slowed down, and a right key from the same address still works', async () => {
      const address = '203.0.113.9';
      const wrong = () => testBed.get('/operate/queue', `op_${'x'.repeat(43)}`, address);
      const before = (await testBed.log()).length;
      for (let tries = 0; tries < 10; tries += 1) assert.equal((await wrong()).status, 401);
      const { status, body, headers } = await wrong();
      assert.deepEqual([status, body.code], [429, 'too_many_attempts']);
      assert.ok(Date.parse(String(body.retryAt)) > testBed.clock.now());
      assert.ok(Number(headers['retry-after']) >= 1);
      assert.equal((await testBed.get('/operate/me', keys.anna, address)).status, 200);
      assert.equal((await testBed.log()).length, before + 10, 'each failed sign-in is stored, and no flood of them');
      testBed.clock.advance(60_000);
      assert.equal((await wrong()).status, 401);
    });

    it('see only their merchants: what belongs to others is not there', async () => {
      const id = await testBed.pay();
      assert.equal((await testBed.get(`/operate/payments/${id}`, keys.stranger)).status, 404);
      assert.equal((await testBed.get(`/operate/payments/${id}`)).status, 200);
      const { body } = await testBed.get('/operate/payments', keys.stranger);
      assert.deepEqual(body.payments, []);
      const { body: asked } = await testBed.get('/operate/payments?merchant=books', keys.stranger);
      assert.deepEqual(asked.payments, []);
    });

    it('find the probes without a key', async () => {
      for (const url of ['/healthz', '/readyz', '/openapi.json'])
        assert.equal((await testBed.app.inject({ url })).statusCode, 200, url);
      assert.match((await testBed.app.inject({ url: '/metrics' })).body, /pay_desk_backlog/);
    });
  });
}
