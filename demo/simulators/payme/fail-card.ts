/** Fails a card at the step where it is meant to fail, with what is wrong with it; a card of no special kind is declined. */
import type { MethodName } from './method-name.ts';
import { RpcError } from './rpc-error.ts';
import type { Settings } from './settings.ts';
import { testCards } from './test-cards.ts';

/** @throws {RpcError} */
export function failCard(number: string, method: MethodName, { failAt }: Settings): void {
  if (!Object.hasOwn(failAt, number) || failAt[number] !== method) return;
  const { error = 'declined', slow = false } = testCards.find((card) => card.number === number) ?? {};
  throw new RpcError(error, { slow });
}
