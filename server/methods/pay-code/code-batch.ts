/**
 * Generates pay codes once per Idempotency-Key. The codes are money: a row is written before PayCodes is called, PayCodes is
 * called once, under a creator that names the row, and the answer is stored encrypted, so that a caller who lost it can get it
 * again. The encryption needs the caller's key, of which only a hash is stored, so that neither the database nor our own key
 * reveals the codes.
 */
import { UpstreamError } from '../../clients/http.ts';
import { OperatorNotice, ProblemError, retryFor } from '../../payments/model/errors.ts';
import { hashBearer, newId } from '../../payments/model/ids.ts';
import type { Clock, Sealer, Telemetry } from '../../payments/model/ports.ts';
import type { CodeBatchRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { isoTime } from '../../payments/model/time.ts';

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
  /** The request's body. A repetition must bring the same one. */
  body: unknown;
  rule: string;
  count: number;
}

/** What PayCodes generated. */
interface GeneratedBatch {
  codes: string[];
  /** The price of each code, in minor units; null where PayCodes gives none. */
  price: number | null;
}

type IdentifiedBatch = GeneratedBatch & { batchId: string };

/** A batch that has been running for longer than any call may take: the process that began it is dead. */
const deadAfterMs = 60_000;
/** How long a failed write of generated codes is tried again. */
const keepTryingMs = 10 * 60_000;

/**
 * Throws `idempotency_conflict` where the key was used with another body, or is still running; `outcome_unknown` where nobody
 * knows whether the codes were generated; `codes_erased` where they were returned and are no longer stored.
 * @param generate Calls PayCodes once, under this creator. Throws a ProblemError only where it is certain that no code was
 * generated.
 */
export async function generateOnce(
  deps: CodeBatchDeps,
  request: BatchRequest,
  generate: (creator: string) => Promise<GeneratedBatch>,
): Promise<IdentifiedBatch> {
  const { store, sealer, clock, observer } = deps;
  const { merchantId, operation, key, body, rule, count } = request;
  const fresh: CodeBatchRecord = {
    id: newId('bat'),
    merchantId,
    operation,
    keyHash: hashBearer(key),
    fingerprint: sealer.fingerprint(JSON.stringify(body)),
    rule,
    count,
    status: 'running',
    sealed: null,
    createdAt: clock.now(),
    endedAt: null,
  };
  const existing = await insertBatch(deps, fresh);
  if (existing) return repeat(deps, existing, request);
  const generated = await generate(`pw:${fresh.id}`).catch(async (cause: unknown) => {
    // Only an answer of PayCodes, or a call that was never sent, proves that no code was generated. An answer that we failed to
    // read proves nothing.
    if (!(cause instanceof ProblemError || (cause instanceof UpstreamError && cause.fault === 'not_sent'))) {
      await store.updateCodeBatch({ ...fresh, status: 'unknown', endedAt: clock.now() });
      observer.failure(
        'pay codes',
        new OperatorNotice(`nobody knows whether batch ${fresh.id} of ${count} pay codes was made: it waits in the queue`),
      );
      throw cause instanceof UpstreamError ? outcomeUnknown(fresh) : cause;
    }
    // The key may be used again.
    await store.dropCodeBatch(fresh.id);
    throw cause instanceof UpstreamError ? new ProblemError('provider_unavailable') : cause;
  });
  const sealed = sealer.sealFor(key, JSON.stringify(generated), fresh.id);
  const done: CodeBatchRecord = { ...fresh, status: 'made', count: generated.codes.length, sealed, endedAt: clock.now() };
  const write = () => store.transaction((tx) => tx.updateCodeBatch(done), { answer: true });
  // The codes exist, so the caller gets them even where they cannot be stored. Storing is tried again, for a caller whose answer
  // gets lost.
  await write().catch((cause: unknown) => {
    observer.failure('pay codes', cause);
    void retryFor(keepTryingMs, write, () => true).catch((again: unknown) => observer.failure('pay codes', again));
  });
  return { ...generated, batchId: fresh.id };
}

/** Writes the row and its audit event in one transaction. Returns the row that has the key already, or null. */
const insertBatch = ({ store }: CodeBatchDeps, fresh: CodeBatchRecord): Promise<CodeBatchRecord | null> =>
  store.transaction(async (tx) => {
    const existing = await tx.claimCodeBatch(fresh);
    if (existing) return existing;
    // A restored database may have lost the batch that this key has made already, and codes are money.
    if (await tx.restoreHold()) throw new ProblemError('busy', { detail: 'the database was restored and is not verified yet' });
    await tx.insertAudit({
      id: newId('aud'),
      // The event belongs to no payment.
      paymentId: '',
      merchantId: fresh.merchantId,
      type: `pay_codes.${fresh.operation}`,
      data: { batchId: fresh.id, rule: fresh.rule, count: fresh.count },
      at: fresh.createdAt,
    });
    return null;
  });

/** Answers a repeated request from the row of the first one. */
function repeat({ sealer, clock }: CodeBatchDeps, existing: CodeBatchRecord, { key, body }: BatchRequest): IdentifiedBatch {
  if (!sealer.fingerprints(JSON.stringify(body)).includes(existing.fingerprint))
    throw new ProblemError('idempotency_conflict', { status: 422, detail: 'this Idempotency-Key was used with another body' });
  const now = clock.now();
  if (existing.status === 'running' && now - existing.createdAt < deadAfterMs)
    throw new ProblemError('idempotency_conflict', { retryAt: isoTime(now + 1000), detail: 'still running' });
  if (existing.status !== 'made') throw outcomeUnknown(existing);
  const batch = { id: existing.id, count: existing.count };
  if (existing.sealed === null)
    throw new ProblemError('codes_erased', { batch, detail: 'the codes were acknowledged, or are older than 24 hours' });
  return { ...(JSON.parse(sealer.openFor(key, existing.sealed, existing.id)) as GeneratedBatch), batchId: existing.id };
}

const outcomeUnknown = ({ id, count }: CodeBatchRecord) =>
  new ProblemError('outcome_unknown', {
    batch: { id, count },
    detail: `the books of PayCodes have them, if they were made, under the creator pw:${id}`,
  });

/** The caller has received the codes, so the stored ones are erased. Null where the merchant has no such batch. */
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
