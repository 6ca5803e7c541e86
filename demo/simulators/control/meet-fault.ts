/** Lets a call meet its fault: waits if the answer is only to be late, spoils it otherwise. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Fault } from './fault.ts';
import { spoilAnswer } from './spoil-answer.ts';

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
