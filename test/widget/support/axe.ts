/** Runs axe on a part of the page, with only the rules that can tell something new there. */
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';

/** What axe looks for: everything, contrast alone, which takes most of its time, or everything else. */
export type Rules = 'all' | 'contrast' | 'besides contrast';

/** Level AA of WCAG 2.2 and what axe calls best practice; the page around the element is not ours to check. */
const notOurs = {
  region: { enabled: false },
  'page-has-heading-one': { enabled: false },
  'landmark-one-main': { enabled: false },
};
const options: Record<Rules, RunOptions> = {
  all: { rules: notOurs },
  contrast: { runOnly: ['color-contrast'] },
  'besides contrast': { rules: { ...notOurs, 'color-contrast': { enabled: false } } },
};

/** @returns One line for each violation, with the rule and the place; empty where there is none. */
export async function axeFaults(place: Element, rules: Rules): Promise<string[]> {
  const { axe } = window as unknown as { axe: { run(place: Element, options: RunOptions): Promise<AxeResults> } };
  const { violations } = await axe.run(place, { resultTypes: ['violations'], ...options[rules] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}
