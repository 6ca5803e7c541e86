/**
 * Compares one day of a payment service's own list with our books, in both directions: what is paid there must be known here, and
 * what is known here must be paid there. An entry and a record are found by their ids and never by their times, so a payment around
 * midnight is no difference.
 */
import type { DecisionRecord } from '../payments/model/operator-records.ts';
import type { DifferenceKind, DifferenceRecord } from '../payments/model/reconciliation-records.ts';
import type { EvidenceRecord } from '../payments/model/records.ts';
import type { Statement, StatementEntry, StatementSource } from '../payments/model/statements.ts';
import type { Queries } from '../payments/model/store.ts';
import { dayMs } from '../payments/model/time.ts';

export interface Comparison {
  there: number;
  here: number;
  foreign: number;
  found: Difference[];
}

/** A difference that is not stored yet. */
export type Difference = Omit<DifferenceRecord, 'reconciliationId'>;

export interface ComparedDay {
  store: Queries;
  source: StatementSource;
  merchantId: string;
  /** The day: from its first instant to that of the next one, which is not part of it. */
  from: number;
  to: number;
}

/** What our books say about an entry. */
type Known = { evidence: EvidenceRecord } | { decision: DecisionRecord };

/** A payment and the day may be this far apart on the list, and the entry is still recognised. */
const aroundMs = 2 * dayMs;
const pageSize = 500;
/** More decisions of people than this in one day are not made. */
const mostDecisions = 5_000;

/** Null if the service could not be reached. */
export async function compareStatement(day: ComparedDay, statement: Statement): Promise<Comparison | null> {
  const entryOf = new Map<string, StatementEntry>();
  const there = await compareEntries(day, statement, entryOf);
  const here = await compareRecords(day, statement, entryOf);
  if (!here) return null;
  // A list may have a line twice.
  const found = new Map([...there.found, ...here.found].map((one) => [`${one.kind} ${one.upstreamId}`, one]));
  return { ...there, here: here.count, found: [...found.values()] };
}

/** Looks for each entry in our books. `entryOf` receives the entry of each record that was found, by the record's own id. */
async function compareEntries(
  { store, merchantId, from, to }: ComparedDay,
  statement: Statement,
  entryOf: Map<string, StatementEntry>,
): Promise<Omit<Comparison, 'here'>> {
  const found: Difference[] = [];
  let [there, foreign] = [0, 0];
  for (const entry of statement.entries) {
    if (entry.at < from - aroundMs || entry.at >= to + aroundMs) continue;
    const known = await findKnown(store, statement.upstream, entry);
    const id = known && ('evidence' in known ? known.evidence.upstreamId : known.decision.id);
    // Two entries that lead to one record are two payments, of which our books have one.
    const isSecond = id !== null && (entryOf.get(id) ?? entry).id !== entry.id;
    if (id !== null && !isSecond) entryOf.set(id, entry);
    if (entry.at < from || entry.at >= to || entry.state !== 'paid') continue;
    const paymentId = known ? recordOf(known).paymentId : await paymentOf(store, entry);
    const payment = paymentId === null ? null : await store.payment(paymentId);
    // The account is shared, and the other merchant's own comparison has it.
    if (payment && payment.merchantId !== merchantId) continue;
    if (!known && entry.foreign) {
      foreign += 1;
      continue;
    }
    there += 1;
    const difference = (kind: DifferenceKind, reason: string): Difference => ({
      ...theirs(entry),
      ...(known && kind === 'amounts_differ' ? ours(recordOf(known)) : { ourAmount: null, ourCurrency: null }),
      kind,
      paymentId: payment?.id ?? null,
      reason,
    });
    if (!known || isSecond)
      found.push(
        difference(
          'paid_there',
          payment ? 'It is paid there, and not counted by its payment.' : 'It is paid there, and belongs to no payment here.',
        ),
      );
    else if ('evidence' in known && known.evidence.disposition === 'void')
      found.push(difference('paid_there', 'It is paid there, and a person has declared here that there was no such money.'));
    else if (isOther(entry, recordOf(known))) found.push(difference('amounts_differ', 'The amount there is not the one here.'));
  }
  return { there, foreign, found };
}

/** Looks for each record of the day on the list. Null if the service could not be reached. */
async function compareRecords(
  day: ComparedDay,
  statement: Statement,
  entryOf: ReadonlyMap<string, StatementEntry>,
): Promise<{ count: number; found: Difference[] } | null> {
  const { store, source, merchantId, from, to } = day;
  const found: Difference[] = [];
  let count = 0;
  const check = async (record: EvidenceRecord | DecisionRecord, id: string, listed: StatementEntry | undefined, at: number) => {
    count += 1;
    const entry = listed ?? (source.find ? await source.find(merchantId, id) : 'missing');
    if (entry === null) return false;
    const missing = entry === 'missing';
    const difference = { upstreamId: id, paymentId: record.paymentId, at, ...ours(record) };
    if (missing || entry.state === 'returned') {
      if (!missing && (await isReturned(store, record))) return true;
      const early = missing && !statement.coversBefore && at < from + dayMs / 24;
      const reason = missing
        ? `It is counted here, and is not on the list.${early ? ' It may be on that of the day before: upload both days together.' : ''}`
        : 'It is counted here, and has been returned there.';
      found.push({ ...difference, ...(missing ? notThere : theirs(entry, id)), kind: 'known_here', reason, at });
    } else if (!listed && isOther(entry, record)) {
      found.push({
        ...difference,
        ...theirs(entry, id),
        kind: 'amounts_differ',
        reason: 'The amount there is not the one here.',
        at,
      });
    }
    return true;
  };

  const { method } = source;
  for (let after: EvidenceRecord | null = null; ; ) {
    const page: EvidenceRecord[] = await store.evidenceTaken({ merchantId, method, from, to, after, limit: pageSize });
    for (const evidence of page) {
      const { upstream, upstreamId, attemptId, disposition } = evidence;
      // A discount that covers the whole amount pays nothing there.
      if (upstream !== statement.upstream || attemptId === null || disposition === 'void') continue;
      if (!(await check(evidence, upstreamId, entryOf.get(upstreamId), evidence.takenAt))) return null;
    }
    after = page.at(-1) ?? null;
    if (page.length < pageSize) break;
  }
  for (const decision of await store.decisionsPaid({ merchantId, method, from, to, limit: mostDecisions })) {
    if (decision.key === null) continue;
    const id = decision.key.replace(/^receipt:/, '');
    if (!(await check(decision, id, entryOf.get(decision.id), decision.decidedAt))) return null;
  }
  return { count, found };
}

async function findKnown(store: Queries, upstream: string, entry: StatementEntry): Promise<Known | null> {
  for (const id of entry.evidenceIds) {
    const evidence = await store.evidenceOf(upstream, id);
    if (evidence) return { evidence };
  }
  for (const { account, key } of entry.claims) {
    const claim = await store.claimOf(account, key);
    const evidence = claim && (await store.evidenceOf(upstream, claim.attemptId));
    if (evidence) return { evidence };
    const decision = await store.decisionOf(account, key);
    if (decision) return { decision };
  }
  for (const id of entry.evidenceIds) {
    const decision = await store.decisionOf(upstream, id);
    if (decision) return { decision };
  }
  return null;
}

/** The payment that an unknown entry names, or that has claimed it; null if there is none. */
async function paymentOf(store: Queries, { attemptId, claims }: StatementEntry): Promise<string | null> {
  const attempt = attemptId === null ? null : await store.attempt(attemptId);
  if (attempt) return attempt.paymentId;
  for (const { account, key } of claims) {
    const claim = await store.claimOf(account, key);
    if (claim) return claim.paymentId;
  }
  return null;
}

/** The service returned the money because we asked for it, and the books say so. */
async function isReturned(store: Queries, record: EvidenceRecord | DecisionRecord): Promise<boolean> {
  if ('disposition' in record && record.disposition === 'returned') return true;
  const attempt = record.attemptId === null ? null : await store.attempt(record.attemptId);
  if (attempt?.status === 'refunding' || attempt?.status === 'refunded') return true;
  return (await store.refunds(record.paymentId)).some(({ how, status }) => how === 'upstream' && status !== 'declined');
}

const recordOf = (known: Known): EvidenceRecord | DecisionRecord => ('evidence' in known ? known.evidence : known.decision);

const isOther = (entry: StatementEntry, record: EvidenceRecord | DecisionRecord): boolean =>
  entry.amount !== record.amount || entry.currency !== record.currency;

const theirs = ({ id, amount, currency, at }: StatementEntry, upstreamId = id) => ({
  upstreamId,
  theirAmount: amount,
  theirCurrency: currency,
  at,
});
const notThere = { theirAmount: null, theirCurrency: null };
const ours = ({ amount, currency }: EvidenceRecord | DecisionRecord) => ({ ourAmount: amount, ourCurrency: currency });
