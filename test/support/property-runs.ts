/** How often a property test of the rules of money draws a random run. */

/**
 * A third by default, because `npm test` is run often and draws other runs each time; all with `PROPERTY_RUNS=all`, as
 * `npm run test:all` has it.
 */
export const propertyRuns = (all: number): number => (process.env.PROPERTY_RUNS === 'all' ? all : Math.ceil(all / 3));
