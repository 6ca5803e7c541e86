/** Which customers come, and what goes wrong, in the nth schedule of a seed. */
import { createRandom } from '../random.ts';
import type { Plan } from './simulation.ts';

const kinds = ['clock', 'jump', 'restart', 'webhooks', 'forgeries'] as const;
/** About how many boundaries a schedule has. */
const mostBoundaries = 120;

export function planOf(seed: string): Plan {
  const random = createRandom(seed).fork('plan');
  const many = random.weighted({ '1': 3, '2': 5, '3': 2 });
  const crashes = random.weighted({ '0': 5, '1': 4, '2': 1 });
  return {
    seed,
    customers: Array.from({ length: Number(many) }, (_, index) => index),
    operators: random.chance(0.3) ? random.between(1, 3) : 0,
    crashes: Array.from({ length: Number(crashes) }, () => random.between(1, mostBoundaries)),
    faults: null,
    others: kinds.filter((kind) => random.chance(kind === 'restart' ? 0.05 : 0.15)),
  };
}
