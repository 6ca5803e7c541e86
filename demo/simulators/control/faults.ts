/** The mishaps ordered and not yet come. */

import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';

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

/** A mishap that a test orders for one coming call. */
export const Fault = z.strictObject({
  /** `before`: the call has no effect. `after`: it takes effect, then its answer is spoiled. */
  when: z.enum(['before', 'after']),
  /**
   * `timeout` never answers · `reset` cuts the connection · `http500` and `html` answer like a broken gateway ·
   * `malformed` answers JSON that stops in the middle · `slow` is late, but right.
   */
  kind: z.enum(['timeout', 'reset', 'http500', 'html', 'malformed', 'slow']),
  /** Milliseconds of real time: how late `slow` is (default 2,000); after how long `timeout` hangs up (default: it waits). */
  ms: z.int().min(0).max(600_000).optional(),
});
export type Fault = z.infer<typeof Fault>;

/** Lets a call meet its fault: waits if the answer is only to be late, spoils it otherwise. */
/**
 * @param answer what would have been sent
 * @param ending aborts when the world the call came into is over: a late call of it has no effect and gets no answer
 * @returns whether the call goes on as if nothing had been
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

/** Does to an answer what the fault says. From here on the reply is ours: Fastify must not write to it. */
/**
 * @param ms after how long `timeout` hangs up, in milliseconds; undefined = the silence lasts until the caller gives up
 * @param answer what would have been sent; `malformed` sends the first half of it
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
