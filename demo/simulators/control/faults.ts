/** The mishaps ordered and not yet come. */
import type { Fault } from './fault.ts';

export interface PlannedFault extends Fault {
  /** The operation it waits for; `*` = any. */
  op: string;
  /** The how-manieth such call from now; 1 = the next. */
  nth: number;
  /** Only calls about this code count, or what the service has in its place; default: any. */
  code?: string | undefined;
}

export interface FaultPlan {
  add(fault: PlannedFault): void;
  /** Counts a call; answers the mishap that is due on it, which is then over. */
  take(op: string, ...about: (string | undefined)[]): Fault | undefined;
  pending(): readonly PlannedFault[];
  clear(): void;
}

export function createFaultPlan(): FaultPlan {
  let planned: PlannedFault[] = [];
  return {
    add: (fault) => {
      planned.push({ ...fault });
    },
    take: (op, ...about) => {
      const meant = (fault: PlannedFault) => fault.code === undefined || about.includes(fault.code);
      const waiting = planned.filter((fault) => (fault.op === op || fault.op === '*') && meant(fault));
      // One mishap a call: a second one that is due stays due, so that ordering "the next" twice spoils the next two.
      const due = waiting.find((fault) => fault.nth === 1);
      for (const fault of waiting) if (fault.nth > 1) fault.nth -= 1;
      planned = planned.filter((fault) => fault !== due);
      return due;
    },
    pending: () => planned,
    clear: () => {
      planned = [];
    },
  };
}
