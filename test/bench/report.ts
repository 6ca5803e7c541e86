/** The table of a run: each goal beside what was reached, and why not where it was not. */
import type { Goal } from './goals.ts';

/** What a measurement found for a goal. */
export type Finding =
  | {
      /** What the goal is compared with: a ratio, seconds, bytes or a number, as the goal says. */
      value: number;
      /** How `value` came about, in words: for the reader, never compared. */
      detail?: string;
    }
  /** Why it was not measured. */
  | { skipped: string };

/** Where and how a run took place: what it is, and its value. */
export type Circumstances = readonly (readonly [what: string, value: string])[];

/** The middle of several runs, which one disturbed run does not move; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * The median of the ratios of rounds: both sides of a ratio were measured one right after the other, so that they met the same
 * machine, and a busy moment spoils one round only.
 */
export function ratioOf(rounds: readonly (readonly [measured: number, bare: number])[]): number {
  return median(
    rounds.map(([measured, bare]) => {
      if (!(bare > 0)) throw new Error('a ratio to nothing');
      return measured / bare;
    }),
  );
}

export function isReached({ limit }: Pick<Goal, 'limit'>, value: number): boolean {
  return 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost;
}

export function goalText({ limit, unit }: Pick<Goal, 'limit' | 'unit'>): string {
  return 'atLeast' in limit ? `≥ ${valueText(limit.atLeast, unit)}` : `≤ ${valueText(limit.atMost, unit)}`;
}

/** A number with its unit and no more digits than it deserves. */
export function valueText(value: number, unit: Goal['unit']): string {
  if (unit === 'bytes') return `${Math.round(value).toLocaleString('en-US')} bytes`;
  const digits = value !== 0 && Math.abs(value) < 0.1 ? 3 : Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  const number = Number.isInteger(value) ? value.toLocaleString('en-US') : value.toFixed(digits);
  return unit === '×' ? `${number} ×` : unit === '' ? number : `${number} ${unit}`;
}

/** The whole report in Markdown. A goal without a finding was not asked for in this run, and is said to be so. */
export function report(goals: readonly Goal[], findings: ReadonlyMap<string, Finding>, circumstances: Circumstances): string {
  const found = goals.map((goal) => ({ goal, finding: findings.get(goal.id) ?? { skipped: 'not asked for in this run' } }));
  const missed = found.flatMap(({ goal, finding }) => ('value' in finding && !isReached(goal, finding.value) ? [goal] : []));
  return [
    '# The last bench',
    '',
    'Written by `npm run bench`. [README.md](README.md) says how each line is measured. Times hold for the machine of this run alone; ratios',
    'compare what was measured side by side.',
    '',
    '| | |',
    '| --- | --- |',
    ...circumstances.map(([what, value]) => `| ${cell(what)} | ${cell(value)} |`),
    '',
    '| What | Goal | Reached | Reached? |',
    '| --- | --- | --- | --- |',
    ...found.map(
      ({ goal, finding }) => `| ${cell(goal.what)} | ${goalText(goal)} | ${reached(goal, finding)} | ${verdict(goal, finding)} |`,
    ),
    '',
    '## What is not reached, why, and what would reach it',
    '',
    ...(missed.length === 0 ? ['Everything that was measured is reached.'] : reasons(missed)),
    '',
  ].join('\n');
}

/** Goals that are missed for one reason stand together. */
const reasons = (missed: readonly Goal[]): string[] =>
  [...Map.groupBy(missed, ({ why }) => why)].map(([why, all]) => `- **${all.map(({ what }) => what).join('; ')}.** ${why}`);

function reached({ unit }: Goal, finding: Finding): string {
  if ('skipped' in finding) return `not measured: ${cell(finding.skipped)}`;
  return `${valueText(finding.value, unit)}${finding.detail ? ` (${cell(finding.detail)})` : ''}`;
}

const verdict = (goal: Goal, finding: Finding): string =>
  'skipped' in finding ? '–' : isReached(goal, finding.value) ? 'yes' : '**no**';

/** Neither a bar nor a line break may end a cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
