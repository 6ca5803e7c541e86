/** Engine and processes of the nth schedule of a seed: both engines in turn, on PostgreSQL with one to three processes. */
import { createRandom } from './random.ts';
import type { ScheduleOptions } from './schedule.ts';

export function planSchedule(seed: string, nth: number, overrides: Partial<ScheduleOptions> = {}): ScheduleOptions {
  const random = createRandom(`${seed}/${nth}`).fork('plan');
  const engine = overrides.engine ?? (nth % 2 === 0 ? 'postgres' : 'sqlite');
  const processes = engine === 'sqlite' ? 1 : random.between(1, 3);
  return { seed: `${seed}/${nth}`, engine, processes, ...overrides };
}
