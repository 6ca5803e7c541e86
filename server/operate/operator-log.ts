/**
 * The operators' log: who read about whom. It is written before the answer is sent, so that nobody reads without leaving a line, and
 * it holds no text that somebody searched for.
 */
import { newId } from '../payments/model/ids.ts';
import type { Clock } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { operatorName, type SignedIn } from './authenticate.ts';

export type ReadAction = 'search' | 'read_payment' | 'read_approval' | 'read_event' | 'list_postbacks' | 'export';

export interface OperatorLogDeps {
  store: Pick<Store, 'insertOperatorLog'>;
  clock: Clock;
}

/** @param target What was read: an id; '' for a list. `data`: how the list was narrowed, without values that are absent. */
export async function logRead(
  { store, clock }: OperatorLogDeps,
  operator: Pick<SignedIn, 'name' | 'person'>,
  action: ReadAction,
  target: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
  await store.insertOperatorLog({ id: newId('log'), operator: logName(operator), action, target, data: given, at: clock.now() });
}

/** The operator, with the person behind the key where one is known. */
export const logName = (operator: Pick<SignedIn, 'name' | 'person'>): string => operatorName(operator).slice('operator:'.length);
