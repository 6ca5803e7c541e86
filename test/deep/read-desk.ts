/** Reads what waits for people at the end, and what waited for a second person, as an operator does. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from 'undici';
import type { Payment } from '#contract';
import type { Approval, QueueItem } from '#contract/operate';
import type { RunContext } from './context.ts';
import type { DecisionFindings } from './decisions-oracle.ts';
import { operatorKey } from './operators.ts';
import { requestBff } from './request-bff.ts';

export async function readDesk(
  context: RunContext,
  agent: Agent,
  payments: readonly Payment[],
): Promise<Pick<DecisionFindings, 'queue' | 'approvals'>> {
  // biome-ignore lint/suspicious/noExplicitAny: bodies are read by field, as in `request-bff.ts`
  const read = async (path: string): Promise<any> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await requestBff(context, agent, { path, bearer: operatorKey('anna'), about: null });
      if (answer?.status === 200) return answer.body;
      await pause(100);
    }
    throw new Error(`nobody answers the operator: ${path}`);
  };
  const queue: QueueItem[] = [];
  for (let after = ''; ; ) {
    const page = await read(`/operate/queue?limit=100${after}`);
    queue.push(...page.items);
    if (page.next === null) break;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  const approvals = new Map<string, Approval[]>();
  for (const { id } of payments) approvals.set(id, (await read(`/operate/payments/${id}`)).approvals);
  return { queue, approvals };
}
