/** `/operate/reconciliations`: the daily comparison with the payment services' own lists. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { Reconciliation, ReconciliationDetail, ReconciliationPage, StartReconciliation } from '#contract/operate';
import { idempotencyKey, runIdempotent } from '../payments/http/idempotency.ts';
import { newId } from '../payments/model/ids.ts';
import type { Clock, Sealer } from '../payments/model/ports.ts';
import type { DifferenceRecord, ReconciliationRecord, Reconciliations } from '../payments/model/reconciliation-records.ts';
import type { Store } from '../payments/model/store.ts';
import { isoTime } from '../payments/model/time.ts';
import { merchantsOf, operatorName } from './authenticate.ts';
import { After, writeCursor } from './cursor.ts';
import { logName } from './operator-log.ts';

export interface ReconciliationRouteDeps {
  reconciliations: Reconciliations;
  store: Store;
  clock: Clock;
  sealer: Sealer;
}

/** A list of 5 MB, in which JSON may double every sign. */
const largestUpload = 11 * 1024 * 1024;
const Page = z.strictObject({ after: After.optional(), limit: z.coerce.number().int().min(1).max(100).default(25) });
const Key = z.strictObject({ id: z.string().regex(/^\w{1,64}$/) });

export const reconciliationRoutes: FastifyPluginAsyncZod<ReconciliationRouteDeps> = async (app, deps) => {
  const { reconciliations, store, clock, sealer } = deps;

  const start = {
    summary: "Compare a day with a payment service's own list",
    body: StartReconciliation,
    response: { 202: Reconciliation },
  };
  app.post(
    '/operate/reconciliations',
    { schema: start, bodyLimit: largestUpload, config: { operatorScope: 'act' } },
    async (request, reply) => {
      const { operator, body } = request;
      const { merchant: merchantId, day, source, csv } = body;
      const by = operatorName(operator);
      const begin = async () => {
        const begun = await reconciliations.startReconciliation({ merchantId, day, source, csv, by }, merchantsOf(operator));
        const entry = { id: newId('log'), operator: logName(operator), action: 'reconcile', target: begun.id, at: clock.now() };
        await store.insertOperatorLog({ ...entry, data: { merchantId, day, source } });
        return begun.id;
      };
      const key = idempotencyKey(request);
      const fingerprints = sealer.fingerprints(JSON.stringify(body));
      const id = key === null ? await begin() : await runIdempotent(deps, { scope: `reconcile:${by}`, key, fingerprints }, begin);
      const { found: _f, ...comparison } = await reconciliations.readReconciliation(id, merchantsOf(operator));
      return reply.code(202).send(view(comparison));
    },
  );

  const list = { summary: 'The comparisons, newest first', querystring: Page, response: { 200: ReconciliationPage } };
  app.get('/operate/reconciliations', { schema: list }, async ({ operator, query: { after, limit } }) => {
    const start = after ? { startedAt: after.at, id: after.id } : null;
    const found = await reconciliations.listReconciliations(merchantsOf(operator), start, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next = found.length > limit && last ? writeCursor({ at: last.startedAt, id: last.id }) : null;
    return { reconciliations: page.map(view), next };
  });

  const read = { summary: 'One comparison with its differences', params: Key, response: { 200: ReconciliationDetail } };
  app.get('/operate/reconciliations/:id', { schema: read }, async ({ operator, params }) => {
    const { found, ...reconciliation } = await reconciliations.readReconciliation(params.id, merchantsOf(operator));
    return { ...view(reconciliation), found: found.map(differenceView) };
  });
};

const view = ({ startedAt, endedAt, leaseUntil: _l, ...rest }: ReconciliationRecord): Reconciliation => ({
  ...rest,
  startedAt: isoTime(startedAt),
  endedAt: endedAt === null ? null : isoTime(endedAt),
});

const differenceView = ({ reconciliationId: _r, at, ...rest }: DifferenceRecord) => ({ ...rest, at: isoTime(at) });
