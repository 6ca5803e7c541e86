/** The accounts of merchants: each has a breaker of its own, and another one for background work. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { payCodeAccounts } from '../../server/accounts.ts';
import { silentPayCode, testMerchant } from '../support/test-server.ts';

const code = { code: 'GOOD0001', ruleSlug: 'demo-enter' };

it('declines what is new for the account that is away alone, and says so once; background work finds out for itself', async (t) => {
  const notices: string[] = [];
  const merchants = ['dead', 'live'].map((id) => testMerchant(id, `sk_test_${id}`, { methods: { payCode: silentPayCode } }));
  const accounts = payCodeAccounts(merchants, { failure: (_where, cause) => void notices.push((cause as Error).message) });
  t.after(() => accounts.close());
  const { client, background } = accounts.account('dead') ?? assert.fail();
  assert.ok(background && background.client !== client);
  const unread = async () => false;

  for (let nth = 0; nth < 6; nth += 1) await assert.rejects(background.client.getCode(code));
  assert.deepEqual([background.client.breaker.state(), client.breaker.state()], ['half_open', 'closed']);
  assert.deepEqual([await client.breaker.waitMs(unread), accounts.breakers()], [0, ['closed', 'closed']]);

  for (let nth = 0; nth < 5; nth += 1) await assert.rejects(client.getCode(code));
  assert.ok((await client.breaker.waitMs(unread)) > 0);
  assert.deepEqual(accounts.breakers(), ['open', 'closed']);
  await client.breaker.watch(async () => 'answered');
  assert.deepEqual(notices, ['PayCodes does not answer for dead: nothing new is begun there', 'PayCodes answers for dead again']);
});
