/** The same mishap for each of the next so many calls. */
import type { Fault } from './qa-client.ts';

export const nextCalls = (count: number, fault: Omit<Fault, 'nth'>): Fault[] =>
  Array.from({ length: count }, (_, index) => ({ ...fault, nth: index + 1 }));
