/** Lets a test decline what is new at a payment service, as after an outage. */
import assert from 'node:assert/strict';
import type { Breaker } from '../../server/clients/breaker.ts';
import { UpstreamError } from '../../server/clients/http.ts';

/** Five calls get no answer, and neither does a reading. */
export async function openBreaker({ breaker }: { breaker: Breaker }): Promise<void> {
  await closeBreaker({ breaker });
  await doubtBreaker({ breaker });
  await breaker.waitMs(async () => false);
  assert.equal(breaker.state(), 'open');
}

/** Five calls get no answer. */
export async function doubtBreaker({ breaker }: { breaker: Breaker }): Promise<void> {
  const lost = () => Promise.reject(new UpstreamError('lost', { upstream: 'test', method: 'read' }));
  for (let nth = 0; nth < 5; nth += 1) await breaker.watch(lost).catch(() => undefined);
  assert.equal(breaker.state(), 'half_open');
}

/** A call is answered. */
export const closeBreaker = ({ breaker }: { breaker: Breaker }): Promise<string> => breaker.watch(async () => 'answered');
