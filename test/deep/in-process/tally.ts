/** Adds up what schedules in one process have done and found, and prints it as a table. */
import type { Rule } from '../context.ts';
import { rules } from '../report.ts';
import type { Outcome } from './simulation.ts';

export interface Tally {
  add(outcome: Outcome): void;
  /** Whether any rule was broken. */
  broken(): boolean;
  table(commit: string, seed: string, cpuSeconds: number): string;
}

export function createTally(): Tally {
  let schedules = 0;
  const counts = new Map<string, number>();
  const faults = new Map<string, number>();
  const broken = new Map<Rule, string[]>();
  const count = (map: Map<string, number>, name: string, by = 1) => void map.set(name, (map.get(name) ?? 0) + by);
  return {
    add({ plan, counts: own, faults: met, breaches }) {
      schedules += 1;
      for (const [name, value] of Object.entries(own)) count(counts, name, value);
      for (const kind of met.values()) count(faults, kind);
      for (const { rule } of breaches) broken.set(rule, [...(broken.get(rule) ?? []), plan.seed]);
    },
    broken: () => broken.size > 0,
    table(commit, seed, cpuSeconds) {
      const of = (name: string) => counts.get(name) ?? 0;
      const rate = (schedules / Math.max(cpuSeconds, 0.001)).toFixed(1);
      return [
        `commit ${commit}, seed ${seed}: ${schedules} schedules in ${cpuSeconds.toFixed(0)} s of processor time, ${rate} per second`,
        '',
        `payments ${of('payments')} · acts of people ${of('acts')} · requests ${of('requests')} · webhooks ${of('webhooks')} · postbacks ${of('postbacks')}`,
        `crashes ${of('crashes')} · restarts ${of('stops')} · checks after a commit ${of('commits')}`,
        `faults of calls: ${[...faults]
          .sort(([one], [other]) => one.localeCompare(other))
          .map(([kind, many]) => `${kind} ${many}`)
          .join(' · ')}`,
        '',
        ...rules.map((rule) => {
          const seeds = broken.get(rule) ?? [];
          const some = seeds.length > 0 ? `   seeds ${[...new Set(seeds)].slice(0, 8).join(', ')}` : '';
          return `${rule.padEnd(18)} ${String(seeds.length).padStart(4)}${some}`;
        }),
      ].join('\n');
    },
  };
}
