/**
 * Looks once a day through the receipts of each cashbox for those that Payme has returned although we count them as paid, e.g.
 * because somebody has cancelled them in Payme's own cabinet. Nobody reports that, and a shop would ship the goods.
 */
import type { Receipt } from '../../clients/payme/types.ts';
import { dayMs, hourMs, minuteMs } from '../../payments/model/time.ts';
import type { CardAccount, CardPaymentDeps } from './account.ts';
import { callPayme } from './call-payme.ts';
import { readReceiptPage } from './list-receipts.ts';

export interface SweepDeps extends Pick<CardPaymentDeps, 'account' | 'store' | 'clock' | 'observer'> {
  /** The ids of all merchants. */
  merchantIds(): readonly string[];
  /** Records that Payme has returned money that is counted: a person has to look. May be called again for the same receipt. */
  reversed(paymentId: string, money: { attemptId: string; upstreamId: string }): Promise<void>;
}

/** How far a sweep looks back. */
const lookBackMs = 30 * dayMs;
/** In one pass of the reconciler, so that a large cashbox takes a while and not all of Payme's attention. */
const pagesPerPass = 4;
const leaseMs = 2 * minuteMs;
/** A sweep begins at 21:00 UTC, which is two in the morning where Payme's customers live. */
const beginsAtMs = 21 * hourMs;
/** When Payme could not be reached. */
const retryMs = hourMs / 4;

/** One pass over all cashboxes. It goes on where the last one has stopped, whichever process that was. */
export async function sweepReversals(deps: SweepDeps): Promise<void> {
  const accounts = deps.merchantIds().flatMap((id) => deps.account(id) ?? []);
  const cashboxes = new Map(accounts.map((account) => [account.id, account]));
  for (const account of cashboxes.values()) await sweepCashbox(deps, account);
}

async function sweepCashbox(deps: SweepDeps, account: CardAccount): Promise<void> {
  const { store, clock, observer } = deps;
  const now = clock.now();
  // The first sweep is not due at once, since there is little to find before.
  const first = { name: `reversals ${account.id}`, cursor: null, nextAt: nextNight(now + dayMs) };
  const work = await store.leasePeriodicWork(first, now, now + leaseMs);
  if (!work) return;
  let { to, offset } = readCursor(work.cursor) ?? { to: now, offset: 0 };
  const release = (cursor: string | null, nextAt: number) =>
    store.releasePeriodicWork({ ...work, cursor, nextAt }, work.leaseUntil);
  for (let page = 0; page < pagesPerPass; page += 1) {
    const found = await readReceiptPage(observer, account, { from: to - lookBackMs, to }, offset);
    const checked = found && (await checkReceipts(deps, account, found.receipts));
    if (!checked) return void (await release(writeCursor({ to, offset }), now + retryMs));
    if (found.next === null) return void (await release(null, nextNight(now + dayMs / 2)));
    offset = found.next;
  }
  await release(writeCursor({ to, offset }), now);
}

/** The first time after this instant at which a sweep begins. */
const nextNight = (after: number): number => Math.ceil((after - beginsAtMs) / dayMs) * dayMs + beginsAtMs;

/** Where a sweep goes on. Its end stays the same, so that new receipts do not move the older ones away. */
interface Cursor {
  to: number;
  offset: number;
}

const writeCursor = ({ to, offset }: Cursor): string => `${to} ${offset}`;

function readCursor(text: string | null): Cursor | null {
  const [to, offset] = (text ?? '').split(' ').map(Number);
  return to && offset !== undefined ? { to, offset } : null;
}

/** False if Payme could not be reached for one of them. */
async function checkReceipts(deps: SweepDeps, account: CardAccount, receipts: readonly Receipt[]): Promise<boolean> {
  for (const receipt of receipts) {
    if (isReturned(receipt) && !(await checkReturned(deps, account, receipt.id))) return false;
  }
  return true;
}

/** Being cancelled, or cancelled. */
const isReturned = ({ state }: Pick<Receipt, 'state'>): boolean => state === 21 || state === 50;

async function checkReturned(deps: SweepDeps, { upstream, client }: CardAccount, id: string): Promise<boolean> {
  const { store, observer } = deps;
  const evidence = await store.evidenceOf(upstream, id);
  const attempt = evidence?.counted && evidence.attemptId !== null ? await store.attempt(evidence.attemptId) : null;
  // Money that was refunded, or is being refunded, was returned by us.
  if (!evidence || attempt?.status !== 'paid' || (await store.flagOf('reversed', id))) return true;
  // A list is not read as strictly as a single receipt.
  const read = await callPayme(observer, 'receipts.get', () => client.receiptsGet({ id }));
  if (read.kind !== 'ok') return read.kind === 'refused';
  if (isReturned(read.result)) await deps.reversed(evidence.paymentId, { attemptId: attempt.id, upstreamId: id });
  return true;
}
