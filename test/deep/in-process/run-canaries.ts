/** Plants each bug of the canaries into a process of its own, where schedules must catch it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Canary, canaries } from '../canaries.ts';
import type { Plan } from './simulation.ts';
import { stepCanaries } from './step-canaries.ts';

const preload = new URL('../canary-preload.ts', import.meta.url).href;
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** The canaries that a schedule catches; the others have a test of their own. */
export const canariesInProcess: readonly Canary[] = [...canaries, ...stepCanaries].filter((canary) => 'schedule' in canary);

/**
 * @param schedules After so many the bug counts as missed.
 * @returns How it was caught; null where it was not.
 */
export async function runCanaryInProcess(canary: Canary, schedules: number): Promise<string | null> {
  if (!('schedule' in canary)) return null;
  const { name, breaks, schedule } = canary;
  const { seed, persona, unsignedTimes } = schedule;
  const all: Partial<Plan> = { ...(persona && { persona }), ...(unsignedTimes !== undefined && { unsignedTimes }) };
  // Bugs of decisions need people who decide.
  if (breaks.includes('decisions')) Object.assign(all, { operators: 3 });
  const until = [...breaks, 'write ahead', 'audit', 'snapshot'].join(',');
  const args = ['--schedules', String(schedules), '--seed', seed, '--all', JSON.stringify(all), '--until', until];
  const child = spawn(process.execPath, ['--import', preload, main, ...args], {
    env: { ...process.env, CANARY: name, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  return code === 0 ? output.trim() : null;
}
