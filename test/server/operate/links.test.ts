/** Who may make links to payments, and what is left of it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { MadeLink } from '../../../server/contract/operate.ts';
import { engines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

const [sqlite = assert.fail('no engine')] = engines;
let testBed: OperateTestBed;
withTestBed(sqlite, createOperateTestBed, (opened) => {
  testBed = opened;
});

const order = { merchant: 'books', orderId: 'A-17', label: 'customer-7', amount: 2500, currency: 'PLN' };
const make = (key: string, body: object = order) =>
  testBed.post<MadeLink & { field: string; detail: string }>('/operate/links', body, key);

it('an operator with the scope for it gets a link, and the log says who made it and for what', async () => {
  const { status, body } = await make(keys.bookseller);
  assert.equal(status, 200);
  assert.match(body.link, /^https:\/\/pay\.example\/plugin\/\?merchant=books&kid=first&/);
  const entry = (await testBed.log()).find(({ action }) => action === 'make_link');
  assert.deepEqual([entry?.operator, entry?.target], ['bookseller', 'A-17']);
  assert.doesNotMatch(String(entry?.data), /signature/);
});

it('whoever lacks the scope gets none, also with the role to act, and nobody for a merchant of others', async () => {
  assert.equal((await make(keys.reader)).status, 403);
  const limited = await make(keys.limited);
  assert.deepEqual([limited.status, limited.body.detail], [403, 'this operator lacks the scope links']);
  assert.equal((await make(keys.stranger)).status, 404);
  const { status, body } = await make(keys.anna, { ...order, merchant: 'rival' });
  assert.deepEqual([status, body.field], [422, 'merchant']);
});
