/** The comparison with a list that an operator has exported from Paykassma's cabinet, through the operator's interface. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createHttpServer } from '../../../server/http-server.ts';
import { matchPostback } from '../../../server/methods/wallet/match-postback.ts';
import { walletStatements } from '../../../server/methods/wallet/statement.ts';
import { authenticateOperator } from '../../../server/operate/authenticate.ts';
import { reconciliationRoutes } from '../../../server/operate/reconciliation-routes.ts';
import { hashKey, type Operator } from '../../../server/payments/model/access-keys.ts';
import { createReconciliations, type ReconciliationService } from '../../../server/reconcile/reconciliations.ts';
import { usualEngines } from '../../support/engines.ts';
import { createWalletTestBed, type WalletTestBed } from '../../support/wallet-test-bed.ts';

const dayMs = 86_400_000;
const keys = { anna: `op_${'anna'.padEnd(43, 'A')}`, reader: `op_${'r'.padEnd(43, 'R')}`, rival: `op_${'s'.padEnd(43, 'S')}` };
const operator = (name: keyof typeof keys, own: Partial<Operator> = {}): Operator => ({
  ...{ name, keyHash: hashKey(keys[name]), role: 'act', scopes: [], ...own },
});

interface Body {
  id: string;
  status: string;
  detail?: string;
  there: number;
  here: number;
  found: { kind: string; upstreamId: string; paymentId: string | null }[];
  reconciliations: { id: string }[];
  next: string | null;
}

for (const engine of usualEngines) {
  describe(`the comparison with a list from the cabinet (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let testBed: WalletTestBed;
    let service: ReconciliationService;
    let app: ReturnType<typeof createHttpServer>;
    before(async () => {
      database = await engine.create();
      testBed = await createWalletTestBed({ databaseUrl: database.url, settings: { cabinetTimeZone: 'UTC' } });
      const { store, clock, parts } = testBed;
      service = createReconciliations({
        ...{ store, clock, observer: parts.observer, sources: [walletStatements(parts)], merchants: () => [{ id: 'books' }] },
      });
      const operators = [operator('anna'), operator('reader', { role: 'read' }), operator('rival', { merchants: ['rival'] })];
      app = createHttpServer({ config: { trustProxy: false, logLevel: 'silent' }, clock });
      app.register(async (scope) => {
        await scope.register(authenticateOperator, { operators: () => operators, store, clock, sealer: parts.sealer });
        await scope.register(reconciliationRoutes, { reconciliations: service, store, clock, sealer: parts.sealer });
      });
      await app.ready();
    });
    beforeEach(() => {
      testBed.clock.advance(4 * dayMs - (testBed.clock.now() % dayMs) + dayMs / 2);
    });
    after(async () => {
      await app.close();
      await service.stop();
      await testBed.close();
      await database.drop();
    });

    const call = async (
      method: 'GET' | 'POST',
      url: string,
      payload?: object,
      who: keyof typeof keys = 'anna',
      idempotencyKey?: string,
    ) => {
      const headers = { authorization: `Bearer ${keys[who]}`, ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) };
      const answer = await app.inject({ method, url: `/operate/reconciliations${url}`, headers, ...(payload && { payload }) });
      return { status: answer.statusCode, body: answer.json<Body>() };
    };
    const day = () => new Date(testBed.clock.now() - dayMs).toISOString().slice(0, 10);
    const at = () => new Date(testBed.clock.now()).toISOString();
    const line = (number: string, amount = '6000.00', when = at(), id = '') => `${number},${amount},MMK,${when},wavepay,${id}`;
    const csvOf = (lines: readonly string[]) =>
      ['transaction_id,amount,currency,created_at,wallet,custom_id', ...lines].join('\n');
    const paid = async () => {
      const id = await testBed.pay();
      await testBed.choose(id);
      const number = await testBed.transfer();
      assert.equal((await testBed.submit(id, number)).status, 'succeeded');
      const [evidence] = await testBed.store.evidence(id);
      return { id, number, attemptId: evidence?.attemptId ?? '' };
    };
    /** The day is over, and its list is uploaded. */
    const upload = async (lines: readonly string[]) => {
      testBed.clock.advance(dayMs);
      const begun = await call('POST', '', { merchant: 'books', day: day(), source: 'paykassma', csv: csvOf(lines) });
      assert.equal(begun.status, 202, begun.body.detail);
      await service.idle();
      const { body } = await call('GET', `/${begun.body.id}`);
      assert.equal(body.status, 'done');
      return body;
    };
    const kinds = ({ found }: Body) => found.map(({ kind, upstreamId, paymentId }) => [kind, upstreamId, paymentId]);

    it('finds nothing where both agree, by the number or by our own id', async () => {
      const [one, other] = [await paid(), await paid()];
      const lines = [line(one.number), line('unknown', '6000.00', at(), other.attemptId), line(one.number)];
      const result = await upload(lines);
      assert.deepEqual([result.there, result.here, result.found], [3, 2, []]);
    });

    it('finds what is only there, only here, and of another amount', async () => {
      const [missing, differs] = [await paid(), await paid()];
      const result = await upload([line('9990001'), line(differs.number, '5999')]);
      assert.deepEqual(kinds(result).toSorted(), [
        ['amounts_differ', `wavepay:${differs.number}`, differs.id],
        ['known_here', missing.attemptId, missing.id],
        ['paid_there', 'wavepay:9990001', null],
      ]);
    });

    it('finds the second transfer of one attempt', async () => {
      const { number, attemptId, id } = await paid();
      const result = await upload([line(number, '6000', at(), attemptId), line('9990002', '6000', at(), attemptId)]);
      assert.deepEqual(kinds(result), [['paid_there', 'wavepay:9990002', id]]);
    });

    it('knows a transfer that a person has matched by hand', async () => {
      const id = await testBed.pay();
      await testBed.choose(id);
      const item = {
        ...{ id: `itm_${id}`, postbackId: 'pbk_x', merchantId: 'books', account: testBed.parts.account('books')?.id ?? '' },
        ...{ itemKey: 'wavepay:9990003', wallet: 'wavepay', transactionId: '9990003', customTransactionId: null, label: null },
        ...{ amount: null, currency: null, signedAmount: false, status: 'unmatched' as const, paymentId: null, matchedBy: null },
        ...{ note: null, receivedAt: testBed.clock.now(), matchedAt: null },
      } as const;
      assert.ok(await testBed.store.insertPostbackItem(item));
      const { store, clock, parts } = testBed;
      const deps = { store, clock, account: parts.account, merchantIds: () => ['books'], changed: () => undefined };
      const matched = {
        paymentId: id,
        amount: 600_000,
        currency: 'MMK',
        note: 'test',
        by: 'operator:anna',
        merchants: null,
      } as const;
      await matchPostback({ ...deps, corrected: () => assert.fail() }, item.id, matched);
      assert.deepEqual((await upload([line('9990003')])).found, []);
    });

    it('takes the lines of other days only to find what is known here', async () => {
      const { number } = await paid();
      const before = new Date(testBed.clock.now() - dayMs).toISOString();
      const result = await upload([line(number, '6000', before), line('9990004', '1', before)]);
      assert.deepEqual([result.there, result.here, result.found], [0, 1, []]);
    });

    it('refuses a list that cannot be read, and leaves the earlier result', async () => {
      const { number } = await paid();
      const earlier = await upload([line(number)]);
      const again = await call('POST', '', { merchant: 'books', day: day(), source: 'paykassma', csv: 'a;b\n1;2' });
      assert.equal(again.status, 422);
      assert.match(again.body.detail ?? '', /names no column for the id/);
      assert.equal((await call('GET', `/${earlier.id}`)).body.status, 'done');
      const none = await call('POST', '', { merchant: 'books', day: day(), source: 'paykassma' });
      assert.equal(none.status, 422);
    });

    it('is started once by a request that is repeated with its Idempotency-Key', async () => {
      testBed.clock.advance(dayMs);
      const wanted = { merchant: 'books', day: day(), source: 'paykassma', csv: csvOf([line('9990007')]) };
      const first = await call('POST', '', wanted, 'anna', 'once');
      await service.idle();
      const { startedAt } = (await testBed.store.reconciliation(first.body.id)) ?? {};
      testBed.clock.advance(1_000);
      const again = await call('POST', '', wanted, 'anna', 'once');
      await service.idle();
      assert.deepEqual([first.status, again.status, again.body.id, again.body.status], [202, 202, first.body.id, 'done']);
      assert.equal((await testBed.store.reconciliation(first.body.id))?.startedAt, startedAt);
      assert.equal((await call('POST', '', { ...wanted, csv: csvOf([]) }, 'anna', 'once')).status, 422);
      // Without a key the day is compared again.
      assert.equal((await call('POST', '', wanted)).status, 202);
      await service.idle();
      assert.notEqual((await testBed.store.reconciliation(first.body.id))?.startedAt, startedAt);
    });

    it('is started by who may act, and read by who may see the merchant', async () => {
      const { id } = await upload([]).catch(() => upload([line('9990005')]));
      const wanted = { merchant: 'books', day: day(), source: 'paykassma', csv: csvOf([]) };
      assert.equal((await call('POST', '', wanted, 'reader')).status, 403);
      assert.equal((await call('POST', '', wanted, 'rival')).status, 404);
      assert.equal((await call('GET', `/${id}`, undefined, 'reader')).status, 200);
      assert.equal((await call('GET', `/${id}`, undefined, 'rival')).status, 404);
      assert.deepEqual((await call('GET', '', undefined, 'rival')).body.reconciliations, []);
    });

    it('is listed newest first, page by page', async () => {
      const all = (await call('GET', '?limit=100')).body.reconciliations.map(({ id }) => id);
      const pages: string[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const { body } = await call('GET', `?limit=2${after && `&after=${after}`}`);
        pages.push(...body.reconciliations.map(({ id }) => id));
        after = body.next;
      }
      assert.ok(all.length > 3);
      assert.deepEqual(pages, all);
      assert.deepEqual(testBed.failures, []);
    });
  });
}
