/** Which payment services are away for customers, and for the background work: each of the two finds out for itself. */
import { Gauge, type Registry } from 'prom-client';
import type { PaymentMethod } from '#contract';

/** The state of the breaker of each account, by payment service. */
export type BreakerStates = Record<'paycodes' | 'paykassma' | 'payme', readonly BreakerState[]>;
type BreakerState = (typeof states)[number];
const states = ['closed', 'half_open', 'open'] as const;

export interface ServiceState {
  breakers: BreakerStates;
  /** The accounts whose checks rest. */
  resting: readonly { method: PaymentMethod }[];
}

/** The accounts are counted, because the name of a merchant is no label. The log names them. */
export function addServiceState(registry: Registry, read: () => ServiceState): void {
  new Gauge({
    name: 'pay_desk_breakers',
    help: 'Accounts at a payment service, by whether customers may begin there: open = declined, half_open = tried by the next one.',
    labelNames: ['upstream', 'state'] as const,
    registers: [registry],
    collect() {
      for (const [upstream, all] of Object.entries(read().breakers)) {
        for (const state of states) this.set({ upstream, state }, all.filter((one) => one === state).length);
      }
    },
  });
  new Gauge({
    name: 'pay_desk_checks_resting',
    help: 'Accounts whose payments are checked one at a time, because the payment service does not answer the checks.',
    labelNames: ['method'] as const,
    registers: [registry],
    collect() {
      const { resting } = read();
      for (const method of ['pay_code', 'wallet', 'card'] as const) {
        this.set({ method }, resting.filter((one) => one.method === method).length);
      }
    },
  });
}
