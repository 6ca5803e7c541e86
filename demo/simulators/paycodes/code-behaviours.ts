/** What the seeded codes with a temper do. A fault ordered by a test goes before. Source: paycodes.md §8.4. */
import type { Fault } from '../control/faults.ts';
import { RpcError } from './rpc-error.ts';
import type { World } from './world.ts';

export interface Behaviour {
  /** What meets the answer of the call that really uses the code. */
  onUse?: Fault;
  /** What happens in the instant before a call. */
  beforeCall?(method: string, world: World): void;
}

/** @param slowMs how late SLOW0001's use is answered, in milliseconds of real time */
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

/** Somebody else is always a moment faster. */
const race = (code: string, ruleSlug: string): Behaviour => ({
  beforeCall(method, { book, now }) {
    const found = book.find(code, ruleSlug);
    if (method === 'use_code' && found?.useTime === null) book.use(found, 'somebody-else', now);
  },
});
