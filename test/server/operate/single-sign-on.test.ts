/** The person behind an operator's key: whose header is believed, what is stored, and who is a second person. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maybeSamePerson, operatorActor } from '../../../server/contract/operate.ts';
import { usualEngines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

const proxy = '10.1.2.3';
const header = 'x-forwarded-user';

for (const { name, skip, create } of usualEngines) {
  describe(`behind a single sign-on proxy on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    withTestBed(
      { create },
      (databaseUrl) => createOperateTestBed(databaseUrl, { singleSignOn: { header, isProxy: (address) => address === proxy } }),
      (opened) => {
        testBed = opened;
      },
    );

    type Headers = Record<string, string | string[]>;
    const call = async (url: string, key: string, person: string | string[] | null, body?: object, remoteAddress = proxy) => {
      const headers: Headers = { authorization: `Bearer ${key}`, ...(person !== null && { [header]: person }) };
      const request = { url, headers, remoteAddress };
      const answer = await testBed.app.inject(body ? { ...request, method: 'POST', payload: body } : request);
      return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
    };
    const personOf = async (person: string | string[] | null, address = proxy) =>
      (await call('/operate/me', keys.anna, person, undefined, address)).body.person;

    it('the person is who the proxy says, and from any other address nobody', async () => {
      assert.equal(await personOf('anna.k@shop.example'), 'anna.k@shop.example');
      assert.equal(await personOf(Buffer.from('Zoë အေး', 'utf8').toString('latin1')), 'Zoë အေး');
      assert.equal(await personOf(null), null);
      assert.equal(await personOf('mallory', '10.1.2.4'), null);
      assert.equal((await call('/operate/me', `op_${'x'.repeat(43)}`, 'anna')).status, 401, 'a person alone opens nothing');
    });

    it('a header that names nobody clearly is refused with one sentence', async () => {
      for (const person of ['', ' ', 'a'.repeat(101), 'a\x85b', 'a\u00a0\u00adb', '\xff', ['anna', 'mallory']]) {
        const { status, body } = await call('/operate/me', keys.anna, person);
        assert.deepEqual([status, body.code], [400, 'invalid_request'], JSON.stringify(person));
        assert.match(String(body.detail), /expected one person in x-forwarded-user/);
      }
    });

    it('what they read and do bears their name beside that of the key', async () => {
      const id = await testBed.pay();
      assert.equal((await call(`/operate/payments/${id}`, keys.anna, 'Anna K')).status, 200);
      const read = (await testBed.log()).find(({ action }) => action === 'read_payment');
      assert.deepEqual([read?.operator, read?.target], ['anna (signed in as Anna K)', id]);
    });

    it('without a person nobody acts, and everybody may read', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      const body = await testBed.resolution(id, attemptId);
      const { status, body: refused } = await call(`/operate/payments/${id}/resolve`, keys.anna, null, body);
      assert.deepEqual([status, refused.code], [403, 'forbidden']);
      assert.match(String(refused.detail), /single sign-on proxy/);
      assert.equal((await call(`/operate/payments/${id}`, keys.anna, null)).status, 200);
    });

    it('a second person has another key and another name', async () => {
      testBed.setThreshold(0);
      const { id, attemptId } = await testBed.inReview('wallet');
      const body = await testBed.resolution(id, attemptId);
      const { status, body: requested } = await call(`/operate/payments/${id}/resolve`, keys.anna, 'Anna K', body);
      assert.equal(status, 202);
      const approval = (requested.approval as { id: string }).id;
      const confirm = (key: string, person: string) =>
        call(`/operate/approvals/${approval}/confirm`, key, person, { note: 'seen in the account' });
      for (const [key, person] of [
        [keys.anna, 'Anna K'],
        // One person with two keys, however their name is written; and one key that two persons use.
        [keys.ben, 'Anna K'],
        [keys.ben, 'ANNA K'],
        [keys.anna, 'Ben'],
      ] as const)
        assert.equal((await confirm(key, person)).body.code, 'decision_refused', `${person}`);
      assert.equal((await confirm(keys.ben, 'Ben')).status, 200);
      const [decided] = await testBed.db.selectFrom('approvals').selectAll().where('id', '=', approval).execute();
      assert.deepEqual(
        [decided?.requested_by, decided?.decided_by],
        ['operator:anna (signed in as Anna K)', 'operator:ben (signed in as Ben)'],
      );
      testBed.setThreshold(null);
    });
  });
}

describe('two acts', () => {
  it('are of one person if the key or the person is the same', () => {
    const same = (one: [string, string | null], other: [string, string | null]) =>
      maybeSamePerson(operatorActor(...one), operatorActor(...other));
    assert.ok(same(['anna', null], ['anna', 'Anna']));
    assert.ok(same(['anna', 'A (x) y'], ['ben', 'a (X) Y']));
    assert.ok(!same(['anna', null], ['ben', null]));
    assert.ok(!same(['anna', 'Anna'], ['ben', null]), 'who is not named cannot be compared: acts without a person are refused');
    assert.ok(maybeSamePerson('merchant:shop', 'merchant:shop') && !maybeSamePerson('merchant:shop', 'operator:shop'));
  });
});
