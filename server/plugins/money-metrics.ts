/**
 * Metrics in money: payments by status, method and currency, money taken, time to pay, and the age of whatever waits. They are
 * read from the database, so every process reports the same: take `max`, and never the sum, over the processes.
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { MoneyFigures, MoneyReads, PaymentGroup, Waiting } from '../payments/model/money-figures.ts';

/** How long figures are reused, however often they are scraped. */
const cachedMs = 15_000;
/** A row may be committed so long after its own time; the counters wait for it. */
const committedMs = 10_000;

interface MoneySource {
  reads: MoneyReads;
  /** Milliseconds since 1970. */
  now(): number;
}

export function addMoneyMetrics(registry: Registry, { reads, now }: MoneySource): void {
  // Each metric waits for the same reading.
  const shared = { registers: [registry], collect: () => collect() };
  const byKind = ['status', 'method', 'currency'] as const;
  const recent = new Gauge({
    name: 'pay_desk_payments_last_hour',
    help: 'Payments that were created in the last hour, by the status that they have now.',
    labelNames: byKind,
    ...shared,
  });
  const recentAmount = new Gauge({
    name: 'pay_desk_payments_last_hour_minor_units',
    help: 'What these payments are to bring, in minor units of their currency.',
    labelNames: byKind,
    ...shared,
  });
  const taken = new Counter({
    name: 'pay_desk_money_taken_total',
    help: 'How often money was taken since this process started, by any process.',
    labelNames: ['method', 'currency'] as const,
    ...shared,
  });
  const takenAmount = new Counter({
    name: 'pay_desk_money_taken_minor_units_total',
    help: 'The money that was taken since this process started, by any process, in minor units of its currency.',
    labelNames: ['method', 'currency'] as const,
    ...shared,
  });
  const timeToPay = new Histogram({
    name: 'pay_desk_time_to_pay_seconds',
    help: 'From the creation of a payment to the money that completed it.',
    buckets: [10, 30, 60, 120, 300, 600, 1_800, 3_600, 86_400],
    ...shared,
  });
  const waiting = new Gauge({
    name: 'pay_desk_waiting',
    help: 'How much waits, by kind.',
    labelNames: ['what'] as const,
    ...shared,
  });
  const oldest = new Gauge({
    name: 'pay_desk_waiting_oldest_seconds',
    help: 'How long the oldest of each kind has waited; 0 if none does.',
    labelNames: ['what'] as const,
    ...shared,
  });
  const held = new Gauge({
    name: 'pay_desk_restore_held',
    help: '1 while a restored database is not verified, and so nothing is spent.',
    ...shared,
  });
  const latency = new Gauge({
    name: 'pay_desk_database_read_seconds',
    help: 'How long the newest reading of these figures took.',
    ...shared,
  });
  const age = new Gauge({
    name: 'pay_desk_figures_age_seconds',
    help: 'How old the figures of payments and of what waits are. It grows while the database cannot be read.',
    ...shared,
  });

  let readAt = performance.now() - cachedMs;
  let countedTo = now();
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    const began = performance.now();
    const at = now();
    const figures = await reads.figures(at);
    const to = at - committedMs;
    const since = to > countedTo ? await reads.taken(countedTo, to) : { money: [], paid: [] };
    latency.set((performance.now() - began) / 1_000);
    show(figures, at);
    for (const { method, currency, amount } of since.money) {
      taken.inc({ method, currency });
      takenAmount.inc({ method, currency }, amount);
    }
    for (const { tookMs } of since.paid) timeToPay.observe(tookMs / 1_000);
    countedTo = Math.max(countedTo, to);
    readAt = performance.now();
  };

  const show = (figures: MoneyFigures, at: number): void => {
    for (const gauge of [recent, recentAmount]) gauge.reset();
    for (const { count, amount, ...labels } of figures.lastHour satisfies readonly PaymentGroup[]) {
      recent.set(labels, count);
      recentAmount.set(labels, amount);
    }
    for (const [what, { count, since }] of Object.entries<Waiting>(figures.waiting)) {
      waiting.set({ what }, count);
      oldest.set({ what }, since === null ? 0 : Math.max(0, at - since) / 1_000);
    }
    held.set(figures.held ? 1 : 0);
  };

  const collect = async (): Promise<void> => {
    if (performance.now() - readAt < cachedMs) return;
    reading ??= read().finally(() => {
      reading = null;
    });
    // While the database is away, the other metrics are still reported, and these keep their last values.
    await reading.catch(() => undefined);
    age.set((performance.now() - readAt) / 1_000);
  };
}
