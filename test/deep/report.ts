/** The table at the end of a run: what was done, and which rule broke how often in which schedules. */

import type { Rule } from './context.ts';
import type { ScheduleResult } from './schedule.ts';

export const rules: readonly Rule[] = [
  'double charge',
  'lost payment',
  'false success',
  'one live payment',
  'asked again',
  'decisions',
  'service',
  'liveness',
  'webhooks',
  'write ahead',
  'audit',
  'snapshot',
];

export function report(results: readonly ScheduleResult[], commit: string, minutes: number): string {
  const sum = (pick: (result: ScheduleResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  const counted = (name: keyof ScheduleResult['counts']) => sum(({ counts }) => counts[name]);
  const kinds = Map.groupBy(
    results,
    ({ options: { engine, processes } }) => `${engine}, ${processes} process${processes > 1 ? 'es' : ''}`,
  );
  const lines = [
    `commit ${commit}, ${results.length} schedules in ${minutes.toFixed(1)} minutes`,
    ...[...kinds].map(([kind, own]) => `  ${kind}: ${own.length}`),
    '',
    `payments ${counted('payments')} · acts of people ${counted('acts')} · requests ${counted('requests')} · webhooks ${counted('webhooks')} · postbacks ${counted('postbacks')}`,
    `kills ${counted('kills')} · rolling stops ${counted('stops')} · cuts of the database ${counted('databaseCuts')}, failovers ${counted('failovers')} · cuts of sockets ${counted('socketCuts')} · faults of the services ${counted('faults')}`,
    '',
    ...rules.map((rule) => {
      const broken = results.filter(({ breaches }) => breaches.some((one) => one.rule === rule));
      const seeds = broken.map(({ options }) => options.seed).slice(0, 8);
      return `${rule.padEnd(18)} ${String(sum(({ breaches }) => breaches.filter((one) => one.rule === rule).length)).padStart(4)}${seeds.length > 0 ? `   seeds ${seeds.join(', ')}` : ''}`;
    }),
  ];
  return lines.join('\n');
}

/** The breaches of one schedule, and how to run it again. */
export const breachLines = ({ breaches, options }: ScheduleResult): string =>
  [...breaches.map(({ rule, about, text }) => `${rule}: ${about ?? ''} ${text}`), `again: ${replay(options)}`].join('\n');

export const replay = ({
  seed,
  engine,
  processes,
  only,
  kills,
  cuts,
  upstreamFaults,
  others,
  operators,
}: ScheduleResult['options']): string =>
  [
    'npm run test:deep -- --schedules 1',
    `--exactly '${seed}' --engine ${engine} --processes ${processes}`,
    only && `--only ${only.join(',')}`,
    kills !== undefined && `--kills ${kills}`,
    cuts !== undefined && `--cuts ${cuts}`,
    upstreamFaults === false && '--no-faults',
    others === false && '--no-others',
    operators !== undefined && `--operators ${operators}`,
  ]
    .filter(Boolean)
    .join(' ');
