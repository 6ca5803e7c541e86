/** Runs the canaries: each in its schedule, and in two more where it was not caught. */
import { readFileSync } from 'node:fs';
import { type Canary, canaries } from './canaries.ts';
import { runSchedule, type ScheduleResult } from './schedule.ts';

/** Real processes decide the order of events, so a seed does not catch a bug every time. */
const tries = 3;
const preload = new URL('./canary-preload.ts', import.meta.url).href;

/** @throws Where a text to be replaced does not occur exactly once. */
export function checkCanaries(): void {
  for (const { name, edits } of canaries) {
    for (const { file, find } of edits) {
      const text = readFileSync(new URL(`../../server/${file}`, import.meta.url), 'utf8');
      if (text.split(find).length !== 2) throw new Error(`canary "${name}": server/${file} does not have, once: ${find}`);
    }
  }
}

/** @returns The schedule that caught it; null where none did. */
export async function runCanary({ name, breaks, schedule }: Canary): Promise<ScheduleResult | null> {
  for (let nth = 0; nth < tries; nth += 1) {
    const result = await runSchedule({
      ...schedule,
      seed: nth === 0 ? schedule.seed : `${schedule.seed} ${nth}`,
      entry: ['--import', preload, 'server/main.ts'],
      env: { CANARY: name },
    });
    if (result.breaches.some(({ rule }) => breaks.includes(rule))) return result;
  }
  return null;
}
