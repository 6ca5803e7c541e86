/**
 * Looks for the shortest story of a breach: the same seed with one customer alone, then with fewer kinds of disturbance. Real
 * processes decide the order of events, so a run that does not break proves nothing; the smallest run that did break is printed.
 */

import type { Breach } from './context.ts';
import { runSchedule, type ScheduleOptions, type ScheduleResult } from './schedule.ts';

export interface Shrunk {
  result: ScheduleResult;
  breach: Breach;
  /** What was left out of the schedule; empty: nothing. */
  without: string[];
}

const triesEach = 2;

export async function shrink(first: ScheduleResult, breach: Breach): Promise<Shrunk> {
  let best: Shrunk = { result: first, breach, without: [] };
  const attempt = async (name: string, less: Partial<ScheduleOptions>): Promise<void> => {
    for (let nth = 0; nth < triesEach; nth += 1) {
      const result = await runSchedule({ ...best.result.options, ...less });
      const again = result.breaches.find(({ rule }) => rule === breach.rule);
      if (!again) continue;
      best = { result, breach: again, without: [...best.without, name] };
      return;
    }
  };
  const customer = first.customerOf(breach.about);
  if (customer !== null) await attempt('the other customers', { only: [customer] });
  await attempt('people who decide', { operators: 0 });
  await attempt('kills', { kills: 0 });
  await attempt('cuts', { cuts: 0 });
  await attempt('clocks, restarts and a webhook host that is down', { others: false });
  await attempt('faults of the services', { upstreamFaults: false });
  return best;
}
