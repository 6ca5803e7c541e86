/**
 * Makes pay codes once for one Idempotency-Key. They are money: a row is written before PayCodes is asked, PayCodes is asked once, under a creator
 * that names the row, and the answer is kept sealed so that a caller who lost it can have it again. The seal needs the caller's own key, of which only
 * a hash is stored, so neither the database nor our key opens it.
 */
import { UpstreamError } from '../../clients/upstream-error.ts';
import { hashBearer, newId } from '../../payments/model/ids.ts';
import type { Clock, Sealer, Telemetry } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { CodeBatchRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { retryFor } from '../../payments/model/store-unavailable.ts';

export interface CodeBatchDeps {
  store: Pick<
    Store,
    'transaction' | 'insertAudit' | 'claimCodeBatch' | 'codeBatch' | 'updateCodeBatch' | 'dropCodeBatch' | 'eraseCodes'
  >;
  sealer: Sealer;
  clock: Clock;
  observer: Telemetry;
}

export interface BatchRequest {
  merchantId: string;
  operation: CodeBatchRecord['operation'];
  /** The caller's Idempotency-Key. */
  key: string;
  /** All that was asked for. */
  body: unknown;
  rule: string;
  count: number;
}

/** What PayCodes made. */
export interface GeneratedBatch {
  codes: string[];
  /** Of each, in minor units; null where PayCodes does not say. */
  price: number | null;
}

const keepTryingMs = 10 * 60_000;

/** Longer than a call may take: whoever began it is dead. */
const runningMs = 60_000;

/**
 * @param make Asks PayCodes, once, in the name of this creator; throws a ProblemError where it definitely made nothing.
 * Throws `idempotency_conflict`; `outcome_unknown` where nobody knows whether they were made; `codes_erased` where they were told and are not kept.
 */
export async function generateOnce(
  parts: CodeBatchDeps,
  wanted: BatchRequest,
  make: (creator: string) => Promise<GeneratedBatch>,
): Promise<GeneratedBatch & { batchId: string }> {
  const { store, sealer, clock, observer } = parts;
  const { merchantId, operation, key, rule, count } = wanted;
  const fresh: CodeBatchRecord = {
    id: newId('bat'),
    merchantId,
    operation,
    keyHash: hashBearer(key),
    fingerprint: sealer.fingerprint(JSON.stringify(wanted.body)),
    rule,
    count,
    status: 'running',
    sealed: null,
    createdAt: clock.now(),
    endedAt: null,
  };
  const standing = await begin(parts, fresh);
  if (standing) return again(parts, standing, fresh, key);
  const made = await make(`pw:${fresh.id}`).catch(async (cause: unknown) => {
    // Only an answer, or a call that was never sent, proves that none was made; a mistake of ours in reading an answer proves nothing.
    if (!(cause instanceof ProblemError || (cause instanceof UpstreamError && cause.fault === 'not_sent'))) {
      await store.updateCodeBatch({ ...fresh, status: 'unknown', endedAt: clock.now() });
      observer.failure('pay codes', new Error(`nobody knows whether batch ${fresh.id} of ${count} pay codes was made`));
      throw cause instanceof UpstreamError ? unknownOf(fresh) : cause;
    }
    // Proven: none was made. The key is free again.
    await store.dropCodeBatch(fresh.id);
    throw cause instanceof UpstreamError ? new ProblemError('provider_unavailable') : cause;
  });
  const sealed = sealer.sealFor(key, JSON.stringify(made), fresh.id);
  const done: CodeBatchRecord = { ...fresh, status: 'made', count: made.codes.length, sealed, endedAt: clock.now() };
  const keep = () => store.transaction((tx) => tx.updateCodeBatch(done), { answer: true });
  // They are made: the caller is told, and the store is tried again for as long as the caller may come again for what was lost on the way.
  await keep().catch((cause: unknown) => {
    observer.failure('pay codes', cause);
    void retryFor(keepTryingMs, keep, () => true).catch((again: unknown) => observer.failure('pay codes', again));
  });
  return { ...made, batchId: fresh.id };
}

/** The row and the word for the operator in one; answers the row that stands in the way. */
const begin = ({ store }: CodeBatchDeps, fresh: CodeBatchRecord): Promise<CodeBatchRecord | null> =>
  store.transaction(async (tx) => {
    const standing = await tx.claimCodeBatch(fresh);
    if (standing) return standing;
    await tx.insertAudit({
      id: newId('aud'),
      // Of no payment.
      paymentId: '',
      merchantId: fresh.merchantId,
      type: `pay_codes.${fresh.operation}`,
      data: { batchId: fresh.id, rule: fresh.rule, count: fresh.count },
      at: fresh.createdAt,
    });
    return null;
  });

function again(
  { sealer, clock }: CodeBatchDeps,
  standing: CodeBatchRecord,
  fresh: CodeBatchRecord,
  key: string,
): GeneratedBatch & { batchId: string } {
  if (standing.fingerprint !== fresh.fingerprint)
    throw new ProblemError('idempotency_conflict', { status: 422, detail: 'this Idempotency-Key was used with another body' });
  const now = clock.now();
  if (standing.status === 'running' && now - standing.createdAt < runningMs)
    throw new ProblemError('idempotency_conflict', { retryAt: new Date(now + 1000).toISOString(), detail: 'still running' });
  if (standing.status !== 'made') throw unknownOf(standing);
  const batch = { id: standing.id, count: standing.count };
  if (standing.sealed === null)
    throw new ProblemError('codes_erased', { batch, detail: 'the codes were acknowledged, or are older than 24 hours' });
  return { ...(JSON.parse(sealer.openFor(key, standing.sealed, standing.id)) as GeneratedBatch), batchId: standing.id };
}

const unknownOf = ({ id, count }: CodeBatchRecord) =>
  new ProblemError('outcome_unknown', {
    batch: { id, count },
    detail: `the books of PayCodes have them, if they were made, under the creator pw:${id}`,
  });

/** The caller has them: what is kept of them is erased. Null for a batch that is none of this merchant's. */
export async function acknowledgeBatch(
  { store }: CodeBatchDeps,
  merchantId: string,
  id: string,
): Promise<CodeBatchRecord | null> {
  const batch = await store.codeBatch(merchantId, id);
  if (batch?.status !== 'made') return batch;
  await store.eraseCodes({ id });
  return { ...batch, sealed: null };
}
