/** Finds the smallest plan that still breaks a rule, by fast-check. The same plan gives the same run, so each try counts. */
import fc from 'fast-check';
import type { Breach } from '../context.ts';
import { mostActs } from '../customer.ts';
import type { Outcome, Plan } from './simulation.ts';

/** A story of a hundred tries is short enough. */
const mostTries = 100;

/**
 * @param first A run that broke the rule, from an empty database.
 * @param simulate Runs a plan, from an empty database.
 */
export async function shrinkPlan(first: Outcome, { rule }: Breach, simulate: (plan: Plan) => Promise<Outcome>): Promise<Outcome> {
  const { plan } = first;
  const faults = [...first.faults.keys()];
  const subset = <T>(all: readonly T[], minLength = 0) => fc.subarray([...all], { minLength });
  const smaller = fc.record({
    customers: subset(plan.customers, 1),
    crashes: subset(plan.crashes),
    faults: subset(faults),
    others: subset(plan.others),
    operators: fc.nat(plan.operators),
    acts: fc.integer({ min: 1, max: mostActs }),
  });
  let best = first;
  let tries = 0;
  const kept = fc.asyncProperty(smaller, async ({ acts, ...less }) => {
    tries += 1;
    if (tries > mostTries) return true;
    const outcome = await simulate({ ...plan, ...less, persona: { ...plan.persona, acts } });
    const broken = outcome.breaches.some((breach) => breach.rule === rule);
    // Fast-check goes on from the last plan that broke, which is the smallest until now.
    if (broken) best = outcome;
    return !broken;
  });
  const { customers, crashes, others, operators, persona } = plan;
  // Fast-check makes only values smaller that it could have made itself, so this has exactly the fields from above.
  const full = {
    customers: [...customers],
    crashes: [...crashes],
    faults,
    others: [...others],
    operators,
    acts: persona?.acts ?? mostActs,
  };
  await fc.check(kept, { numRuns: 1, examples: [[full]] });
  return best;
}
