/** Seeded codes with a behaviour of their own. A fault that a test has ordered takes precedence. */
import type { Fault } from '../control/faults.ts';
import type { Environment } from './environment.ts';
import { RpcError } from './rpc-error.ts';

export interface Behaviour {
  /** The fault of the call that really uses the code. */
  onUse?: Fault;
  /** Runs just before a call. */
  beforeCall?(method: string, environment: Environment): void;
}

/** @param slowMs Delay of the answer to the use of SLOW0001, milliseconds of real time. */
export function codeBehaviours(slowMs: number): Readonly<Record<string, Behaviour>> {
  return {
    SLOW0001: { onUse: { when: 'after', kind: 'slow', ms: slowMs } },
    LOST0001: { onUse: { when: 'after', kind: 'reset' } },
    FAIL0001: {
      beforeCall() {
        throw new RpcError('internal_error');
      },
    },
    RACE0001: race('RACE0001', 'demo-enter'),
    DISCLOST: { onUse: { when: 'after', kind: 'reset' } },
    DISCRACE: race('DISCRACE', 'demo-discount'),
  };
}

/** Somebody else uses the code just before this call does. */
const race = (code: string, ruleSlug: string): Behaviour => ({
  beforeCall(method, { book, now }) {
    const found = book.find(code, ruleSlug);
    if (method === 'use_code' && found?.useTime === null) book.use(found, 'somebody-else', now);
  },
});
