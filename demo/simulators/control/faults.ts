/** Faults that a test orders for coming calls, and what they do to an answer. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';

export interface PlannedFault extends Fault {
  /** The operation that it affects; `*` = any. */
  op: string;
  /** Which of the coming calls; 1 = the next. */
  nth: number;
  /** Only calls about this code count, or about a receipt or card where the service has no codes; default: any call. */
  code?: string | undefined;
}

export interface FaultPlan {
  add(fault: PlannedFault): void;
  /** Counts a call. @returns The fault that is due for it, which is removed from the plan. */
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
      const applies = (fault: PlannedFault) => fault.code === undefined || about.includes(fault.code);
      const waiting = planned.filter((fault) => (fault.op === op || fault.op === '*') && applies(fault));
      // A call meets one fault. A second one that is due stays due, so that ordering "the next" twice affects the next two calls.
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

/** A fault of one call. */
export const Fault = z.strictObject({
  /** `before`: the call has no effect. `after`: it takes effect, then its answer is spoiled. */
  when: z.enum(['before', 'after']),
  /**
   * `timeout` never answers · `reset` cuts the connection · `http500` and `html` answer like a broken gateway ·
   * `malformed` answers JSON that stops in the middle · `slow` is late, but right.
   */
  kind: z.enum(['timeout', 'reset', 'http500', 'html', 'malformed', 'slow']),
  /** Milliseconds of real time: the delay of `slow` (default 2,000), or when `timeout` hangs up (default: never). */
  ms: z.int().min(0).max(600_000).optional(),
});
export type Fault = z.infer<typeof Fault>;

/**
 * Applies a fault to a call: waits where the answer is only late, spoils the answer otherwise.
 * @param answer What would have been sent.
 * @param ending Aborts at a reset or at the end: a call that is still late then has no effect and gets no answer.
 * @returns Whether the call goes on normally.
 */
export async function meetFault(reply: FastifyReply, fault: Fault, answer: unknown, ending: AbortSignal): Promise<boolean> {
  if (fault.kind !== 'slow') {
    spoilAnswer(reply, fault.kind, fault.ms, answer);
    return false;
  }
  try {
    await pause(fault.ms ?? 2_000, undefined, { signal: ending });
    return true;
  } catch {
    spoilAnswer(reply, 'reset', undefined, answer);
    return false;
  }
}

/**
 * Spoils an answer. Takes the reply away from Fastify, which must not write to it any more.
 * @param ms After how many milliseconds `timeout` hangs up; undefined: never, so that the caller gives up.
 * @param answer What would have been sent; `malformed` sends its first half.
 */
export function spoilAnswer(
  reply: FastifyReply,
  kind: Exclude<Fault['kind'], 'slow'>,
  ms: number | undefined,
  answer: unknown,
): void {
  reply.hijack();
  const { raw } = reply;
  const send = (status: number, type: string, body: string) => raw.writeHead(status, { 'content-type': type }).end(body);
  switch (kind) {
    case 'timeout':
      if (ms !== undefined) {
        const hangUp = setTimeout(() => raw.destroy(), ms);
        raw.once('close', () => clearTimeout(hangUp));
      }
      return;
    case 'reset':
      raw.socket?.resetAndDestroy();
      return;
    case 'http500':
      send(500, 'text/plain', 'Internal Server Error');
      return;
    case 'html':
      send(200, 'text/html', '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>');
      return;
    case 'malformed': {
      const text = JSON.stringify(answer);
      send(200, 'application/json', text.slice(0, Math.ceil(text.length / 2)));
      return;
    }
  }
}
