/** Lets a test decline what is new at a payment service, as after an outage. */
import assert from 'node:assert/strict';
import type { Breaker } from '../../server/clients/breaker.ts';
import { UpstreamError } from '../../server/clients/http.ts';

/** Three calls that spend get no answer, after one that got one. */
export async function openBreaker({ breaker }: { breaker: Breaker }): Promise<void> {
  const lost = () => Promise.reject(new UpstreamError('lost', { upstream: 'test', method: 'pay' }));
  await closeBreaker({ breaker });
  for (let nth = 0; nth < 3; nth += 1) await breaker.watch(lost, 'spends').catch(() => undefined);
  assert.equal(breaker.state(), 'open');
}

/** A call that spends is answered. */
export const closeBreaker = ({ breaker }: { breaker: Breaker }): Promise<string> =>
  breaker.watch(async () => 'answered', 'spends');
