/** Where new work is declined, because a payment service is away. */
import { Gauge, type Registry } from 'prom-client';

/** The state of the breaker of each account, by payment service. */
export type BreakerStates = Record<'paycodes' | 'paykassma' | 'payme', readonly BreakerState[]>;
type BreakerState = (typeof states)[number];
const states = ['closed', 'half_open', 'open'] as const;

/** The accounts are counted, because the name of a merchant is no label. The log names them. */
export function addBreakerMetrics(registry: Registry, breakers: () => BreakerStates): void {
  new Gauge({
    name: 'pay_desk_breakers',
    help: 'Accounts at a payment service, by whether customers may begin there: open = declined, half_open = the service is read before the next one.',
    labelNames: ['upstream', 'state'] as const,
    registers: [registry],
    collect() {
      for (const [upstream, all] of Object.entries(breakers())) {
        for (const state of states) this.set({ upstream, state }, all.filter((one) => one === state).length);
      }
    },
  });
}
