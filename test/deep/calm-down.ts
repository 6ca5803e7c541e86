/** The second phase: no more faults. What was begun has a day to end, in steps that grow; nobody may be left without an end or a person. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Payment } from '#contract';
import type { Customer } from './customer.ts';
import type { ScheduleDatabase } from './database.ts';
import type { Merchant } from './merchant.ts';
import type { PostbackCourier } from './postback-courier.ts';
import type { Random } from './random.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';
import type { World } from './world.ts';

export interface CalmParts {
  world: World;
  random: Random;
  database: ScheduleDatabase;
  webhooks: WebhookReceiver;
  courier: PostbackCourier;
  merchant: Merchant;
  customers: readonly Customer[];
  processes: number;
  /** How many times slower than idle the machine is. */
  pace: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const times = (many: number, ms: number) => Array.from({ length: many }, () => ms);
/** More than a day: the last look at a payment that has ended is after 24 hours. */
const steps = [...times(8, 8 * second), ...times(5, minute), ...times(4, 8 * minute), ...times(4, hour), ...times(6, 4 * hour)];
/** Real milliseconds for the background work to do what a step has made due. */
const settleMs = 90;

export async function calmDown(parts: CalmParts): Promise<Payment[]> {
  const { world, database, webhooks, courier, merchant, customers, processes, pace } = parts;
  const { bff, time, story } = world;
  story.tell(null, 'from here on nothing is disturbed');
  world.upstreams.calm();
  webhooks.calm();
  await bff.hurry(3);
  for (let slot = 0; slot < processes; slot += 1) {
    await bff.skew(slot, 0);
    if (!bff.live().some((one) => one.slot === slot)) await bff.start(slot);
  }
  await matchTransfers(parts);
  const step = async (ms: number): Promise<void> => {
    time.jump(ms);
    await database.follow(time);
    await bff.follow();
    await courier.flush();
    await pause(settleMs * pace);
    // Whoever still has the page open looks at it.
    await Promise.all(
      customers.flatMap(({ checkouts }) => checkouts.map(async (one) => isOpen(one.views.at(-1)?.status) && one.look())),
    );
  };
  for (const ms of steps) await step(ms);
  story.tell(null, 'a day later');
  // A machine that is busy with others has not done in time what time has made due: it gets some more, and then that is how it is.
  for (let more = 0; ; more += 1) {
    const all = await merchant.payments();
    const told = new Map(webhooks.received.map(({ payment }) => [payment.id, payment.status]));
    if (more >= mostMore || all.every((payment) => isDone(payment, told.get(payment.id)))) return all;
    await step(hour);
  }
}

const mostMore = 20;

/** Told as it is; or with a wallet's number that nobody can be asked about, which a day more would not change. */
const isDone = ({ status, attempts }: Payment, told: string | undefined): boolean =>
  isOpen(status) ? attempts.some((one) => one.method === 'wallet' && one.status === 'processing') : told === status;

const open = new Set(['open', 'awaiting_customer', 'processing', 'refunding']);
const isOpen = (status: string | undefined): boolean => status === undefined || open.has(status);

/** Paykassma's operator finds some of the transfers whose number was mistyped. */
async function matchTransfers({ world, random, customers }: CalmParts): Promise<void> {
  const { transactions } = world.upstreams.paykassma.ledger();
  for (const { custom_transaction_id, status, label } of transactions) {
    if (status !== 'possible' || !random.chance(0.5)) continue;
    const own = customers.filter(({ persona }) => persona.label === label).flatMap(({ pocket }) => pocket.transfers);
    const transfer = own.find(({ number }) => !number.startsWith('10'));
    const order = { custom_transaction_id, ...(transfer && { transaction_number: transfer.number }) };
    const matched = transfer && (await world.upstreams.control('paykassma', 'transactions/match', order));
    if (matched)
      world.story.tell(custom_transaction_id, `Paykassma's operator finds ${transfer.number} for ${custom_transaction_id}`);
  }
}
