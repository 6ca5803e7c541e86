/**
 * The second phase: without faults, a day passes in growing steps. Afterwards every payment must have ended or wait for a person.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Payment } from '#contract';
import type { RunContext } from './context.ts';
import type { Customer } from './customer.ts';
import type { ScheduleDatabase } from './database.ts';
import type { Money } from './ledger.ts';
import type { Merchant } from './merchant.ts';
import type { Courier } from './postback-courier.ts';
import type { Random } from './random.ts';
import type { WebhookHost } from './webhook-receiver.ts';

export interface CalmDeps {
  context: RunContext;
  random: Random;
  database: Pick<ScheduleDatabase, 'follow'>;
  webhooks: Pick<WebhookHost, 'calm' | 'received'>;
  courier: Pick<Courier, 'flush'>;
  merchant: Merchant;
  customers: readonly Customer[];
  processes: number;
  /** The factor by which the machine is slower than idle. */
  pace: number;
  /** People look into the queue while it is calm. */
  tidyUp(): Promise<void>;
  /** What the services' ledgers have taken until now. */
  money(): readonly Money[];
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const times = (many: number, ms: number) => Array.from({ length: many }, () => ms);
/** More than a day, because the last check of an ended payment is after 24 hours. */
const steps = [...times(8, 8 * second), ...times(5, minute), ...times(4, 8 * minute), ...times(4, hour), ...times(6, 4 * hour)];
/** Real milliseconds for the background work that a step has made due. */
const settleMs = 90;

export async function calmDown(deps: CalmDeps): Promise<Payment[]> {
  const { context, database, webhooks, courier, merchant, customers, processes, pace } = deps;
  const { bff, time, story } = context;
  story.add(null, 'from here on nothing is disturbed');
  context.upstreams.calm();
  webhooks.calm();
  await bff.hurry(3);
  for (let slot = 0; slot < processes; slot += 1) {
    await bff.skew(slot, 0);
    if (!bff.live().some((one) => one.slot === slot)) await bff.start(slot);
  }
  await matchTransfers(deps);
  const step = async (ms: number): Promise<void> => {
    time.jump(ms);
    await database.follow(time);
    await bff.follow();
    await courier.flush();
    await pause(settleMs * pace);
    // Customers whose page is open read it.
    await Promise.all(
      customers.flatMap(({ checkouts }) => checkouts.map(async (one) => isOpen(one.views.at(-1)?.status) && one.look())),
    );
  };
  for (const [index, ms] of steps.entries()) {
    await step(ms);
    // After the first lost answers are settled or in review, and long before the day is over.
    if (index === 12 || index === 16) await deps.tidyUp();
  }
  story.add(null, 'a day later');
  // A busy machine may not have done all work in time: it gets some more time, and then the result counts.
  for (let more = 0; ; more += 1) {
    const all = await merchant.payments();
    const reported = new Map(webhooks.received.map(({ payment }) => [payment.id, payment.status]));
    const money = deps.money();
    if (more >= mostMore || all.every((payment) => isDone(payment, reported.get(payment.id), money))) return all;
    await step(hour);
  }
}

const mostMore = 20;

/**
 * Whether the payment needs no more time: it has ended, or waits for a wallet's number that nobody can be asked about; and nothing
 * was taken for it that it does not know. A payment that has expired or was canceled is read once more after a day, which finds a
 * call that arrived late, and on a busy machine that read may still be due.
 * @param reported The status that the last webhook told the shop.
 */
export function isDone(
  { id, status, attempts, evidence }: Payment,
  reported: string | undefined,
  money: readonly Money[],
): boolean {
  const waits = attempts.some((one) => one.method === 'wallet' && one.status === 'processing');
  const own = money.filter((one) => one.paymentId === id || attempts.some((attempt) => attempt.id === one.attempt));
  const isKnown = ({ upstreamId, refundedAt }: Money) =>
    refundedAt !== null || evidence.some((one) => one.upstreamId === upstreamId);
  return (isOpen(status) ? waits : reported === status) && own.every(isKnown);
}

const open = new Set(['open', 'awaiting_customer', 'processing', 'refunding']);
const isOpen = (status: string | undefined): boolean => status === undefined || open.has(status);

/** Paykassma's operator matches some of the transfers whose number was mistyped. */
async function matchTransfers({ context, random, customers }: CalmDeps): Promise<void> {
  const { transactions } = context.upstreams.paykassma.ledger();
  for (const { custom_transaction_id, status, label } of transactions) {
    if (status !== 'possible' || !random.chance(0.5)) continue;
    const own = customers.filter(({ persona }) => persona.label === label).flatMap(({ pocket }) => pocket.transfers);
    const transfer = own.find(({ number }) => !number.startsWith('10'));
    const order = { custom_transaction_id, ...(transfer && { transaction_number: transfer.number }) };
    const matched = transfer && (await context.upstreams.control('paykassma', 'transactions/match', order));
    if (matched)
      context.story.add(custom_transaction_id, `Paykassma's operator finds ${transfer.number} for ${custom_transaction_id}`);
  }
}
