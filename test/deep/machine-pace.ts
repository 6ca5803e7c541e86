/**
 * The factor by which this machine is slower than an idle one now, at least 1. Simulated time and deadlines depend on it, so that
 * on a busy machine payments do not expire before their customers have typed anything.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Duration of starting and ending Node on an idle machine, milliseconds. */
const idleMs = 45;
const starts = 3;

export async function measurePace(): Promise<number> {
  const began = performance.now();
  for (let nth = 0; nth < starts; nth += 1) await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return Math.min(10, Math.max(1, (performance.now() - began) / (starts * idleMs)));
}
