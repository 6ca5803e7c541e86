/** Whether a payment service is expected to answer. Asked before the first intent of new work, so that nothing becomes unknown. */
import { type Breaker, isAway } from '../clients/breaker.ts';
import { UpstreamError } from '../clients/http.ts';
import { ProblemError } from '../payments/model/errors.ts';
import type { Clock, Telemetry } from '../payments/model/ports.ts';
import { isoTime } from '../payments/model/time.ts';

interface ReadingDeps {
  clock: Clock;
  observer: Telemetry;
}

/** A call that reads something of an account and changes nothing. It shows whether the service is back. */
export interface Reading {
  upstream: 'paycodes' | 'paykassma' | 'payme';
  /** As the metrics name it. */
  operation: string;
  call(): Promise<{ kind: string }>;
}

/** @throws {ProblemError} `provider_unavailable` with `retryAt`, while the service is away: nothing may begin with it */
export async function assertAnswering({ clock, observer }: ReadingDeps, breaker: Breaker, reading: Reading): Promise<void> {
  const waitMs = await breaker.waitMs(() => isAnswered(observer, reading));
  if (waitMs > 0) throw new ProblemError('provider_unavailable', { retryAt: isoTime(clock.now() + Math.ceil(waitMs)) });
}

async function isAnswered(observer: Telemetry, { upstream, operation, call }: Reading): Promise<boolean> {
  try {
    const { kind } = await call();
    observer.upstreamCall(upstream, operation, kind);
    return true;
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall(upstream, operation, cause.fault);
    return !isAway(cause);
  }
}

/** An account that background work uses over connections of its own, and with a breaker of its own. */
interface WithBackground<Account> {
  /** Absent where both use the same. */
  background?: Account;
}

/**
 * The accounts for work that no customer waits for. So it takes no connection from customers, and what it meets says nothing about
 * whether a customer may begin.
 */
export function inBackground<
  Account extends WithBackground<Account>,
  Deps extends { account(merchantId: string): Account | null },
>(deps: Deps): Deps {
  return {
    ...deps,
    account: (merchantId: string) => {
      const own = deps.account(merchantId);
      return own?.background ?? own;
    },
  };
}
